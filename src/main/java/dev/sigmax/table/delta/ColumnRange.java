package dev.sigmax.table.delta;

import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a file's statistics say of the values of a column.
 *
 * @param nulls whether there may be nulls
 * @param values whether there may be others
 * @param lower no value is less; empty where that is not known
 * @param upper no value is larger; empty where that is not known
 */
record ColumnRange(boolean nulls, boolean values, Optional<Object> lower, Optional<Object> upper) {
  /** From here on a text may have been cut off, and its bound with it. */
  private static final int WHOLE_TEXT = 32;

  /** Timestamps are cut off to milliseconds. */
  private static final long CUT_OFF_MICROS = 999;

  /** Where a bound is, seen from a value. */
  enum Place {
    BELOW,
    AT,
    ABOVE,
    UNKNOWN;

    boolean maybeBelow() {
      return this == BELOW || this == UNKNOWN;
    }

    boolean maybeAbove() {
      return this == ABOVE || this == UNKNOWN;
    }
  }

  static ColumnRange of(String name, DataFileStatistics statistics) {
    Column column = new Column(name);
    Long nulls = statistics.getNullCount().get(column);
    return new ColumnRange(
        nulls == null || nulls > 0,
        nulls == null || nulls < statistics.getNumRecords(),
        bound(statistics.getMinValues().get(column), 0),
        bound(statistics.getMaxValues().get(column), CUT_OFF_MICROS));
  }

  /** That of a column of partitions: one value, or null. */
  static ColumnRange ofPartition(DataType type, String text) {
    if (PartitionText.isNull(text)) {
      return new ColumnRange(true, false, Optional.empty(), Optional.empty());
    }
    Optional<Object> value = PartitionText.value(type, text);
    return new ColumnRange(false, true, value, value);
  }

  private static Optional<Object> bound(Literal literal, long cutOff) {
    if (literal == null || literal.getValue() == null) {
      return Optional.empty();
    }
    Object value = literal.getValue();
    if (literal.getDataType() instanceof TimestampType
        || literal.getDataType() instanceof TimestampNTZType) {
      return Optional.of((Long) value + cutOff);
    }
    boolean comparable =
        literal.getDataType() instanceof IntegerType
            || literal.getDataType() instanceof LongType
            || literal.getDataType() instanceof DateType
            || literal.getDataType() instanceof DecimalType
            || (literal.getDataType() instanceof StringType
                && ((String) value).length() < WHOLE_TEXT);
    return comparable ? Optional.of(value) : Optional.empty();
  }

  /** Where the lower bound is, seen from a value of the column's type as Spark has it. */
  Place least(Object value) {
    return place(lower, value);
  }

  /** Where the upper bound is. */
  Place most(Object value) {
    return place(upper, value);
  }

  boolean leastBegins(String prefix) {
    return begins(lower, prefix);
  }

  boolean mostBegins(String prefix) {
    return begins(upper, prefix);
  }

  private static boolean begins(Optional<Object> bound, String prefix) {
    return bound.isPresent() && bound.get() instanceof String text && text.startsWith(prefix);
  }

  private static Place place(Optional<Object> bound, Object value) {
    if (bound.isEmpty()) {
      return Place.UNKNOWN;
    }
    int order;
    if (bound.get() instanceof String text && value instanceof String other) {
      // As Spark and Parquet order texts; Java's order is another above U+D800.
      order =
          Arrays.compareUnsigned(
              text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    } else if (bound.get() instanceof BigDecimal number && value instanceof BigDecimal other) {
      order = number.compareTo(other);
    } else if (isWhole(bound.get()) && isWhole(value)) {
      order = Long.compare(((Number) bound.get()).longValue(), ((Number) value).longValue());
    } else {
      return Place.UNKNOWN;
    }
    if (order == 0) {
      return Place.AT;
    }
    return order < 0 ? Place.BELOW : Place.ABOVE;
  }

  private static boolean isWhole(Object value) {
    return value instanceof Integer || value instanceof Long;
  }
}
