package dev.sigmax.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The page of a run on disk, {@code _sigmax/report.html}: for people, and nothing depends on it.
 */
public final class ReportFile {
  private static final String NAME = "report.html";

  private ReportFile() {}

  /** Writes the page into a folder that has a place for it, over an earlier one. */
  public static Path write(Path folder, String html, Configuration configuration)
      throws IOException {
    Path path = pathIn(folder);
    try (OutputStream out = path.getFileSystem(configuration).create(path, true)) {
      out.write(html.getBytes(StandardCharsets.UTF_8));
    }
    return path;
  }

  /** Where the page of a run is. */
  public static Path pathIn(Path output) {
    return new Path(new Path(output, ManifestFile.FOLDER), NAME);
  }
}
