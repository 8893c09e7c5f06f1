package dev.sigmax.parquet.footer;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** A bound of a column's statistics as the value that Spark reads there. */
final class StatisticsValue {
  private static final long MICROS_IN_A_MILLISECOND = 1000;

  private StatisticsValue() {}

  /**
   * The value; empty for floats, whose NaN are in no statistics, and for types that Spark reads as
   * something else than they are.
   */
  static Optional<Serializable> of(PrimitiveType type, Object bound) {
    LogicalTypeAnnotation told = type.getLogicalTypeAnnotation();
    if (told instanceof DecimalLogicalTypeAnnotation decimal) {
      return Optional.of(new BigDecimal(unscaled(bound), decimal.getScale()));
    }
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> Optional.of((Boolean) bound);
      case INT32 ->
          isSigned(told) || told instanceof DateLogicalTypeAnnotation
              ? Optional.of((Integer) bound)
              : Optional.empty();
      case INT64 -> ofLong(told, (Long) bound);
      case BINARY -> ofBytes(told, (Binary) bound);
      case FIXED_LEN_BYTE_ARRAY, FLOAT, DOUBLE, INT96 -> Optional.empty();
    };
  }

  private static BigInteger unscaled(Object bound) {
    return bound instanceof Binary bytes
        ? new BigInteger(bytes.getBytes())
        : BigInteger.valueOf(((Number) bound).longValue());
  }

  private static boolean isSigned(LogicalTypeAnnotation told) {
    return told == null || (told instanceof IntLogicalTypeAnnotation number && number.isSigned());
  }

  private static Optional<Serializable> ofLong(LogicalTypeAnnotation told, long bound) {
    if (isSigned(told)) {
      return Optional.of(bound);
    }
    if (!(told instanceof TimestampLogicalTypeAnnotation timestamp)) {
      return Optional.empty();
    }
    return switch (timestamp.getUnit()) {
      case MILLIS -> Optional.of(Math.multiplyExact(bound, MICROS_IN_A_MILLISECOND));
      case MICROS -> Optional.of(bound);
      case NANOS -> Optional.empty();
    };
  }

  private static Optional<Serializable> ofBytes(LogicalTypeAnnotation told, Binary bound) {
    if (told == null) {
      return Optional.of(bound.getBytes());
    }
    boolean text =
        told instanceof StringLogicalTypeAnnotation
            || told instanceof EnumLogicalTypeAnnotation
            || told instanceof JsonLogicalTypeAnnotation;
    return text ? Optional.of(bound.toStringUsingUTF8()) : Optional.empty();
  }
}
