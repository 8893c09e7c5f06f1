package dev.sigmax.parquet.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads Parquet's hybrid of runs and packed groups of eight: levels and indexes into dictionaries.
 * Not thread-safe.
 */
final class HybridReader {
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int width;
  private long mask;
  private int next;

  /** How many values are left of the current run or groups. */
  private int left;

  private boolean packed;
  private int repeated;
  private long bit;

  /** Begins with values of so many bits, 0 to 32, from the buffer's position on. */
  void start(ByteBuffer encoded, int bits) {
    if (bits < 0 || bits > Integer.SIZE) {
      throw new IllegalArgumentException("values of " + bits + " bits");
    }
    bytes = encoded.slice().order(ByteOrder.LITTLE_ENDIAN);
    width = bits;
    mask = (1L << bits) - 1;
    next = 0;
    // Values of no bits are all 0, and some writers give them no run either.
    packed = false;
    repeated = 0;
    left = bits == 0 ? Integer.MAX_VALUE : 0;
  }

  /**
   * Whether the next {@code count} values are one run of {@code value}, which is then passed over.
   */
  boolean skipRun(int value, int count) {
    while (left == 0) {
      nextRun();
    }
    if (packed || repeated != value || left < count) {
      return false;
    }
    left -= count;
    return true;
  }

  /** Reads the next values. */
  void read(int[] into, int at, int count) {
    int done = 0;
    while (done < count) {
      if (left == 0) {
        nextRun();
      }
      int run = Math.min(left, count - done);
      if (packed) {
        unpack(into, at + done, run);
      } else {
        Arrays.fill(into, at + done, at + done + run, repeated);
      }
      left -= run;
      done += run;
    }
  }

  /** Adds the next values, of one bit each. */
  void read(Bits into, int count) {
    int done = 0;
    while (done < count) {
      if (left == 0) {
        nextRun();
      }
      int run = Math.min(left, count - done);
      if (packed) {
        for (int i = 0; i < run; i += Integer.SIZE) {
          int some = Math.min(Integer.SIZE, run - i);
          into.addWord(bitsAt(bit, some), some);
          bit += some;
        }
      } else {
        into.addRun(repeated != 0, run);
      }
      left -= run;
      done += run;
    }
  }

  /** A run may be empty; each takes a byte or more, so that they end. */
  private void nextRun() {
    long header = 0;
    int shift = 0;
    int part;
    do {
      part = bytes.get(next++);
      header |= (part & 0x7fL) << shift;
      shift += 7;
    } while (part < 0 && shift < 35);
    if (part < 0 || header > 0xffffffffL) {
      throw new IllegalArgumentException("a run of more than 2^31 values");
    }
    int count = (int) (header >>> 1);
    packed = (header & 1) != 0;
    if (packed) {
      left = Math.multiplyExact(count, 8);
      bit = 8L * next;
      next = Math.addExact(next, Math.multiplyExact(count, width));
    } else {
      left = count;
      repeated = 0;
      for (int i = 0; i < (width + 7) / 8; i++) {
        repeated |= Byte.toUnsignedInt(bytes.get(next++)) << (8 * i);
      }
      if ((repeated & mask) != Integer.toUnsignedLong(repeated)) {
        throw new IllegalArgumentException("a value of more than " + width + " bits");
      }
    }
  }

  private void unpack(int[] into, int at, int count) {
    ByteBuffer from = bytes;
    int bits = width;
    long keep = mask;
    long position = bit;
    // The last that can be read with a whole word.
    long lastWord = 8L * (from.limit() - Long.BYTES);
    int i = 0;
    for (; i < count && position <= lastWord; i++) {
      into[at + i] = (int) (from.getLong((int) (position >>> 3)) >>> (position & 7) & keep);
      position += bits;
    }
    for (; i < count; i++) {
      into[at + i] = (int) (bitsAt(position, bits) & keep);
      position += bits;
    }
    bit = position;
  }

  /** The bits from a position on, of which {@code count}, up to 32, must be there. */
  private long bitsAt(long position, int count) {
    if (position + count > 8L * bytes.limit()) {
      throw new IllegalArgumentException("packed values end early");
    }
    int at = (int) (position >>> 3);
    long word = 0;
    for (int i = 0; i < Long.BYTES && at + i < bytes.limit(); i++) {
      word |= (long) Byte.toUnsignedInt(bytes.get(at + i)) << (8 * i);
    }
    return word >>> (position & 7);
  }
}
