package dev.sigmax.spark;

import java.util.List;

/**
 * The rows of a table for which a condition is true: comparisons of columns with values, joined by
 * AND and OR. A comparison is not true of a null, and neither is its opposite, as in SQL. Values
 * are as Spark has them inside: days since 1970 for dates, microseconds for timestamps.
 */
public sealed interface RowFilter {
  /** The rows for which the condition is false. */
  RowFilter opposite();

  /** All rows, or none. */
  record Constant(boolean all) implements RowFilter {
    @Override
    public RowFilter opposite() {
      return new Constant(!all);
    }
  }

  /** Rows that both pick. */
  record And(RowFilter left, RowFilter right) implements RowFilter {
    @Override
    public RowFilter opposite() {
      return new Or(left.opposite(), right.opposite());
    }
  }

  /** Rows that either picks. */
  record Or(RowFilter left, RowFilter right) implements RowFilter {
    @Override
    public RowFilter opposite() {
      return new And(left.opposite(), right.opposite());
    }
  }

  /** How a column is compared with a value. */
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    Comparison opposite() {
      return switch (this) {
        case EQUAL -> NOT_EQUAL;
        case NOT_EQUAL -> EQUAL;
        case LESS -> GREATER_OR_EQUAL;
        case LESS_OR_EQUAL -> GREATER;
        case GREATER -> LESS_OR_EQUAL;
        case GREATER_OR_EQUAL -> LESS;
      };
    }

    /** With the two sides exchanged. */
    Comparison mirrored() {
      return switch (this) {
        case EQUAL, NOT_EQUAL -> this;
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
      };
    }
  }

  /** Rows whose value compares so. */
  record Compared(String column, Comparison comparison, Object value) implements RowFilter {
    @Override
    public RowFilter opposite() {
      return new Compared(column, comparison.opposite(), value);
    }
  }

  /** Rows whose value is one of these, or, if not {@code among}, is another. */
  record Listed(String column, boolean among, List<Object> values) implements RowFilter {
    @Override
    public RowFilter opposite() {
      return new Listed(column, !among, values);
    }
  }

  /** Rows whose text begins so, or, if not {@code begins}, otherwise. */
  record Prefixed(String column, boolean begins, String prefix) implements RowFilter {
    @Override
    public RowFilter opposite() {
      return new Prefixed(column, !begins, prefix);
    }
  }

  /** Rows whose value is null, or, if not {@code missing}, is none. */
  record Null(String column, boolean missing) implements RowFilter {
    @Override
    public RowFilter opposite() {
      return new Null(column, !missing);
    }
  }
}
