package dev.sigmax.parquet.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a page, little-endian as PLAIN wants them: values, and room before them for the
 * levels, so that a page is in one piece without being copied. Grows, and is used again.
 */
final class PageBytes {
  private static final int FIRST = 1 << 10;
  private static final int MOST = Integer.MAX_VALUE - 8;

  private final int headRoom;
  private ByteBuffer buffer;

  /** Bytes with room for levels of so many bytes before them. */
  PageBytes(int headRoom) {
    this.headRoom = headRoom;
    this.buffer = ByteBuffer.allocate(headRoom + FIRST).order(ByteOrder.LITTLE_ENDIAN);
    clear();
  }

  /**
   * The buffer, at its end, with room for so many more bytes.
   *
   * @throws IllegalArgumentException if a page would be larger than an array can be
   */
  ByteBuffer roomFor(int bytes) {
    if (buffer.remaining() < bytes) {
      long needed = (long) buffer.position() + bytes;
      if (needed > MOST) {
        throw new IllegalArgumentException(
            "a page of " + needed + " bytes: its values are too large for Parquet");
      }
      int wanted = (int) Math.max(needed, Math.min(MOST, 2L * buffer.capacity()));
      ByteBuffer larger = ByteBuffer.allocate(wanted).order(ByteOrder.LITTLE_ENDIAN);
      buffer.flip();
      larger.put(buffer);
      buffer = larger;
    }
    return buffer;
  }

  /** How many bytes of values there are. */
  int size() {
    return buffer.position() - headRoom;
  }

  /** The last {@code bytes} bytes of values. */
  ByteBuffer last(int bytes) {
    return buffer
        .duplicate()
        .flip()
        .position(buffer.position() - bytes)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The page: levels and values in one piece, a view that holds until {@link #clear}. */
  ByteBuffer page(byte[] levels) {
    ByteBuffer page = buffer.duplicate().flip();
    if (levels.length <= headRoom) {
      page.position(headRoom - levels.length);
      page.duplicate().put(levels);
      return page;
    }
    ByteBuffer copy = ByteBuffer.allocate(levels.length + size());
    return copy.put(levels).put(page.position(headRoom)).flip();
  }

  /** Forgets the values. */
  void clear() {
    buffer.clear().position(headRoom);
  }
}
