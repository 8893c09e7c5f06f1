package dev.sigmax.output.publish;

import dev.sigmax.files.LocalDisk;
import dev.sigmax.files.LocalFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;

/** Removes a folder with nothing in it, in one step: what comes to be in it meanwhile stays. */
final class EmptyFolder {
  private EmptyFolder() {}

  /** Does so; nothing where it is not empty, or not there. */
  static void remove(FileSystem fileSystem, Path folder) throws IOException {
    try {
      if (LocalDisk.is(fileSystem)) {
        // Hadoop's local file system looks first and then removes all there is.
        Files.deleteIfExists(LocalFiles.path(folder));
      } else if (fileSystem.listStatus(folder).length == 0) {
        fileSystem.delete(folder, false);
      }
    } catch (FileNotFoundException
        | DirectoryNotEmptyException
        | PathIsNotEmptyDirectoryException inUse) {
      // It is gone, or somebody else's by now.
    }
  }
}
