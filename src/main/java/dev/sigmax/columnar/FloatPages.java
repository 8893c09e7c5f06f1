package dev.sigmax.columnar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.vector.Float4Vector;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Pages of floats. A NaN leaves the page without least and greatest, as the format wants it. */
final class FloatPages extends ColumnPages {
  private final PageBytes bytes = new PageBytes();
  private float least = Float.POSITIVE_INFINITY;
  private float greatest = Float.NEGATIVE_INFINITY;
  private boolean anyNaN;

  FloatPages(ColumnDescriptor column) {
    super(column);
  }

  @Override
  void appendValues(ColumnVector vector, int from, int count) {
    int size = count * Float.BYTES;
    if (vector instanceof ArrowColumnVector arrow
        && arrow.getValueVector() instanceof Float4Vector floats) {
      append(floats.getDataBuffer().nioBuffer((long) from * Float.BYTES, size));
    } else {
      ByteBuffer buffer = bytes.roomFor(size);
      buffer
          .slice()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .put(vector.getFloats(from, count));
      buffer.position(buffer.position() + size);
      describeLast(count);
    }
  }

  /** Takes the values of a little-endian buffer. */
  void append(ByteBuffer values) {
    int count = values.remaining() / Float.BYTES;
    bytes.roomFor(values.remaining()).put(values);
    describeLast(count);
  }

  private void describeLast(int count) {
    ByteBuffer view = bytes.view().order(ByteOrder.LITTLE_ENDIAN);
    float low = least;
    float high = greatest;
    boolean nan = false;
    for (int at = bytes.size() - count * Float.BYTES; at < bytes.size(); at += Float.BYTES) {
      float value = view.getFloat(at);
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
      statistics.updateStats(Float.NaN);
      return;
    }
    // A zero stands for both: the order of the format does not tell them apart.
    statistics.updateStats(least == 0 ? -0.0f : least);
    statistics.updateStats(greatest == 0 ? 0.0f : greatest);
  }

  @Override
  void clear() {
    bytes.clear();
    least = Float.POSITIVE_INFINITY;
    greatest = Float.NEGATIVE_INFINITY;
    anyNaN = false;
  }
}
