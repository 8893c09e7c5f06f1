package dev.sigmax.parquet.write;

import dev.sigmax.kernel.ValueRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Optional;
import org.apache.arrow.vector.Float8Vector;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Pages of doubles. A NaN leaves the page without least and greatest, as the format wants it. */
final class DoubleColumnWriter extends FixedWidthColumnWriter {
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private boolean anyNaN;

  DoubleColumnWriter(ColumnDescriptor column, ChunkDictionary dictionary) {
    this(column, dictionary, Levels.OF_NO_NULL);
  }

  /** Pages with room for levels of so many bytes. */
  DoubleColumnWriter(ColumnDescriptor column, ChunkDictionary dictionary, int levelBytes) {
    super(column, dictionary, levelBytes);
  }

  @Override
  void appendValues(ColumnVector vector, int from, int count) {
    int size = count * Double.BYTES;
    if (vector instanceof RangedVector ranged
        && ranged.getValueVector() instanceof Float8Vector doubles) {
      append(
          doubles.getDataBuffer().nioBuffer((long) from * Double.BYTES, size),
          ranged.rangeOf(from, count));
    } else {
      ByteBuffer buffer = bytes.roomFor(size);
      buffer
          .slice()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asDoubleBuffer()
          .put(vector.getDoubles(from, count));
      buffer.position(buffer.position() + size);
      describeLast(count);
    }
  }

  /** Takes the values of a little-endian buffer, whose range may be known. */
  void append(ByteBuffer values, Optional<ValueRange> range) {
    int count = values.remaining() / Double.BYTES;
    bytes.roomFor(values.remaining()).put(values);
    if (range.isPresent()) {
      least = Math.min(least, range.get().min());
      greatest = Math.max(greatest, range.get().max());
    } else {
      describeLast(count);
    }
  }

  private void describeLast(int count) {
    DoubleBuffer values = bytes.last(count * Double.BYTES).asDoubleBuffer();
    double low = least;
    double high = greatest;
    boolean nan = false;
    for (int i = 0; i < count; i++) {
      double value = values.get(i);
      low = value < low ? value : low;
      high = value > high ? value : high;
      nan |= Double.isNaN(value);
    }
    least = low;
    greatest = high;
    anyNaN |= nan;
  }

  @Override
  void describe(Statistics<?> statistics) {
    if (anyNaN) {
      statistics.updateStats(Double.NaN);
      return;
    }
    // A zero stands for both: the order of the format does not tell them apart.
    statistics.updateStats(least == 0 ? -0.0 : least);
    statistics.updateStats(greatest == 0 ? 0.0 : greatest);
  }

  @Override
  void clearRange() {
    least = Double.POSITIVE_INFINITY;
    greatest = Double.NEGATIVE_INFINITY;
    anyNaN = false;
  }
}
