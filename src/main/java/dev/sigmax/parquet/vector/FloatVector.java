package dev.sigmax.parquet.vector;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.spark.sql.types.DataType;

/** A column of floats, which may be taken for doubles. */
public final class FloatVector extends PageVector {
  private float[] values;

  /** An empty one, of float or double. */
  public FloatVector(DataType type) {
    this(type, 0);
  }

  private FloatVector(DataType type, int count) {
    super(type);
    values = new float[count];
  }

  @Override
  public void reserve(int count) {
    if (values.length < count) {
      values = Arrays.copyOf(values, Math.max(count, values.length + values.length / 2));
    }
  }

  @Override
  public PageVector dictionary(int count) {
    return new FloatVector(dataType(), count);
  }

  @Override
  public void plain(ByteBuffer page, int from, int at, int count) {
    page.asFloatBuffer().get(from, values, at, count);
  }

  @Override
  public void gather(PageVector dictionary, int[] indexes, int at, int count) {
    float[] entries = ((FloatVector) dictionary).values;
    float[] into = values;
    for (int i = 0; i < count; i++) {
      into[at + i] = entries[indexes[i]];
    }
  }

  @Override
  public void split(ByteBuffer page, int from, int at, int count) {
    int total = valuesOf(page, Float.BYTES, from, count);
    for (int i = 0; i < count; i++) {
      int bits = 0;
      for (int k = 0; k < Float.BYTES; k++) {
        bits |= Byte.toUnsignedInt(page.get(k * total + from + i)) << (Byte.SIZE * k);
      }
      values[at + i] = Float.intBitsToFloat(bits);
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
  public float getFloat(int row) {
    return values[row];
  }

  @Override
  public double getDouble(int row) {
    return values[row];
  }

  @Override
  public float[] getFloats(int row, int count) {
    return Arrays.copyOfRange(values, row, row + count);
  }

  /**
   * The values where they lie, from the first row on; the array may be longer. To be read only, and
   * only until the next batch.
   */
  public float[] values() {
    return values;
  }
}
