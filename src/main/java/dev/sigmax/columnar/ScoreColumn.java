package dev.sigmax.columnar;

import org.apache.arrow.vector.ValueVector;
import org.apache.spark.sql.vectorized.ArrowColumnVector;

/** An Arrow vector that may know where its values lie, so that a page need not look. */
final class ScoreColumn extends ArrowColumnVector {
  private Scores.Range range;
  private int rows;

  ScoreColumn(ValueVector vector) {
    super(vector);
  }

  /** Sets the range of the vector's values, {@code rows} rows of them; null for not known. */
  void range(Scores.Range known, int count) {
    range = known;
    rows = count;
  }

  /** The exact range of so many rows' values; null where it is not known or one is NaN. */
  Scores.Range rangeOf(int from, int count) {
    return from == 0 && count == rows && range != null && !Double.isNaN(range.least())
        ? range
        : null;
  }
}
