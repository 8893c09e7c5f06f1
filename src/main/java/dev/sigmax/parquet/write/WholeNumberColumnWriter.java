package dev.sigmax.parquet.write;

import java.nio.ByteBuffer;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Pages of whole numbers, of four bytes or eight each. */
final class WholeNumberColumnWriter extends FixedWidthColumnWriter {
  /** One value of a vector, as a long. */
  interface Reader {
    long read(ColumnVector vector, int row);
  }

  private final Reader reader;
  private final boolean wide;
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;

  /**
   * Pages of INT64 where {@code wide}, else of INT32.
   *
   * @param reader gives values that fit
   */
  WholeNumberColumnWriter(
      ColumnDescriptor column, ChunkDictionary dictionary, boolean wide, Reader reader) {
    super(column, dictionary, Levels.OF_NO_NULL);
    this.wide = wide;
    this.reader = reader;
  }

  @Override
  void appendValues(ColumnVector vector, int from, int count) {
    ByteBuffer buffer = bytes.roomFor(count * (wide ? Long.BYTES : Integer.BYTES));
    for (int i = from; i < from + count; i++) {
      long value = reader.read(vector, i);
      if (wide) {
        buffer.putLong(value);
      } else {
        buffer.putInt((int) value);
      }
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
  }

  @Override
  void describe(Statistics<?> statistics) {
    if (wide) {
      statistics.updateStats(least);
      statistics.updateStats(greatest);
    } else {
      statistics.updateStats((int) least);
      statistics.updateStats((int) greatest);
    }
  }

  @Override
  void clearRange() {
    least = Long.MAX_VALUE;
    greatest = Long.MIN_VALUE;
  }
}
