package dev.sigmax.parquet.write;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/**
 * The distinct values of a column chunk, and its pages as indexes into them. Decides as
 * parquet-java does: the first page tells whether a dictionary pays, and one that grows too large
 * is left as it is, so that pages of indexes come first and PLAIN ones follow. Values are taken as
 * their PLAIN bytes, so every bit of a NaN stays.
 *
 * <p>One owner; used again for the next chunk.
 */
final class ChunkDictionary {
  private static final int FIRST_ENTRIES = 64;
  private static final int FIRST_BYTES = 1 << 10;
  private static final int FIRST_SLAB = 64;
  private static final int MOST_SLAB = 1 << 16;
  private static final int FULL = -1;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Values of BYTE_ARRAY: four bytes of length go before each. */
  private static final int OF_ANY_LENGTH = 0;

  /** A dictionary page: PLAIN values, one behind the other. */
  record Entries(ByteBuffer bytes, int count) {}

  private final int width;
  private final int mostBytes;

  private byte[] bytes = new byte[0];
  private int size;
  private int[] starts = new int[0];
  private int count;

  /** Open addressing: one more than the index of an entry, or 0. */
  private int[] slots = new int[0];

  private int[] page = new int[0];

  /** What pages that are written refer to; nothing yet while it is open to question. */
  private int writtenCount;

  private int writtenSize;
  private boolean closed;

  private ChunkDictionary(int width, int mostBytes) {
    this.width = width;
    this.mostBytes = mostBytes;
    this.closed = mostBytes == 0;
  }

  /** No dictionary: every page is PLAIN. */
  static ChunkDictionary none() {
    return new ChunkDictionary(OF_ANY_LENGTH, 0);
  }

  /** Of values of so many bytes each, together {@code mostBytes} at most. */
  static ChunkDictionary ofFixed(int width, int mostBytes) {
    return new ChunkDictionary(width, mostBytes);
  }

  /** Of values with their length before them, together {@code mostBytes} at most. */
  static ChunkDictionary ofAnyLength(int mostBytes) {
    return new ChunkDictionary(OF_ANY_LENGTH, mostBytes);
  }

  /** Whether the next page may be one of indexes. */
  boolean open() {
    return !closed;
  }

  /**
   * The next page as indexes, their bit width first; empty where it is to be written PLAIN, and all
   * pages after it.
   *
   * @param plain the page's values, in an array
   */
  Optional<ByteBuffer> indexesOf(ByteBuffer plain) throws IOException {
    if (closed) {
      return Optional.empty();
    }
    int values = lookUp(plain);
    if (values == FULL) {
      closed = true;
      return Optional.empty();
    }
    ByteBuffer indexes = encode(values);
    boolean first = writtenCount == 0;
    if (first && (long) size + indexes.remaining() >= plain.remaining()) {
      closed = true;
      return Optional.empty();
    }
    writtenCount = count;
    writtenSize = size;
    return Optional.of(indexes);
  }

  /** Ends the chunk: the entries that its pages refer to, if any do, valid until the next page. */
  Optional<Entries> end() {
    Optional<Entries> entries =
        writtenCount == 0
            ? Optional.empty()
            : Optional.of(new Entries(ByteBuffer.wrap(bytes, 0, writtenSize), writtenCount));
    count = 0;
    size = 0;
    writtenCount = 0;
    writtenSize = 0;
    Arrays.fill(slots, 0);
    closed = mostBytes == 0;
    return entries;
  }

  /** Puts the index of each value into the page; tells how many, or that they find no room. */
  private int lookUp(ByteBuffer plain) {
    byte[] array = plain.array();
    int at = plain.arrayOffset() + plain.position();
    int end = plain.arrayOffset() + plain.limit();
    ByteBuffer lengths = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
    int values = 0;
    while (at < end) {
      int length = width == OF_ANY_LENGTH ? Integer.BYTES + lengths.getInt(at) : width;
      int index = indexOf(array, at, length);
      if (index == FULL) {
        return FULL;
      }
      if (values == page.length) {
        page = Arrays.copyOf(page, Math.max(FIRST_ENTRIES, 2 * values));
      }
      page[values++] = index;
      at += length;
    }
    return values;
  }

  private int indexOf(byte[] array, int from, int length) {
    if (2 * count >= slots.length) {
      grow();
    }
    int mask = slots.length - 1;
    int slot = hash(array, from, length) & mask;
    while (slots[slot] != 0) {
      int index = slots[slot] - 1;
      int start = starts[index];
      int end = index + 1 == count ? size : starts[index + 1];
      if (Arrays.equals(bytes, start, end, array, from, from + length)) {
        return index;
      }
      slot = (slot + 1) & mask;
    }
    if (length > mostBytes - size) {
      return FULL;
    }
    if (bytes.length - size < length) {
      int doubled = (int) Math.min(mostBytes, Math.max(FIRST_BYTES, 2L * bytes.length));
      bytes = Arrays.copyOf(bytes, Math.max(doubled, size + length));
    }
    System.arraycopy(array, from, bytes, size, length);
    starts[count] = size;
    size += length;
    slots[slot] = ++count;
    return count - 1;
  }

  private void grow() {
    slots = new int[Math.max(2 * FIRST_ENTRIES, 2 * slots.length)];
    starts = Arrays.copyOf(starts, slots.length / 2);
    int mask = slots.length - 1;
    for (int index = 0; index < count; index++) {
      int end = index + 1 == count ? size : starts[index + 1];
      int slot = hash(bytes, starts[index], end - starts[index]) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = index + 1;
    }
  }

  private static int hash(byte[] array, int from, int length) {
    long hash = length;
    int at = from;
    for (; at <= from + length - Long.BYTES; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(array, at));
    }
    for (; at < from + length; at++) {
      hash = (hash ^ array[at]) * MULTIPLIER;
    }
    hash = mix(hash);
    return (int) (hash ^ (hash >>> Integer.SIZE));
  }

  private static long mix(long value) {
    long product = value * MULTIPLIER;
    return product ^ (product >>> Integer.SIZE);
  }

  private ByteBuffer encode(int values) throws IOException {
    int bitWidth = BytesUtils.getWidthFromMaxInt(Math.max(0, count - 1));
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            bitWidth, FIRST_SLAB, MOST_SLAB, HeapByteBufferAllocator.getInstance())) {
      for (int i = 0; i < values; i++) {
        encoder.writeInt(page[i]);
      }
      ByteBuffer runs = Levels.inHeap(encoder.toBytes());
      return ByteBuffer.allocate(1 + runs.remaining()).put((byte) bitWidth).put(runs).flip();
    }
  }
}
