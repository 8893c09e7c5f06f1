package dev.sigmax.job.calibrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Tells rows with the same key apart: over all partitions they are numbered from 0 up. Which of
 * them has which number means nothing, since they are equal. So what follows from key and number
 * depends on the rows alone, and not on how they are spread.
 *
 * <p>Of the rows only keys and counts are shuffled: each partition hears of the keys that repeat
 * how many rows lie in the partitions before it. They go as bytes, which any serialiser of a
 * session passes on.
 */
final class EqualRows {
  private EqualRows() {}

  /** The same rows in the same partitions, each in a fold. */
  static JavaRDD<FitRows> inFolds(JavaRDD<FitRows> rows) {
    int partitions = rows.getNumPartitions();
    HashPartitioner partitioner = new HashPartitioner(partitions);
    JavaPairRDD<Integer, byte[]> repeated =
        rows.mapPartitionsWithIndex(
                (partition, chunks) ->
                    KeyCounts.shares(partition, keys(chunks), partitions).iterator(),
                true)
            .mapToPair(counts -> new Tuple2<>(counts.share(), counts.bytes()))
            .groupByKey(partitioner)
            .flatMapToPair(
                share ->
                    repeated(share._2()).stream()
                        .map(counts -> new Tuple2<>(counts.partition(), counts.bytes()))
                        .iterator())
            .partitionBy(partitioner);
    return rows.zipPartitions(
        repeated.values(),
        (chunks, counts) -> {
          Numbers numbers = new Numbers(counts, partitions);
          return new Iterator<FitRows>() {
            @Override
            public boolean hasNext() {
              return chunks.hasNext();
            }

            @Override
            public FitRows next() {
              return chunks.next().inFolds(numbers);
            }
          };
        });
  }

  private static long[] keys(Iterator<FitRows> chunks) {
    List<long[]> all = new ArrayList<>();
    chunks.forEachRemaining(chunk -> all.add(chunk.keys()));
    long[] keys = new long[all.stream().mapToInt(chunk -> chunk.length).sum()];
    int at = 0;
    for (long[] chunk : all) {
      System.arraycopy(chunk, 0, keys, at, chunk.length);
      at += chunk.length;
    }
    return keys;
  }

  /** For each partition the keys of a share that repeat, with how many lie before it. */
  private static List<KeyCounts> repeated(Iterable<byte[]> share) {
    PriorityQueue<Cursor> cursors =
        new PriorityQueue<>(
            Comparator.comparingLong(Cursor::key).thenComparingInt(c -> c.counts.partition()));
    List<KeyCounts> repeated = new ArrayList<>();
    for (byte[] bytes : share) {
      KeyCounts counts = KeyCounts.of(bytes);
      KeyCounts before = new KeyCounts(counts.partition(), counts.share());
      repeated.add(before);
      cursors.add(new Cursor(counts, before));
    }
    long key = 0;
    long before = 0;
    while (!cursors.isEmpty()) {
      Cursor cursor = cursors.poll();
      before = cursor.key() == key ? before : 0;
      key = cursor.key();
      if (before > 0 || cursor.count() > 1) {
        cursor.before.add(key, before);
      }
      before += cursor.count();
      if (cursor.advance()) {
        cursors.add(cursor);
      }
    }
    return repeated;
  }

  /** A place in a partition's counts. */
  private static final class Cursor {
    private final KeyCounts counts;
    private final KeyCounts before;
    private int at;

    Cursor(KeyCounts counts, KeyCounts before) {
      this.counts = counts;
      this.before = before;
    }

    long key() {
      return counts.key(at);
    }

    long count() {
      return counts.count(at);
    }

    boolean advance() {
      at++;
      return at < counts.size();
    }
  }

  /** The numbers that a partition's rows take, one after the other. */
  static final class Numbers {
    private final KeyCounts[] next;

    private Numbers(Iterator<byte[]> repeated, int partitions) {
      next = new KeyCounts[partitions];
      repeated.forEachRemaining(
          bytes -> {
            KeyCounts counts = KeyCounts.of(bytes);
            next[counts.share()] = counts;
          });
    }

    /** The number of the next row with a key: 0 where there is only one. */
    long next(long key) {
      KeyCounts share = next[KeyCounts.share(key, next.length)];
      return share == null ? 0 : share.take(key);
    }
  }
}
