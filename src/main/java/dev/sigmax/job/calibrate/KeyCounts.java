package dev.sigmax.job.calibrate;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Keys of a partition's rows in ascending order, each with a count. The keys fall into as many
 * shares as there are partitions, so that for each share one partition can add up what all have.
 */
final class KeyCounts {
  private static final int FIRST_ROOM = 16;

  private final int partition;
  private final int share;
  private long[] keys;
  private long[] counts;
  private int size;

  /** No keys yet. */
  KeyCounts(int partition, int share) {
    this(partition, share, FIRST_ROOM);
  }

  private KeyCounts(int partition, int share, int room) {
    this.partition = partition;
    this.share = share;
    this.keys = new long[room];
    this.counts = new long[room];
  }

  /** Those that were made bytes of. */
  static KeyCounts of(byte[] bytes) {
    ByteBuffer head = ByteBuffer.wrap(bytes);
    int partition = head.getInt();
    int share = head.getInt();
    int size = head.getInt();
    KeyCounts read = new KeyCounts(partition, share, Math.max(1, size));
    read.size = size;
    LongBuffer pairs = head.asLongBuffer();
    pairs.get(read.keys, 0, size).get(read.counts, 0, size);
    return read;
  }

  /** These as bytes. */
  byte[] bytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(
            Math.addExact(3 * Integer.BYTES, Math.multiplyExact(2 * Long.BYTES, size)));
    bytes.putInt(partition).putInt(share).putInt(size);
    bytes.asLongBuffer().put(keys, 0, size).put(counts, 0, size);
    return bytes.array();
  }

  /** Which share a key falls into. */
  static int share(long key, int shares) {
    return (int) Long.remainderUnsigned(key, shares);
  }

  /** Counts a partition's keys, which it sorts; without the shares that have none. */
  static List<KeyCounts> shares(int partition, long[] keys, int shares) {
    Arrays.sort(keys);
    KeyCounts[] counted = new KeyCounts[shares];
    int from = 0;
    while (from < keys.length) {
      int to = from + 1;
      while (to < keys.length && keys[to] == keys[from]) {
        to++;
      }
      int share = share(keys[from], shares);
      if (counted[share] == null) {
        counted[share] = new KeyCounts(partition, share);
      }
      counted[share].add(keys[from], to - from);
      from = to;
    }
    return Stream.of(counted).filter(Objects::nonNull).toList();
  }

  /** Adds a key that is larger than those before it. */
  void add(long key, long count) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    keys[size] = key;
    counts[size] = count;
    size++;
  }

  /** The count of a key, which then goes up by 1; of a key that is not here 0. */
  long take(long key) {
    int at = Arrays.binarySearch(keys, 0, size, key);
    return at < 0 ? 0 : counts[at]++;
  }

  int partition() {
    return partition;
  }

  int share() {
    return share;
  }

  int size() {
    return size;
  }

  long key(int at) {
    return keys[at];
  }

  long count(int at) {
    return counts[at];
  }
}
