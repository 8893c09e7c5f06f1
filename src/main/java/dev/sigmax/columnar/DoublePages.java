package dev.sigmax.columnar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.vector.Float8Vector;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Pages of doubles. A NaN leaves the page without least and greatest, as the format wants it. */
final class DoublePages extends ColumnPages {
  private final PageBytes bytes = new PageBytes();
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private boolean anyNaN;

  DoublePages(ColumnDescriptor column) {
    super(column);
  }

  @Override
  void appendValues(ColumnVector vector, int from, int count) {
    int size = count * Double.BYTES;
    if (vector instanceof ArrowColumnVector arrow
        && arrow.getValueVector() instanceof Float8Vector doubles) {
      append(doubles.getDataBuffer().nioBuffer((long) from * Double.BYTES, size));
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

  /** Takes the values of a little-endian buffer. */
  void append(ByteBuffer values) {
    int count = values.remaining() / Double.BYTES;
    bytes.roomFor(values.remaining()).put(values);
    describeLast(count);
  }

  private void describeLast(int count) {
    ByteBuffer view = bytes.view().order(ByteOrder.LITTLE_ENDIAN);
    double low = least;
    double high = greatest;
    boolean nan = false;
    for (int at = bytes.size() - count * Double.BYTES; at < bytes.size(); at += Double.BYTES) {
      double value = view.getDouble(at);
      low = value < low ? value : low;
      high = value > high ? value : high;
      nan |= value != value;
    }
    least = low;
    greatest = high;
    anyNaN |= nan;
  }

  @Override
  long bytes() {
    return bytes.size();
  }

  @Override
  BytesInput values() {
    return BytesInput.from(bytes.view());
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
  void clear() {
    bytes.clear();
    least = Double.POSITIVE_INFINITY;
    greatest = Double.NEGATIVE_INFINITY;
    anyNaN = false;
  }
}
