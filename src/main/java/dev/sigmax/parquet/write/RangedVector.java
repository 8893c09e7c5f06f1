package dev.sigmax.parquet.write;

import dev.sigmax.kernel.ValueRange;
import java.util.Optional;
import org.apache.arrow.vector.ValueVector;
import org.apache.spark.sql.vectorized.ArrowColumnVector;

/** An Arrow vector that may know where its values lie, so that a page need not look. */
public final class RangedVector extends ArrowColumnVector {
  private Optional<ValueRange> range = Optional.empty();
  private int rows;

  /** A column over {@code vector}, which stays its owner's to release. */
  public RangedVector(ValueVector vector) {
    super(vector);
  }

  /** Sets the range of the vector's values, {@code rows} rows of them; empty for not known. */
  public void range(Optional<ValueRange> known, int count) {
    // A page with a NaN among its values has no range.
    range = known.filter(values -> !Double.isNaN(values.min()));
    rows = count;
  }

  /** Whether none of its rows has a value. */
  boolean isAllNull() {
    return rows > 0 && isNullAt(0) && numNulls() == rows;
  }

  /** The exact range of so many rows' values; empty where it is not known or one is NaN. */
  Optional<ValueRange> rangeOf(int from, int count) {
    return from == 0 && count == rows ? range : Optional.empty();
  }
}
