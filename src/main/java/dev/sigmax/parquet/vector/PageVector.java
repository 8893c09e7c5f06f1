package dev.sigmax.parquet.vector;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A column of a batch whose values lie in one array of the heap, and how pages of each encoding get
 * there. Filled again for every batch. What lies in a null's place is anything. Not thread-safe.
 */
public abstract class PageVector extends ColumnVector {
  private long[] nulls = new long[0];
  private int nullCount;

  PageVector(DataType type) {
    super(type);
  }

  /** Forgets the values. */
  public void clear() {
    if (nullCount > 0) {
      Arrays.fill(nulls, 0);
    }
    nullCount = 0;
  }

  /** Makes room for so many values; those that are there stay. */
  public abstract void reserve(int count);

  /**
   * An empty vector of the same kind with room for exactly so many values.
   *
   * @throws UnsupportedOperationException if a dictionary never holds values of this kind
   */
  public abstract PageVector dictionary(int count);

  /**
   * Reads values in PLAIN encoding.
   *
   * @param page from its first value on; of values of any length, from the next
   * @param from how many values come before
   * @param at where in this vector
   */
  public abstract void plain(ByteBuffer page, int from, int at, int count);

  /** Takes values of a dictionary by their indexes. */
  public abstract void gather(PageVector dictionary, int[] indexes, int at, int count);

  /** Moves {@code defined} values from {@code at} on to the places that are not null. */
  public abstract void spread(int at, int count, int defined);

  /**
   * Reads values in BYTE_STREAM_SPLIT encoding.
   *
   * @param page all values of the page; its position stays
   * @param from how many values come before
   * @param at where in this vector
   * @throws UnsupportedOperationException if values of this kind are never encoded so
   * @throws IllegalArgumentException if the page has fewer values, or bytes left over
   */
  public void split(ByteBuffer page, int from, int at, int count) {
    throw new UnsupportedOperationException("BYTE_STREAM_SPLIT for " + dataType().sql());
  }

  /** How many values a BYTE_STREAM_SPLIT page has, where so many more are to be there. */
  static int valuesOf(ByteBuffer page, int width, int from, int count) {
    int total = page.limit() / width;
    if (page.limit() % width != 0 || count > total - from) {
      throw new IllegalArgumentException(
          count + " values from " + from + " on in a page of " + page.limit() + " bytes");
    }
    return total;
  }

  /**
   * Reads values that parquet-java decodes.
   *
   * @param values from the next value on; not kept
   * @param at where in this vector
   * @throws UnsupportedOperationException if values of this kind are never encoded so
   * @throws IllegalArgumentException if a value has another length than all values of this column
   */
  public void decode(ValuesReader values, int at, int count) {
    throw new UnsupportedOperationException("a delta encoding for " + dataType().sql());
  }

  /** Marks a value as null. */
  public final void setNull(int at) {
    int word = at >>> 6;
    if (nulls.length <= word) {
      nulls = Arrays.copyOf(nulls, Math.max(word + 1, 2 * nulls.length));
    }
    nulls[word] |= 1L << at;
    nullCount++;
  }

  @Override
  public final boolean hasNull() {
    return nullCount > 0;
  }

  @Override
  public final int numNulls() {
    return nullCount;
  }

  @Override
  public final boolean isNullAt(int row) {
    return nullCount > 0 && row >>> 6 < nulls.length && (nulls[row >>> 6] >>> row & 1) != 0;
  }

  /** The arrays are the collector's; pages are given back by who reads them. */
  @Override
  public void close() {}

  private UnsupportedOperationException not(String type) {
    return new UnsupportedOperationException(type + " of a column of " + dataType().sql());
  }

  @Override
  public boolean getBoolean(int row) {
    throw not("boolean");
  }

  @Override
  public byte getByte(int row) {
    throw not("byte");
  }

  @Override
  public short getShort(int row) {
    throw not("short");
  }

  @Override
  public int getInt(int row) {
    throw not("int");
  }

  @Override
  public long getLong(int row) {
    throw not("long");
  }

  @Override
  public float getFloat(int row) {
    throw not("float");
  }

  @Override
  public double getDouble(int row) {
    throw not("double");
  }

  @Override
  public ColumnarArray getArray(int row) {
    throw not("array");
  }

  @Override
  public ColumnarMap getMap(int row) {
    throw not("map");
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    throw not("decimal");
  }

  @Override
  public UTF8String getUTF8String(int row) {
    throw not("string");
  }

  @Override
  public byte[] getBinary(int row) {
    throw not("binary");
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    throw not("child");
  }
}
