package dev.sigmax.output.publish;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that the store itself creates only where there is none (S3: {@code If-None-Match}), so
 * that of many writers one wins and the others know.
 */
public final class CreateOnceFile {
  /**
   * What the file system must be able to do. By its name: Hadoop has a constant for it from 3.4.2
   * on, and before that no store that can; Spark 4.0 brings 3.4.1.
   */
  public static final String CAPABILITY = "fs.option.create.conditional.overwrite";

  private CreateOnceFile() {}

  /**
   * Writes the file. An answer that got lost on the way is looked up in the store.
   *
   * @throws FileAlreadyExistsException if another writer was first
   * @throws IOException if there is no file; {@link UnknownFate} if that cannot be told
   */
  public static void create(FileSystem fileSystem, Path path, byte[] content) throws IOException {
    FSDataOutputStreamBuilder<?, ?> file = fileSystem.createFile(path);
    file.recursive();
    file.must(CAPABILITY, true);
    try (OutputStream out = file.build()) {
      out.write(content);
    } catch (IOException e) {
      byte[] there = read(fileSystem, path, e).orElseThrow(() -> e);
      if (!Arrays.equals(content, there)) {
        FileAlreadyExistsException lost = new FileAlreadyExistsException(path.toString());
        lost.initCause(e);
        throw lost;
      }
    }
  }

  /** What is in such a file; empty where there is none. */
  static Optional<byte[]> contentOf(FileSystem fileSystem, Path path) throws IOException {
    try (InputStream in = fileSystem.open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> read(FileSystem fileSystem, Path path, IOException failure)
      throws UnknownFate {
    try {
      return contentOf(fileSystem, path);
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw new UnknownFate("whether " + path + " was written cannot be told", failure);
    }
  }

  /** The store answers no more, and may have the file. */
  static final class UnknownFate extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownFate(String message, IOException cause) {
      super(message, cause);
    }
  }
}
