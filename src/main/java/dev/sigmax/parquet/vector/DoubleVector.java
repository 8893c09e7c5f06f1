package dev.sigmax.parquet.vector;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.spark.sql.types.DataType;

/** A column of doubles. */
public final class DoubleVector extends PageVector {
  private double[] values;

  /** An empty one. */
  public DoubleVector(DataType type) {
    this(type, 0);
  }

  private DoubleVector(DataType type, int count) {
    super(type);
    values = new double[count];
  }

  @Override
  public void reserve(int count) {
    if (values.length < count) {
      values = Arrays.copyOf(values, Math.max(count, values.length + values.length / 2));
    }
  }

  @Override
  public PageVector dictionary(int count) {
    return new DoubleVector(dataType(), count);
  }

  @Override
  public void plain(ByteBuffer page, int from, int at, int count) {
    page.asDoubleBuffer().get(from, values, at, count);
  }

  @Override
  public void gather(PageVector dictionary, int[] indexes, int at, int count) {
    double[] entries = ((DoubleVector) dictionary).values;
    double[] into = values;
    for (int i = 0; i < count; i++) {
      into[at + i] = entries[indexes[i]];
    }
  }

  @Override
  public void split(ByteBuffer page, int from, int at, int count) {
    int total = valuesOf(page, Double.BYTES, from, count);
    for (int i = 0; i < count; i++) {
      long bits = 0;
      for (int k = 0; k < Double.BYTES; k++) {
        bits |= (long) Byte.toUnsignedInt(page.get(k * total + from + i)) << (Byte.SIZE * k);
      }
      values[at + i] = Double.longBitsToDouble(bits);
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
  public double getDouble(int row) {
    return values[row];
  }

  @Override
  public double[] getDoubles(int row, int count) {
    return Arrays.copyOfRange(values, row, row + count);
  }

  /**
   * The values where they lie, from the first row on; the array may be longer. To be read only, and
   * only until the next batch.
   */
  public double[] values() {
    return values;
  }
}
