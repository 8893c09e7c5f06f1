package dev.sigmax.parquet.read;

import java.util.Arrays;

/** A growing sequence of bits, handled a word at a time. Not thread-safe. */
final class Bits {
  private static final long ALL = -1L;

  private long[] words = new long[2];
  private int size;

  int size() {
    return size;
  }

  /** Forgets all bits. */
  void clear() {
    size = 0;
  }

  private void reserve(int bits) {
    // One word more than needed: what straddles two is written without a question.
    int needed = (bits >>> 6) + 2;
    if (words.length < needed) {
      words = Arrays.copyOf(words, Math.max(needed, 2 * words.length));
    }
  }

  /** Adds {@code count} bits that are all the same. */
  void addRun(boolean bit, int count) {
    reserve(size + count);
    long word = bit ? ALL : 0;
    for (int left = count; left > 0; left -= Long.SIZE) {
      add(word, Math.min(Long.SIZE, left));
    }
  }

  /** Adds the lowest {@code count} bits of a word, from 1 to 64. */
  void addWord(long word, int count) {
    reserve(size + count);
    add(word, count);
  }

  private void add(long word, int count) {
    long bits = word & (ALL >>> -count);
    int at = size >>> 6;
    int shift = size & 63;
    if (shift == 0) {
      words[at] = bits;
    } else {
      words[at] = (words[at] & ~(ALL << shift)) | (bits << shift);
      words[at + 1] = bits >>> -shift;
    }
    size += count;
  }

  boolean get(int at) {
    return (words[at >>> 6] >>> at & 1) != 0;
  }

  /** The 64 bits from a position on; those behind the end are anything. */
  long word(int at) {
    int shift = at & 63;
    long low = words[at >>> 6] >>> shift;
    return shift == 0 ? low : low | words[(at >>> 6) + 1] << -shift;
  }

  /** How many of {@code count} bits from a position on are set. */
  int count(int from, int count) {
    int set = 0;
    for (int i = 0; i < count; i += Long.SIZE) {
      set += Long.bitCount(word(from + i) & (ALL >>> -Math.min(Long.SIZE, count - i)));
    }
    return set;
  }
}
