package dev.sigmax.spark;

import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;

/**
 * A column vector of Spark's Parquet reader as what it is made of: the places of each row's
 * elements, or bytes, in one vector of them. Valid as long as the vector is.
 */
public final class ArrayVector {
  private final WritableColumnVector vector;

  private ArrayVector(WritableColumnVector vector) {
    this.vector = vector;
  }

  /** Whether a vector is one of Spark's own. */
  public static boolean is(ColumnVector vector) {
    return vector instanceof WritableColumnVector;
  }

  /** The vector as one of Spark's own, which it has to be. */
  public static ArrayVector of(ColumnVector vector) {
    return new ArrayVector((WritableColumnVector) vector);
  }

  /** Where a row's elements begin. */
  public int offset(int row) {
    return vector.getArrayOffset(row);
  }

  /** How many elements a row has. */
  public int length(int row) {
    return vector.getArrayLength(row);
  }

  /** The elements of all rows. */
  public ColumnVector elements() {
    return vector.getChild(0);
  }

  /** Whether the rows are indexes into a dictionary. */
  public boolean hasDictionary() {
    return vector.hasDictionary();
  }

  /** How many elements all rows have together. */
  public int elementCount() {
    return vector.getChild(0).getElementsAppended();
  }
}
