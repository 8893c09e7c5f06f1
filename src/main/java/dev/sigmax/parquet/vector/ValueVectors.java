package dev.sigmax.parquet.vector;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Which vector holds values of a type of Parquet's as a type of Spark's. */
public final class ValueVectors {
  private static final int MICROS_IN_A_MILLI = 1000;

  private ValueVectors() {}

  /**
   * An empty vector; none for a pair of types that is left to Spark's reader.
   *
   * @param corrected whether dates and timestamps stand in the file as they are
   */
  public static Optional<PageVector> of(PrimitiveType stored, DataType asked, boolean corrected) {
    LogicalTypeAnnotation annotation = stored.getLogicalTypeAnnotation();
    if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimals(stored, decimal, asked);
    }
    boolean plain = annotation == null;
    PageVector vector =
        switch (stored.getPrimitiveTypeName()) {
          case FLOAT ->
              plain && (asked instanceof FloatType || asked instanceof DoubleType)
                  ? new FloatVector(asked)
                  : null;
          case DOUBLE -> plain && asked instanceof DoubleType ? new DoubleVector(asked) : null;
          case BOOLEAN -> plain && asked instanceof BooleanType ? new BooleanVector(asked) : null;
          case INT32 -> ints(annotation, asked, corrected);
          case INT64 -> longs(annotation, asked, corrected);
          case BINARY ->
              (isText(annotation) && asked instanceof StringType)
                      || (plain && asked instanceof BinaryType)
                  ? new BytesVector(asked, 0)
                  : null;
          case FIXED_LEN_BYTE_ARRAY ->
              plain && asked instanceof BinaryType && stored.getTypeLength() > 0
                  ? new BytesVector(asked, stored.getTypeLength())
                  : null;
          case INT96 -> null;
        };
    return Optional.ofNullable(vector);
  }

  private static boolean isText(LogicalTypeAnnotation annotation) {
    return annotation == null
        || annotation instanceof StringLogicalTypeAnnotation
        || annotation instanceof EnumLogicalTypeAnnotation
        || annotation instanceof JsonLogicalTypeAnnotation;
  }

  private static Optional<PageVector> decimals(
      PrimitiveType stored, DecimalLogicalTypeAnnotation decimal, DataType asked) {
    if (!(asked instanceof DecimalType type)
        || type.precision() != decimal.getPrecision()
        || type.scale() != decimal.getScale()) {
      return Optional.empty();
    }
    return switch (stored.getPrimitiveTypeName()) {
      case INT32 -> Optional.of(new IntVector(asked));
      case INT64 -> Optional.of(new LongVector(asked));
      case BINARY -> Optional.of(new BytesVector(asked, 0));
      case FIXED_LEN_BYTE_ARRAY ->
          stored.getTypeLength() > 0
              ? Optional.of(new BytesVector(asked, stored.getTypeLength()))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static PageVector ints(
      LogicalTypeAnnotation annotation, DataType asked, boolean corrected) {
    if (annotation instanceof DateLogicalTypeAnnotation) {
      return asked instanceof DateType && corrected ? new IntVector(asked) : null;
    }
    if (bitsOf(annotation, Integer.SIZE) > bitsOf(asked)) {
      return null;
    }
    return annotation instanceof IntLogicalTypeAnnotation number
            && !number.isSigned()
            && number.getBitWidth() == Integer.SIZE
        ? new UnsignedVector(asked)
        : new IntVector(asked);
  }

  /** How many bits of a signed number hold all values. */
  private static int bitsOf(LogicalTypeAnnotation annotation, int stored) {
    if (annotation instanceof IntLogicalTypeAnnotation number) {
      return number.isSigned() ? number.getBitWidth() : 2 * number.getBitWidth();
    }
    return annotation == null ? stored : Integer.MAX_VALUE;
  }

  private static int bitsOf(DataType whole) {
    if (whole instanceof ByteType) {
      return Byte.SIZE;
    }
    if (whole instanceof ShortType) {
      return Short.SIZE;
    }
    if (whole instanceof IntegerType) {
      return Integer.SIZE;
    }
    return whole instanceof LongType ? Long.SIZE : 0;
  }

  private static PageVector longs(
      LogicalTypeAnnotation annotation, DataType asked, boolean corrected) {
    if (annotation instanceof TimestampLogicalTypeAnnotation timestamp) {
      boolean served =
          timestamp.isAdjustedToUTC()
              ? asked instanceof TimestampType && corrected
              : asked instanceof TimestampNTZType;
      if (!served || timestamp.getUnit() == TimeUnit.NANOS) {
        return null;
      }
      return timestamp.getUnit() == TimeUnit.MILLIS
          ? new MillisVector(asked)
          : new LongVector(asked);
    }
    return asked instanceof LongType && bitsOf(annotation, Long.SIZE) <= Long.SIZE
        ? new LongVector(asked)
        : null;
  }

  private static final class UnsignedVector extends IntVector {
    UnsignedVector(DataType type) {
      super(type);
    }

    @Override
    public long getLong(int row) {
      return Integer.toUnsignedLong(getInt(row));
    }
  }

  /** Timestamps in milliseconds, given in microseconds. */
  private static final class MillisVector extends LongVector {
    MillisVector(DataType type) {
      super(type);
    }

    @Override
    public void plain(ByteBuffer page, int from, int at, int count) {
      super.plain(page, from, at, count);
      multiply(MICROS_IN_A_MILLI, at, count);
    }

    @Override
    public void gather(PageVector dictionary, int[] indexes, int at, int count) {
      super.gather(dictionary, indexes, at, count);
      multiply(MICROS_IN_A_MILLI, at, count);
    }

    @Override
    public void split(ByteBuffer page, int from, int at, int count) {
      super.split(page, from, at, count);
      multiply(MICROS_IN_A_MILLI, at, count);
    }

    @Override
    public void decode(ValuesReader reader, int at, int count) {
      super.decode(reader, at, count);
      multiply(MICROS_IN_A_MILLI, at, count);
    }
  }
}
