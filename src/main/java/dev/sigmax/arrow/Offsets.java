package dev.sigmax.arrow;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where values of any length begin, of 32 or 64 bits each, and behind the last where it ends. */
final class Offsets implements Closeable {
  private final BodyBuffer buffer;
  private final int width;
  private long[] read = new long[1];

  Offsets(BodyBuffer buffer, boolean large) {
    this.buffer = buffer;
    this.width = large ? Long.BYTES : Integer.BYTES;
  }

  /** Takes the next record batch, which has so many values. */
  void start(BatchCursor cursor, long values) throws IOException {
    cursor.start(buffer);
    // A column without values may do without the one offset that it should have.
    if (values > 0) {
      buffer.requireRoomFor(Math.addExact(values, 1), (long) width * Byte.SIZE);
    }
  }

  /** How many bytes they take, decompressed. */
  long bytes() {
    return buffer.size();
  }

  /**
   * Those of {@code count} values and the end of the last; to be read only, until the next call.
   */
  long[] of(long from, int count) throws IOException {
    if (count == 0) {
      read[0] = 0;
      return read;
    }
    ByteBuffer bytes = buffer.view(from * width, (count + 1L) * width);
    read = read.length <= count ? new long[count + 1] : read;
    long before = 0;
    for (int i = 0; i <= count; i++) {
      read[i] = width == Long.BYTES ? bytes.getLong(i * width) : bytes.getInt(i * width);
      if (read[i] < before) {
        throw new DamagedFile("an offset of " + read[i] + " behind one of " + before);
      }
      before = read[i];
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    buffer.close();
  }
}
