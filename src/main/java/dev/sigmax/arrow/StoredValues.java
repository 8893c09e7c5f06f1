package dev.sigmax.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntPredicate;
import org.apache.arrow.memory.util.Float16;

/**
 * How values of a fixed width are stored where their vector takes them otherwise: as Parquet's
 * PLAIN pages have them. Not thread-safe.
 */
final class StoredValues {
  /** Puts a value of the buffer into the other. */
  private interface Put {
    void put(ByteBuffer from, int at, ByteBuffer into);
  }

  private static final long MILLISECONDS_OF_DAY = 86_400_000;

  private final int width;
  private final int widenedWidth;
  private final Put put;
  private ByteBuffer room = ByteBuffer.allocate(0);

  private StoredValues(int width, int widenedWidth, Put put) {
    this.width = width;
    this.widenedWidth = widenedWidth;
    this.put = put;
  }

  /** As they are taken. */
  static StoredValues plain(int width) {
    return new StoredValues(width, width, null);
  }

  /** Half floats; each is a float as well. */
  static StoredValues halves() {
    return new StoredValues(
        Short.BYTES,
        Float.BYTES,
        (from, at, into) -> into.putFloat(Float16.toFloat(from.getShort(at))));
  }

  /** Whole numbers of 8 or 16 bits, as 32. */
  static StoredValues small(int width, boolean signed) {
    if (width == Byte.BYTES) {
      return new StoredValues(
          width,
          Integer.BYTES,
          (from, at, into) ->
              into.putInt(signed ? from.get(at) : Byte.toUnsignedInt(from.get(at))));
    }
    return new StoredValues(
        width,
        Integer.BYTES,
        (from, at, into) ->
            into.putInt(signed ? from.getShort(at) : Short.toUnsignedInt(from.getShort(at))));
  }

  /** Whole numbers of 32 bits without a sign, as 64. */
  static StoredValues unsignedInts() {
    return new StoredValues(
        Integer.BYTES,
        Long.BYTES,
        (from, at, into) -> into.putLong(Integer.toUnsignedLong(from.getInt(at))));
  }

  /** Numbers of so many bytes, the last first, as the bytes of a decimal and a sign before them. */
  static StoredValues backwards(int width, boolean signed) {
    int sign = signed ? 0 : 1;
    return new StoredValues(
        width,
        width + sign,
        (from, at, into) -> {
          if (!signed) {
            into.put((byte) 0);
          }
          for (int k = width - 1; k >= 0; k--) {
            into.put(from.get(at + k));
          }
        });
  }

  /** Timestamps in larger units than microseconds. */
  static StoredValues timestamps(int microseconds) {
    return new StoredValues(
        Long.BYTES,
        Long.BYTES,
        (from, at, into) -> {
          long value = from.getLong(at);
          if (Math.multiplyHigh(value, microseconds) != (value * microseconds) >> (Long.SIZE - 1)) {
            throw new DamagedFile("a timestamp of more microseconds than 64 bits hold");
          }
          into.putLong(value * microseconds);
        });
  }

  /** Dates that are stored in milliseconds, as days. */
  static StoredValues milliseconds() {
    return new StoredValues(
        Long.BYTES,
        Integer.BYTES,
        (from, at, into) -> {
          long value = from.getLong(at);
          long days = value / MILLISECONDS_OF_DAY;
          if (value % MILLISECONDS_OF_DAY != 0) {
            throw new DamagedFile("a date of " + value + " milliseconds, which are no whole days");
          }
          if (days != (int) days) {
            throw new DamagedFile("a date of more days than 32 bits hold");
          }
          into.putInt((int) days);
        });
  }

  /** How many bytes a value takes. */
  int width() {
    return width;
  }

  /** Values as PLAIN pages have them, until the next call; anything in a null's place. */
  ByteBuffer widened(ByteBuffer values, int count, IntPredicate isNull) {
    if (put == null) {
      return values;
    }
    int bytes = Math.multiplyExact(count, widenedWidth);
    if (room.capacity() < bytes) {
      room = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    room.clear();
    for (int i = 0; i < count; i++) {
      if (isNull.test(i)) {
        room.position(room.position() + widenedWidth);
      } else {
        put.put(values, i * width, room);
      }
    }
    return room.flip();
  }
}
