package dev.sigmax.parquet.footer;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a file's footer says of one top-level column, over all row groups and nested leaves.
 *
 * @param encodings the names of all page encodings
 * @param nulls how many values are null, or -1 where the footer does not say
 * @param range smallest and largest value of a float or double column; null where the footer does
 *     not say, which it does not where a value is NaN
 * @param forRowReader what in it Spark's vectorized reader cannot read, or reads wrongly; null if
 *     nothing is
 * @param notOwn what in it Sigmax's page reader does not read; null if nothing is
 */
public record ColumnChunks(
    Set<String> encodings, long nulls, Range range, String forRowReader, String notOwn)
    implements Serializable {
  /** Smallest and largest value. */
  public record Range(double min, double max) implements Serializable {
    /** The range that holds both. */
    public Range with(Range other) {
      return new Range(Math.min(min, other.min), Math.max(max, other.max));
    }
  }

  ColumnChunks with(ColumnChunks other) {
    Set<String> all = new TreeSet<>(encodings);
    all.addAll(other.encodings);
    long allNulls = nulls < 0 || other.nulls < 0 ? -1 : nulls + other.nulls;
    return new ColumnChunks(
        all,
        allNulls,
        range == null || other.range == null ? null : range.with(other.range),
        forRowReader != null ? forRowReader : other.forRowReader,
        notOwn != null ? notOwn : other.notOwn);
  }
}
