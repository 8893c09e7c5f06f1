package dev.sigmax.output;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** What lies in a folder. */
public final class FolderListing {
  private FolderListing() {}

  /** All there is in a folder, in no order; nothing where the folder is not there. */
  public static FileStatus[] of(Path folder, Configuration configuration) throws IOException {
    try {
      return folder.getFileSystem(configuration).listStatus(folder);
    } catch (FileNotFoundException none) {
      return new FileStatus[0];
    }
  }
}
