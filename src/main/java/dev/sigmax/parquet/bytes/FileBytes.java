package dev.sigmax.parquet.bytes;

import dev.sigmax.files.LocalFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;

/** The bytes of an open file, read into buffers outside the heap. */
public interface FileBytes extends Closeable {
  /**
   * Fills the buffer from a position of the file.
   *
   * @throws java.io.EOFException if the file ends before
   */
  void read(long position, ByteBuffer into) throws IOException;

  /** A part of a file. */
  record Range(long position, long size) {}

  /**
   * Says what is read next, so that it may be under way in as few requests as there can be. Nothing
   * is promised: what is said may be read or not, and other parts as well.
   *
   * @throws IOException if the file cannot be read
   */
  default void announce(List<Range> ranges) throws IOException {}

  /** How many bytes are worth a request. */
  int piece();

  /** From how many bytes on they are better asked for alone, without what may follow them. */
  default int alone() {
    return piece();
  }

  /** Parquet's setting for reads of several ranges at once. */
  String VECTORED_READS = "parquet.hadoop.vectored.io.enabled";

  /** Opens a file of any file system, and past Hadoop where it is this machine's. */
  static FileBytes open(HadoopInputFile file) throws IOException {
    org.apache.hadoop.fs.Path path = file.getPath();
    FileSystem fileSystem = path.getFileSystem(file.getConfiguration());
    if (LocalFiles.readsDirectly(fileSystem, path)) {
      return local(LocalFiles.path(path), statistics(fileSystem)::incrementBytesRead);
    }
    return of(file.newStream(), file.getConfiguration().getBoolean(VECTORED_READS, true));
  }

  /** What Spark takes a task's bytes from; there is no other way to it from outside. */
  @SuppressWarnings("deprecation")
  private static FileSystem.Statistics statistics(FileSystem fileSystem) {
    return FileSystem.getStatistics(fileSystem.getScheme(), fileSystem.getClass());
  }

  /**
   * A file of this machine.
   *
   * @param counter is told of the bytes of each read
   */
  static FileBytes local(Path file, LongConsumer counter) throws IOException {
    return new LocalBytes(FileChannel.open(file, StandardOpenOption.READ), counter);
  }

  /**
   * A file of any file system; closes the stream.
   *
   * @param vectored whether what is announced is read by the stream's vectored reads, where it has
   *     them
   */
  static FileBytes of(SeekableInputStream stream, boolean vectored) {
    return new StreamBytes(stream, vectored);
  }
}
