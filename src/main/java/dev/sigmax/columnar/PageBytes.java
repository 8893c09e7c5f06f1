package dev.sigmax.columnar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a page's values, little-endian as PLAIN wants them; grows, and is used again. */
final class PageBytes {
  private ByteBuffer buffer = ByteBuffer.allocate(1 << 10).order(ByteOrder.LITTLE_ENDIAN);

  /** The buffer, at its end, with room for so many more bytes. */
  ByteBuffer roomFor(int bytes) {
    if (buffer.remaining() < bytes) {
      int wanted = Math.max(buffer.position() + bytes, Math.multiplyExact(2, buffer.capacity()));
      ByteBuffer larger = ByteBuffer.allocate(wanted).order(ByteOrder.LITTLE_ENDIAN);
      buffer.flip();
      larger.put(buffer);
      buffer = larger;
    }
    return buffer;
  }

  /** How many bytes there are. */
  int size() {
    return buffer.position();
  }

  /** A view of the bytes there are. */
  ByteBuffer view() {
    return buffer.duplicate().flip();
  }

  void clear() {
    buffer.clear();
  }
}
