package dev.sigmax.spark;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of a table for which a condition is true: comparisons of columns with values, joined by
 * AND and OR. A comparison is not true of a null, and neither is its opposite, as in SQL. Values
 * are as Spark has them inside: days since 1970 for dates, microseconds for timestamps.
 */
public sealed interface RowFilter {
  /** The rows for which the condition is false. */
  RowFilter opposite();

  /** The columns that it compares. */
  Set<String> columns();

  /** All rows, or none. */
  record Constant(boolean all) implements RowFilter {
    @Override
    public RowFilter opposite() {
      return new Constant(!all);
    }

    @Override
    public Set<String> columns() {
      return Set.of();
    }
  }

  /** Rows that both pick. */
  record And(RowFilter left, RowFilter right) implements RowFilter {
    @Override
    public RowFilter opposite() {
      return new Or(left.opposite(), right.opposite());
    }

    @Override
    public Set<String> columns() {
      return union(left, right);
    }
  }

  /** Rows that either picks. */
  record Or(RowFilter left, RowFilter right) implements RowFilter {
    @Override
    public RowFilter opposite() {
      return new And(left.opposite(), right.opposite());
    }

    @Override
    public Set<String> columns() {
      return union(left, right);
    }
  }

  private static Set<String> union(RowFilter left, RowFilter right) {
    Set<String> columns = new HashSet<>(left.columns());
    columns.addAll(right.columns());
    return columns;
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

    @Override
    public Set<String> columns() {
      return Set.of(column);
    }
  }

  /** Rows whose value is one of these, or, if not {@code among}, is another. */
  record Listed(String column, boolean among, List<Object> values) implements RowFilter {
    @Override
    public RowFilter opposite() {
      return new Listed(column, !among, values);
    }

    @Override
    public Set<String> columns() {
      return Set.of(column);
    }
  }

  /** Rows whose text begins so, or, if not {@code begins}, otherwise. */
  record Prefixed(String column, boolean begins, String prefix) implements RowFilter {
    @Override
    public RowFilter opposite() {
      return new Prefixed(column, !begins, prefix);
    }

    @Override
    public Set<String> columns() {
      return Set.of(column);
    }
  }

  /** Rows whose value is null, or, if not {@code missing}, is none. */
  record Null(String column, boolean missing) implements RowFilter {
    @Override
    public RowFilter opposite() {
      return new Null(column, !missing);
    }

    @Override
    public Set<String> columns() {
      return Set.of(column);
    }
  }
}
