package dev.sigmax.output;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
  }

  /** Writes the text; {@link OutputException} where that cannot be. */
  public void write(String text) {
    try {
      Files.writeString(
          file,
          text,
          StandardOpenOption.WRITE,
          replace ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW,
          StandardOpenOption.TRUNCATE_EXISTING);
    } catch (FileAlreadyExistsException e) {
      throw exists(e);
    } catch (NoSuchFileException e) {
      throw new OutputException(
          ErrorName.OUTPUT_PARENT,
          "there is no folder "
              + file.getParent()
              + " to write the "
              + what
              + " to. Make it first.",
          e);
    } catch (AccessDeniedException e) {
      throw new OutputException(
          ErrorName.OUTPUT_NO_PERMISSION,
          "no permission to write the " + what + " " + file + ".",
          e);
    } catch (IOException e) {
      throw new OutputException(
          ErrorName.OUTPUT_PATH,
          "cannot write the " + what + " " + file + ": " + e.getMessage() + ". Name another.",
          e);
    }
  }

  private OutputException exists(IOException cause) {
    return new OutputException(
        ErrorName.OUTPUT_EXISTS,
        "the file " + file + " exists. Name another, or add --replace to write over it.",
        cause);
  }
}
