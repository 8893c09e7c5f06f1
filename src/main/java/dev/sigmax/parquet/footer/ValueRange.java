package dev.sigmax.parquet.footer;

import java.io.Serializable;

/** What the footer says of a column's values in a row group. */
public sealed interface ValueRange extends Serializable {
  /** All are null. */
  record Nulls() implements ValueRange {
    @Override
    public String toString() {
      return "is null";
    }
  }

  /**
   * None is null, and all lie between two, both included. They are as Spark has them inside, but
   * for texts and decimals: booleans, ints, longs, {@link java.math.BigDecimal}, texts, bytes; days
   * since 1970 for dates, microseconds for timestamps. An int may stand for a smaller number.
   */
  record Between(Serializable least, Serializable most) implements ValueRange {
    @Override
    public String toString() {
      return "is between " + least + " and " + most;
    }
  }

  /**
   * Some may be null and others not, or of any value.
   *
   * @param why what the column is or has, for a person
   */
  record Unknown(String why) implements ValueRange {
    @Override
    public String toString() {
      return why;
    }
  }
}
