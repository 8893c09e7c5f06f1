package dev.sigmax.output;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The page of a run on disk, {@code _sigmax/report.html}: for people, and nothing depends on it.
 */
public final class ReportFile {
  private static final String NAME = "report.html";

  private ReportFile() {}

  /**
   * Writes the page into a folder that has a place for it, instead of an earlier one. On this
   * machine that one stays where the new one cannot be written.
   */
  public static Path write(Path folder, String html, Configuration configuration)
      throws IOException {
    Path path = pathIn(folder);
    FileSystem fileSystem = path.getFileSystem(configuration);
    try {
      AtomicFile.write(fileSystem, path, html.getBytes(StandardCharsets.UTF_8), true);
    } catch (NoSuchFileException e) {
      throw new OutputException(
          ErrorName.ATTEMPT_TAKEN_AWAY,
          "the folder " + path.getParent() + " was taken away while its page was made.",
          e);
    }
    return path;
  }

  /** Where the page of a run is. */
  public static Path pathIn(Path output) {
    return new Path(new Path(output, ManifestFile.FOLDER), NAME);
  }
}
