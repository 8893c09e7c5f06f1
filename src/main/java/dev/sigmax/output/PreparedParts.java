package dev.sigmax.output;

import dev.sigmax.refusal.OutputRefusal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The last look before a run counts: whether the files of its manifest are there, in their lengths.
 * Whoever cleaned up too early would else leave a manifest of nothing.
 */
final class PreparedParts {
  private PreparedParts() {}

  /** Refuses where a file that the manifest names is not in the folder as it says. */
  static void require(FileSystem fileSystem, Path folder, Manifest manifest) throws IOException {
    require(fileSystem, folder, manifest.output(), folder);
    if (manifest.quarantine() != null) {
      Path quarantine = new Path(folder, WrittenFiles.QUARANTINE);
      require(fileSystem, quarantine, manifest.quarantine(), folder);
    }
  }

  private static void require(
      FileSystem fileSystem, Path place, Manifest.Output expected, Path folder) throws IOException {
    if (expected.files().isEmpty()) {
      return;
    }
    Map<String, Long> lengths = new HashMap<>();
    try {
      for (FileStatus status : fileSystem.listStatus(place)) {
        lengths.put(status.getPath().getName(), status.getLen());
      }
    } catch (FileNotFoundException e) {
      throw changed(place, "is gone", e);
    }
    for (Manifest.PartFile part : expected.files()) {
      Path path = new Path(folder, part.path());
      Long bytes = lengths.get(path.getName());
      if (bytes == null) {
        throw changed(path, "is gone", null);
      }
      if (bytes != part.bytes()) {
        throw changed(path, "has " + bytes + " bytes, not " + part.bytes(), null);
      }
    }
  }

  private static OutputRefusal changed(Path path, String how, Exception cause) {
    return new OutputRefusal(
        path + " " + how + ": another process was at this attempt. Nothing is published.", cause);
  }
}
