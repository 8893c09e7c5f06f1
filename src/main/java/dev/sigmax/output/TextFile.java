package dev.sigmax.output;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.files.AtomicFile;
import dev.sigmax.files.Tilde;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A text file on this machine that a command was asked to write. */
public final class TextFile {
  private final Path file;
  private final String what;
  private final boolean replace;

  /**
   * A file to write.
   *
   * @param what it is, for messages, such as {@code job file}
   * @param replace whether it may be written over a file that is there
   */
  public TextFile(Path file, String what, boolean replace) {
    this.file = file.toAbsolutePath().normalize();
    this.what = what;
    this.replace = replace;
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /** Refuses a file that is there and may not be replaced, before any work. */
  public void requireWritable() {
    if (!replace && Files.exists(file)) {
      throw exists(null);
    }
    // Neither where it cannot be told: the write then says why.
    if (Files.notExists(folder()) || Files.isRegularFile(folder())) {
      throw noFolder(null);
    }
  }

  private Path folder() {
    return file.toAbsolutePath().getParent();
  }

  /**
   * Writes the text; {@link OutputException} where that cannot be. Then there is no file, or the
   * one that was there.
   */
  public void write(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    try {
      if (replace) {
        AtomicFile.replace(file, content);
      } else {
        AtomicFile.create(file, content);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(e);
    } catch (NoSuchFileException e) {
      throw noFolder(e);
    } catch (AccessDeniedException e) {
      throw new OutputException(
          ErrorName.OUTPUT_NO_PERMISSION,
          "no permission to write the " + what + " " + file + ".",
          e);
    } catch (IOException e) {
      SigmaxException explained =
          OutputFailures.explain(new org.apache.hadoop.fs.Path(file.toUri()), e);
      throw explained != null
          ? explained
          : new OutputException(
              ErrorName.OUTPUT_PATH,
              "cannot write the " + what + " " + file + ": " + e.getMessage() + ". Name another.",
              e);
    }
  }

  private OutputException noFolder(IOException cause) {
    return new OutputException(
        ErrorName.OUTPUT_PARENT,
        "there is no folder "
            + folder()
            + " to write the "
            + what
            + " to. Make it first."
            + Tilde.hint(file.toString()),
        cause);
  }

  private OutputException exists(IOException cause) {
    return new OutputException(
        ErrorName.OUTPUT_EXISTS,
        "the file " + file + " exists. Name another, or add --replace to write over it.",
        cause);
  }
}
