package dev.sigmax.parquet.bytes;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;

/** A local file, without Hadoop's streams between it and the buffer. */
final class LocalBytes implements FileBytes {
  private static final int PIECE = 1 << 18;

  /** A request is a call of the operating system, which takes as long as to copy less than this. */
  private static final int ALONE = 1 << 15;

  private final FileChannel file;
  private final LongConsumer counter;

  LocalBytes(FileChannel file, LongConsumer counter) {
    this.file = file;
    this.counter = counter;
  }

  @Override
  public void read(long position, ByteBuffer into) throws IOException {
    long next = position;
    while (into.hasRemaining()) {
      int count = file.read(into, next);
      if (count < 0) {
        throw new EOFException(
            "the file ends at " + next + ", before " + (next + into.remaining()));
      }
      next += count;
    }
    counter.accept(next - position);
  }

  @Override
  public int piece() {
    return PIECE;
  }

  @Override
  public int alone() {
    return ALONE;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
