package dev.sigmax.parquet.vector;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;

/**
 * A column of lists, whose elements lie one list behind the other in the child, from its first
 * place on and without a gap.
 */
public final class ListVector extends PageVector {
  private final ColumnVector elements;
  private int[] starts = new int[1];

  /** An empty one of these elements. */
  public ListVector(DataType type, ColumnVector elements) {
    super(type);
    this.elements = elements;
  }

  @Override
  public void reserve(int count) {
    if (starts.length <= count) {
      starts = Arrays.copyOf(starts, count + 1);
    }
  }

  /** Where each list begins among the elements, and behind the last where it ends; to be set. */
  public int[] starts() {
    return starts;
  }

  /** Where the list of a row begins among the elements. */
  public int start(int row) {
    return starts[row];
  }

  /** How many elements the list of a row has; 0 where it is null. */
  public int length(int row) {
    return starts[row + 1] - starts[row];
  }

  @Override
  public ColumnarArray getArray(int row) {
    return isNullAt(row) ? null : new ColumnarArray(elements, start(row), length(row));
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    return elements;
  }

  @Override
  public PageVector dictionary(int count) {
    throw new UnsupportedOperationException("a dictionary of lists");
  }

  @Override
  public void plain(ByteBuffer page, int from, int at, int count) {
    throw new UnsupportedOperationException("values of lists");
  }

  @Override
  public void gather(PageVector dictionary, int[] indexes, int at, int count) {
    throw new UnsupportedOperationException("values of lists");
  }

  @Override
  public void spread(int at, int count, int defined) {
    throw new UnsupportedOperationException("values of lists");
  }
}
