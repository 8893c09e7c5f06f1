package dev.sigmax.files;

import dev.sigmax.error.Redaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

  /** The same of each, without passwords: as inputs are named in what is kept for others. */
  public static List<String> redacted(List<String> paths, Configuration configuration)
      throws IOException {
    List<String> full = new ArrayList<>();
    for (String path : paths) {
      full.add(Redaction.of(of(path, configuration)));
    }
    return full;
  }
}
