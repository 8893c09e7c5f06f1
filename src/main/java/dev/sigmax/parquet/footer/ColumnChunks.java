package dev.sigmax.parquet.footer;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a file's footer says of one top-level column, over all row groups and nested leaves.
 *
 * @param encodings the names of all page encodings
 * @param nulls how many values are null, or -1 where the footer does not say
 * @param range smallest and largest value of a column of float, double or whole numbers; null where
 *     the footer does not say, which it does not where a value is NaN
 * @param forRowReader what in it Spark's vectorized reader cannot read, or reads wrongly; null if
 *     nothing is
 * @param notOwn what in it Sigmax's page reader does not read; null if nothing is
 * @param bytes how many bytes a look at its first values may have to read, of the largest row
 *     group, in steps of 64 KiB: so footers of many small files stay equal and are shared; 0 where
 *     values are read by pieces
 */
public record ColumnChunks(
    Set<String> encodings, long nulls, Range range, String forRowReader, String notOwn, long bytes)
    implements Serializable {
  /** Smallest and largest value, both as a {@link Double} or both as a {@link Long}. */
  public record Range(Number min, Number max) implements Serializable {
    /** The range of a column of which every value lies in one of both; null for other numbers. */
    public Range with(Range other) {
      if (min instanceof Long && other.min instanceof Long) {
        return new Range(
            Math.min(min.longValue(), other.min.longValue()),
            Math.max(max.longValue(), other.max.longValue()));
      }
      return min instanceof Double && other.min instanceof Double
          ? new Range(
              Math.min(min.doubleValue(), other.min.doubleValue()),
              Math.max(max.doubleValue(), other.max.doubleValue()))
          : null;
    }
  }

  /** The same where Sigmax's page reader does not read them as they are to be read. */
  public ColumnChunks notReadHere(String why) {
    return new ColumnChunks(
        encodings, nulls, range, forRowReader, notOwn != null ? notOwn : why, bytes);
  }

  /** What is known of the chunks of two files, or of two columns, together. */
  public ColumnChunks with(ColumnChunks other) {
    Set<String> all = new TreeSet<>(encodings);
    all.addAll(other.encodings);
    long allNulls = nulls < 0 || other.nulls < 0 ? -1 : nulls + other.nulls;
    return new ColumnChunks(
        all,
        allNulls,
        range == null || other.range == null ? null : range.with(other.range),
        forRowReader != null ? forRowReader : other.forRowReader,
        notOwn != null ? notOwn : other.notOwn,
        Math.max(bytes, other.bytes));
  }
}
