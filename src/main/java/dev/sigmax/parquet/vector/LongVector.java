package dev.sigmax.parquet.vector;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;

/** A column of INT64: whole numbers, timestamps, and decimals of up to 18 digits. */
public class LongVector extends PageVector {
  private long[] values;

  /** An empty one. */
  public LongVector(DataType type) {
    this(type, 0);
  }

  private LongVector(DataType type, int count) {
    super(type);
    values = new long[count];
  }

  @Override
  public void reserve(int count) {
    if (values.length < count) {
      values = Arrays.copyOf(values, Math.max(count, values.length + values.length / 2));
    }
  }

  @Override
  public PageVector dictionary(int count) {
    return new LongVector(dataType(), count);
  }

  @Override
  public void plain(ByteBuffer page, int from, int at, int count) {
    page.asLongBuffer().get(from, values, at, count);
  }

  @Override
  public void gather(PageVector dictionary, int[] indexes, int at, int count) {
    long[] entries = ((LongVector) dictionary).values;
    long[] into = values;
    for (int i = 0; i < count; i++) {
      into[at + i] = entries[indexes[i]];
    }
  }

  @Override
  public void split(ByteBuffer page, int from, int at, int count) {
    int total = valuesOf(page, Long.BYTES, from, count);
    for (int i = 0; i < count; i++) {
      long bits = 0;
      for (int k = 0; k < Long.BYTES; k++) {
        bits |= (long) Byte.toUnsignedInt(page.get(k * total + from + i)) << (Byte.SIZE * k);
      }
      values[at + i] = bits;
    }
  }

  @Override
  public void decode(ValuesReader reader, int at, int count) {
    for (int i = 0; i < count; i++) {
      values[at + i] = reader.readLong();
    }
  }

  /** Multiplies values, all of which have to be a long then as well. */
  final void multiply(int factor, int at, int count) {
    for (int i = at; i < at + count; i++) {
      values[i] = Math.multiplyExact(values[i], factor);
    }
  }

  @Override
  public void spread(int at, int count, int defined) {
    int next = at + defined;
    for (int i = at + count - 1; i >= at; i--) {
      if (!isNullAt(i)) {
        values[i] = values[--next];
      }
    }
  }

  @Override
  public long getLong(int row) {
    return values[row];
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    return Decimal.createUnsafe(values[row], precision, scale);
  }
}
