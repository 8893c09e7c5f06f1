package dev.sigmax.output;

import dev.sigmax.files.ClosedDoor;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What lies in a folder. */
public final class FolderListing {
  private FolderListing() {}

  /**
   * All there is in a folder, in no order; nothing where the folder is not there.
   *
   * @throws java.nio.file.AccessDeniedException where this user may not look
   */
  public static FileStatus[] of(Path folder, Configuration configuration) throws IOException {
    FileSystem fileSystem = folder.getFileSystem(configuration);
    try {
      return fileSystem.listStatus(folder);
    } catch (FileNotFoundException none) {
      ClosedDoor.requireNone(fileSystem, folder, none);
      return new FileStatus[0];
    }
  }

  /**
   * When something last came to a folder, went or was renamed there, in milliseconds since 1970; 0
   * where there is no such folder, or in a store, where nothing is renamed and a folder is no older
   * than the question.
   */
  public static long lastChange(Path folder, Configuration configuration) throws IOException {
    if (ObjectStore.holds(folder)) {
      return 0;
    }
    try {
      return folder.getFileSystem(configuration).getFileStatus(folder).getModificationTime();
    } catch (FileNotFoundException none) {
      return 0;
    }
  }
}
