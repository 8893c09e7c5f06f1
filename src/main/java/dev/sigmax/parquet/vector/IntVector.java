package dev.sigmax.parquet.vector;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;

/** A column of INT32: whole numbers of up to 32 bits, dates, and decimals of up to 9 digits. */
public class IntVector extends PageVector {
  private int[] values;

  /** An empty one. */
  public IntVector(DataType type) {
    this(type, 0);
  }

  private IntVector(DataType type, int count) {
    super(type);
    values = new int[count];
  }

  @Override
  public void reserve(int count) {
    if (values.length < count) {
      values = Arrays.copyOf(values, Math.max(count, values.length + values.length / 2));
    }
  }

  @Override
  public PageVector dictionary(int count) {
    return new IntVector(dataType(), count);
  }

  @Override
  public void plain(ByteBuffer page, int from, int at, int count) {
    page.asIntBuffer().get(from, values, at, count);
  }

  @Override
  public void gather(PageVector dictionary, int[] indexes, int at, int count) {
    int[] entries = ((IntVector) dictionary).values;
    int[] into = values;
    for (int i = 0; i < count; i++) {
      into[at + i] = entries[indexes[i]];
    }
  }

  @Override
  public void split(ByteBuffer page, int from, int at, int count) {
    int total = valuesOf(page, Integer.BYTES, from, count);
    for (int i = 0; i < count; i++) {
      int bits = 0;
      for (int k = 0; k < Integer.BYTES; k++) {
        bits |= Byte.toUnsignedInt(page.get(k * total + from + i)) << (Byte.SIZE * k);
      }
      values[at + i] = bits;
    }
  }

  @Override
  public void decode(ValuesReader reader, int at, int count) {
    for (int i = 0; i < count; i++) {
      values[at + i] = reader.readInteger();
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
  public byte getByte(int row) {
    return (byte) values[row];
  }

  @Override
  public short getShort(int row) {
    return (short) values[row];
  }

  @Override
  public int getInt(int row) {
    return values[row];
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
