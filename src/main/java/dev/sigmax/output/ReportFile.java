package dev.sigmax.output;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.AtomicFile;
import dev.sigmax.files.LocalFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
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
    byte[] content = html.getBytes(StandardCharsets.UTF_8);
    try {
      if (LocalFiles.serves(fileSystem)) {
        AtomicFile.write(fileSystem, path, content, true);
      } else {
        writeIntoFolder(fileSystem, path, content);
      }
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new OutputException(
          ErrorName.ATTEMPT_TAKEN_AWAY,
          "the folder " + path.getParent() + " was taken away while its page was made.",
          e);
    }
    return path;
  }

  /** The folder is never made: it would stand in the way of the run that is about to be there. */
  private static void writeIntoFolder(FileSystem fileSystem, Path path, byte[] content)
      throws IOException {
    try (OutputStream out = open(fileSystem, path)) {
      out.write(content);
    }
  }

  private static OutputStream open(FileSystem fileSystem, Path path) throws IOException {
    try {
      return fileSystem.createFile(path).overwrite(true).build();
    } catch (IOException e) {
      // What Hadoop says for file systems that know no such file: there it is looked up first.
      if (!String.valueOf(e.getMessage()).startsWith("createNonRecursive unsupported")) {
        throw e;
      }
      fileSystem.getFileStatus(path.getParent());
      return fileSystem.create(path, true);
    }
  }

  /** Where the page of a run is. */
  public static Path pathIn(Path output) {
    return new Path(new Path(output, ManifestFile.FOLDER), NAME);
  }
}
