package dev.sigmax.output.publish;

import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.ClosedDoor;
import dev.sigmax.files.DiskSync;
import dev.sigmax.files.LocalDisk;
import dev.sigmax.files.LocalFiles;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.output.WrittenFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A look at whether the files of a manifest are there, in their lengths. It is the last look before
 * a run counts: whoever cleaned up too early would else leave a manifest of nothing.
 */
public final class PreparedParts {
  private PreparedParts() {}

  /** Writes the manifest of a prepared run, and sees to it that the disk has all of it. */
  static void seal(
      FileSystem fileSystem, Path folder, Manifest manifest, Configuration configuration)
      throws IOException {
    ManifestFile.write(folder, manifest, configuration);
    force(fileSystem, folder, manifest);
  }

  /** The same where the manifest is written. */
  static void force(FileSystem fileSystem, Path folder, Manifest manifest) throws IOException {
    LateTasks.cleanUpAfter(fileSystem, folder);
    if (LocalDisk.is(fileSystem)) {
      DiskSync.forceAll(LocalFiles.path(folder));
    }
    require(fileSystem, folder, manifest);
  }

  /** Refuses where a file that the manifest names is not in the folder as it says. */
  static void require(FileSystem fileSystem, Path folder, Manifest manifest) throws IOException {
    List<String> differences = differences(fileSystem, folder, manifest);
    if (!differences.isEmpty()) {
      throw new OutputException(
          ErrorName.ATTEMPT_TAKEN_AWAY,
          differences.get(0) + ": another process was at this attempt. Nothing is published.");
    }
  }

  /**
   * What is not as the manifest says, a sentence each; empty where all is.
   *
   * @throws java.nio.file.AccessDeniedException where this user may not look
   */
  public static List<String> differences(FileSystem fileSystem, Path folder, Manifest manifest)
      throws IOException {
    List<String> differences = new ArrayList<>();
    compare(fileSystem, folder, manifest.output(), folder, differences);
    if (manifest.quarantine() != null) {
      Path quarantine = new Path(folder, WrittenFiles.QUARANTINE);
      compare(fileSystem, quarantine, manifest.quarantine(), folder, differences);
    }
    return differences;
  }

  private static void compare(
      FileSystem fileSystem,
      Path place,
      Manifest.Output expected,
      Path folder,
      List<String> differences)
      throws IOException {
    if (expected.files().isEmpty()) {
      return;
    }
    Map<String, Long> lengths = new HashMap<>();
    try {
      for (FileStatus status : fileSystem.listStatus(place)) {
        lengths.put(status.getPath().getName(), status.getLen());
      }
    } catch (FileNotFoundException e) {
      ClosedDoor.requireNone(fileSystem, place, e);
      differences.add(place + " is gone");
      return;
    }
    for (Manifest.PartFile part : expected.files()) {
      Path path = new Path(folder, part.path());
      Long bytes = lengths.get(path.getName());
      if (bytes == null) {
        differences.add(path + " is gone");
      } else if (bytes != part.bytes()) {
        differences.add(path + " has " + Counted.of(bytes, "byte") + ", not " + part.bytes());
      }
    }
  }
}
