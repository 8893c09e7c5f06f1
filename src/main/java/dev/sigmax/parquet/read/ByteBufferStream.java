package dev.sigmax.parquet.read;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** A buffer's bytes as a stream; moves the buffer's position. */
final class ByteBufferStream extends InputStream {
  private final ByteBuffer bytes;

  ByteBufferStream(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    return bytes.hasRemaining() ? Byte.toUnsignedInt(bytes.get()) : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int count = Math.min(length, bytes.remaining());
    bytes.get(into, offset, count);
    return count == 0 ? -1 : count;
  }

  @Override
  public int available() {
    return bytes.remaining();
  }
}
