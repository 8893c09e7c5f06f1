package dev.sigmax.files;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Paths as they are kept: whoever reads them may stand in any folder. */
public final class FullPath {
  private FullPath() {}

  /**
   * A path with its scheme, from the root of its file system.
   *
   * @param path as it was typed; a relative one begins at the folder of this process
   * @throws IOException if there is no file system for its scheme
   */
  public static String of(String path, Configuration configuration) throws IOException {
    Path typed = new Path(path);
    return typed.getFileSystem(configuration).makeQualified(typed).toString();
  }
}
