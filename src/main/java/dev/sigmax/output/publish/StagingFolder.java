package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.BackgroundSync;
import dev.sigmax.files.ClosedDoor;
import dev.sigmax.files.LocalDisk;
import dev.sigmax.files.LocalFiles;
import dev.sigmax.files.Tilde;
import dev.sigmax.output.ManifestFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hidden folder beside the output, to be renamed to it. */
final class StagingFolder extends Staging {
  private static final Logger LOG = LoggerFactory.getLogger(StagingFolder.class);

  private final FileSystem fileSystem;

  private StagingFolder(
      FileSystem fileSystem, Path folder, String attempt, Optional<BackgroundSync> sync) {
    super(fileSystem, folder, attempt, sync);
    this.fileSystem = fileSystem;
  }

  /** Makes the folder, or refuses where the output could not be written. */
  static StagingFolder open(Path output, Configuration configuration) throws IOException {
    FileSystem fileSystem = output.getFileSystem(configuration);
    List<Path> others = StagingPaths.allStaging(fileSystem, output);
    if (!others.isEmpty()) {
      LOG.warn(
          "Other attempts at {} are under way or were abandoned, and are left alone: {}",
          output,
          others);
    }
    String attempt = newAttempt();
    Path folder = StagingPaths.staging(output, attempt);
    make(fileSystem, output, new Path(folder, ManifestFile.FOLDER));
    return watched(fileSystem, folder, attempt);
  }

  /** A folder made by its caller, with the folder of its manifest. */
  static StagingFolder watched(FileSystem fileSystem, Path folder, String attempt)
      throws IOException {
    Optional<BackgroundSync> sync =
        LocalDisk.is(fileSystem)
            ? Optional.of(BackgroundSync.start(LocalFiles.path(folder)))
            : Optional.empty();
    StagingFolder staging = new StagingFolder(fileSystem, folder, attempt, sync);
    staging.watch();
    return staging;
  }

  /** Makes a folder of an output, or refuses where the output could not be written. */
  static void make(FileSystem fileSystem, Path output, Path folder) throws IOException {
    requireParent(fileSystem, output);
    try {
      if (!fileSystem.mkdirs(folder)) {
        throw cannotWrite(output, null);
      }
    } catch (IOException e) {
      throw cannotWrite(output, e);
    }
  }

  @Override
  void requireHeld() throws IOException {
    ManifestFile.requirePlace(folder(), fileSystem);
  }

  @Override
  boolean removeFolder() throws IOException {
    return fileSystem.delete(folder(), true);
  }

  /** Refuses an output whose folder is not there, or is a file. */
  static void requireParent(FileSystem fileSystem, Path output) throws IOException {
    FileStatus parent;
    try {
      parent = fileSystem.getFileStatus(output.getParent());
    } catch (FileNotFoundException e) {
      ClosedDoor.requireNone(fileSystem, output.getParent(), e);
      throw new OutputException(
          ErrorName.OUTPUT_PARENT,
          "the folder "
              + output.getParent()
              + " for the output "
              + output.getName()
              + " does not exist. Check the path, or make the folder."
              + Tilde.hint(output.getParent() + "/"),
          e);
    }
    if (!parent.isDirectory()) {
      throw new OutputException(
          ErrorName.OUTPUT_PARENT,
          output.getParent() + ", where the output " + output.getName() + " would go, is a file.");
    }
  }

  private static OutputException cannotWrite(Path output, IOException cause) {
    return new OutputException(
        ErrorName.OUTPUT_PARENT,
        "cannot write into "
            + output.getParent()
            + ", where the output "
            + output.getName()
            + " would go"
            + (cause == null ? "" : ": " + cause.getMessage())
            + ". Check the permissions.",
        cause);
  }
}
