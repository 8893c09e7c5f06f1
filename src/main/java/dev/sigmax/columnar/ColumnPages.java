package dev.sigmax.columnar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.spark.sql.vectorized.ColumnVector;

/**
 * The page of one column that is being filled: values in PLAIN encoding, levels, and the least and
 * greatest value. One owner; a page is handed over whole and the buffers are used again.
 */
abstract class ColumnPages {
  private static final byte[] NO_LEVELS = {};

  private final ColumnDescriptor column;
  private int rows;
  private int nulls;
  private byte[] levels = new byte[0];
  private boolean levelsKept;

  ColumnPages(ColumnDescriptor column) {
    this.column = column;
  }

  final ColumnDescriptor column() {
    return column;
  }

  /** How many rows the page has. */
  int rows() {
    return rows;
  }

  /** How many of the next rows to append at once, so that a page is not far above its size. */
  int slice(ColumnVector vector, int from, int pageBytes) {
    return Integer.MAX_VALUE;
  }

  /** Takes {@code count} rows of a vector; what it needs of them is copied. */
  void append(ColumnVector vector, int from, int count) {
    if (!vector.hasNull()) {
      appendValues(vector, from, count);
      markDefined(count);
      return;
    }
    // Runs of values between the nulls.
    int start = from;
    for (int i = from; i <= from + count; i++) {
      if (i == from + count || vector.isNullAt(i)) {
        if (i > start) {
          appendValues(vector, start, i - start);
          markDefined(i - start);
        }
        if (i < from + count) {
          markNull();
        }
        start = i + 1;
      }
    }
  }

  private void markDefined(int count) {
    if (levelsKept) {
      reserveLevels(rows + count);
      Arrays.fill(levels, rows, rows + count, (byte) 1);
    }
    rows += count;
  }

  private void markNull() {
    reserveLevels(rows + 1);
    if (!levelsKept) {
      Arrays.fill(levels, 0, rows, (byte) 1);
      levelsKept = true;
    }
    levels[rows] = 0;
    rows++;
    nulls++;
  }

  private void reserveLevels(int count) {
    if (levels.length < count) {
      levels = Arrays.copyOf(levels, Math.max(count, 2 * levels.length));
    }
  }

  /** Hands the page, if it has rows, to the row group, and begins the next. */
  void flush(RowGroup rowGroup, int index) throws IOException {
    if (rows == 0) {
      return;
    }
    Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
    statistics.incrementNumNulls(nulls);
    if (rows > nulls) {
      describe(statistics);
    }
    int highest = column.getMaxDefinitionLevel();
    byte[] defined = NO_LEVELS;
    if (highest > 0) {
      defined = levelsKept ? Levels.of(levels, rows, highest) : Levels.same(highest, rows);
    }
    rowGroup.add(index, page(defined), rows, rows, statistics);
    rows = 0;
    nulls = 0;
    levelsKept = false;
    clear();
  }

  /** Takes {@code count} values, none of them null. */
  abstract void appendValues(ColumnVector vector, int from, int count);

  /** How many bytes the values take so far. */
  abstract long bytes();

  /** Levels and values, PLAIN, in one piece; they hold until {@link #clear}. */
  abstract ByteBuffer page(byte[] encodedLevels);

  /** Adds the least and the greatest value; called only where there is a value. */
  abstract void describe(Statistics<?> statistics);

  /** Begins a new page. */
  abstract void clear();
}
