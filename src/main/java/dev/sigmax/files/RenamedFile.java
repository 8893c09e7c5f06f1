package dev.sigmax.files;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A small file on a file system such as HDFS, where what is being written is seen half by others
 * and stays half where its writer is killed: it gets its name by one rename.
 *
 * <p>HDFS puts it in the place of an old file by that rename. File systems that Hadoop's newer
 * interface only passes on to (webhdfs, abfs) take the old file away first: who looks just then
 * finds none, and a writer that is killed just then, or whose rename fails, leaves its draft alone.
 */
final class RenamedFile {
  private RenamedFile() {}

  /**
   * Writes it; straight to its name where the file system has no such rename. It is never half
   * there, but only on HDFS is the old one always there until the new one is.
   *
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if one is there that may not be
   *     replaced
   */
  static void write(FileSystem fileSystem, Path path, byte[] content, boolean replace)
      throws IOException {
    FileContext renames;
    try {
      renames = FileContext.getFileContext(fileSystem.getUri(), fileSystem.getConf());
    } catch (UnsupportedFileSystemException none) {
      writeTo(fileSystem, path, content, replace);
      return;
    }
    Path file = fileSystem.makeQualified(path);
    Path draft = new Path(file.getParent(), AtomicFile.DRAFT + UUID.randomUUID());
    boolean replaces = replace && fileSystem.exists(file);
    try {
      writeTo(fileSystem, draft, content, false);
    } catch (IOException e) {
      delete(fileSystem, draft, e);
      throw e;
    }
    try {
      renames.rename(draft, file, replace ? Options.Rename.OVERWRITE : Options.Rename.NONE);
    } catch (IOException e) {
      if (replaces && !fileSystem.exists(file)) {
        throw new IOException(
            e.getMessage() + ". The old file is gone; the new one is whole at " + draft, e);
      }
      delete(fileSystem, draft, e);
      throw e;
    }
  }

  private static void writeTo(FileSystem fileSystem, Path path, byte[] content, boolean replace)
      throws IOException {
    try (OutputStream out = fileSystem.create(path, replace)) {
      out.write(content);
    }
  }

  private static void delete(FileSystem fileSystem, Path draft, IOException failure) {
    try {
      fileSystem.delete(draft, false);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
