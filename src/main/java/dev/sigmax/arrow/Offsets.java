package dev.sigmax.arrow;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where values of any length begin, of 32 or 64 bits each, and behind the last where it ends. */
final class Offsets {
  private final BodyBuffer buffer;
  private final int width;
  private long[] read = new long[1];

  Offsets(BodyBuffer buffer, boolean large) {
    this.buffer = buffer;
    this.width = large ? Long.BYTES : Integer.BYTES;
  }

  BodyBuffer buffer() {
    return buffer;
  }

  /**
   * Those of {@code count} values and the end of the last; to be read only, until the next call.
   */
  long[] of(long from, int count) throws IOException {
    read = read.length <= count ? new long[count + 1] : read;
    if (count == 0) {
      // A column without values may do without the one offset that it should have.
      read[0] = 0;
      return read;
    }
    ByteBuffer bytes = buffer.view(from * width, (count + 1L) * width);
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
}
