package dev.sigmax.parquet.write;

import dev.sigmax.kernel.ValueRange;
import org.apache.arrow.vector.ValueVector;
import org.apache.spark.sql.vectorized.ArrowColumnVector;

/** An Arrow vector that may know where its values lie, so that a page need not look. */
public final class RangedVector extends ArrowColumnVector {
  private ValueRange range;
  private int rows;

  /** A column over {@code vector}, which stays its owner's to release. */
  public RangedVector(ValueVector vector) {
    super(vector);
  }

  /** Sets the range of the vector's values, {@code rows} rows of them; null for not known. */
  public void range(ValueRange known, int count) {
    range = known;
    rows = count;
  }

  /** The exact range of so many rows' values; null where it is not known or one is NaN. */
  public ValueRange rangeOf(int from, int count) {
    return from == 0 && count == rows && range != null && !Double.isNaN(range.min()) ? range : null;
  }
}
