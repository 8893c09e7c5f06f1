package dev.sigmax.parquet.write;

import dev.sigmax.kernel.ValueRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.apache.arrow.vector.Float4Vector;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Pages of floats. A NaN leaves the page without least and greatest, as the format wants it. */
final class FloatColumnWriter extends FixedWidthColumnWriter {
  private float least = Float.POSITIVE_INFINITY;
  private float greatest = Float.NEGATIVE_INFINITY;
  private boolean anyNaN;

  FloatColumnWriter(ColumnDescriptor column, ChunkDictionary dictionary) {
    this(column, dictionary, Levels.OF_NO_NULL);
  }

  /** Pages with room for levels of so many bytes. */
  FloatColumnWriter(ColumnDescriptor column, ChunkDictionary dictionary, int levelBytes) {
    super(column, dictionary, levelBytes);
  }

  @Override
  void appendValues(ColumnVector vector, int from, int count) {
    int size = count * Float.BYTES;
    if (vector instanceof RangedVector ranged
        && ranged.getValueVector() instanceof Float4Vector floats) {
      append(
          floats.getDataBuffer().nioBuffer((long) from * Float.BYTES, size),
          ranged.rangeOf(from, count));
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

  /** Takes the values of a little-endian buffer, whose range may be known. */
  void append(ByteBuffer values, Optional<ValueRange> range) {
    int count = values.remaining() / Float.BYTES;
    bytes.roomFor(values.remaining()).put(values);
    if (range.isPresent()) {
      least = Math.min(least, (float) range.get().min());
      greatest = Math.max(greatest, (float) range.get().max());
    } else {
      describeLast(count);
    }
  }

  private void describeLast(int count) {
    FloatBuffer values = bytes.last(count * Float.BYTES).asFloatBuffer();
    float low = least;
    float high = greatest;
    boolean nan = false;
    for (int i = 0; i < count; i++) {
      float value = values.get(i);
      low = value < low ? value : low;
      high = value > high ? value : high;
      nan |= Float.isNaN(value);
    }
    least = low;
    greatest = high;
    anyNaN |= nan;
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
  void clearRange() {
    least = Float.POSITIVE_INFINITY;
    greatest = Float.NEGATIVE_INFINITY;
    anyNaN = false;
  }
}
