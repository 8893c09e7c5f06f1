package dev.sigmax.arrow;

import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** What Spark types Arrow's columns have. */
public final class ArrowTypes {
  /** The digits of a whole number of 64 bits without a sign. */
  private static final int DIGITS_OF_LONG = 20;

  private static final int BYTES_OF_DECIMAL = 16;

  private ArrowTypes() {}

  /** The type as it is stored: an extension's storage. */
  static ArrowType stored(Field field) {
    ArrowType type = field.getType();
    return type instanceof ArrowType.ExtensionType extension ? extension.storageType() : type;
  }

  /** The type of a column; empty where Sigmax does not read it. */
  public static Optional<DataType> of(Field field) {
    ArrowType type = stored(field);
    if (isList(type)) {
      return field.getDictionary() == null ? list(field) : Optional.empty();
    }
    if (field.getDictionary() == null) {
      return scalar(type);
    }
    boolean bits = type instanceof ArrowType.Bool;
    return bits || !isWhole(field.getDictionary().getIndexType()) ? Optional.empty() : scalar(type);
  }

  /** Whether whole numbers have a size that there is; a file may say any. */
  private static boolean isWhole(ArrowType.Int type) {
    return switch (type.getBitWidth()) {
      case Byte.SIZE, Short.SIZE, Integer.SIZE, Long.SIZE -> true;
      default -> false;
    };
  }

  private static Optional<DataType> list(Field field) {
    Field elements = field.getChildren().get(0);
    boolean empty = stored(field) instanceof ArrowType.FixedSizeList list && list.getListSize() < 1;
    return empty || isList(stored(elements))
        ? Optional.empty()
        : of(elements).map(DataTypes::createArrayType);
  }

  static boolean isList(ArrowType type) {
    return type instanceof ArrowType.List
        || type instanceof ArrowType.LargeList
        || type instanceof ArrowType.FixedSizeList
        || isListViews(type);
  }

  /** Whether lists say each where it begins and how many elements it has. */
  static boolean isListViews(ArrowType type) {
    return type instanceof ArrowType.ListView || type instanceof ArrowType.LargeListView;
  }

  /** Whether values are views: short ones stand in the view, longer ones where it points. */
  static boolean isViews(ArrowType type) {
    return type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView;
  }

  private static Optional<DataType> scalar(ArrowType type) {
    if (type instanceof ArrowType.FloatingPoint floating) {
      return Optional.of(
          floating.getPrecision() == FloatingPointPrecision.DOUBLE
              ? DataTypes.DoubleType
              : DataTypes.FloatType);
    }
    if (type instanceof ArrowType.Int whole) {
      return isWhole(whole)
          ? Optional.of(whole(whole.getBitWidth(), whole.getIsSigned()))
          : Optional.empty();
    }
    if (type instanceof ArrowType.Decimal decimal) {
      return decimal(decimal);
    }
    if (type instanceof ArrowType.Bool) {
      return Optional.of(DataTypes.BooleanType);
    }
    if (type instanceof ArrowType.Utf8
        || type instanceof ArrowType.LargeUtf8
        || type instanceof ArrowType.Utf8View) {
      return Optional.of(DataTypes.StringType);
    }
    if (type instanceof ArrowType.Binary
        || type instanceof ArrowType.LargeBinary
        || type instanceof ArrowType.BinaryView
        || (type instanceof ArrowType.FixedSizeBinary fixed && fixed.getByteWidth() > 0)) {
      return Optional.of(DataTypes.BinaryType);
    }
    if (type instanceof ArrowType.Date) {
      return Optional.of(DataTypes.DateType);
    }
    if (type instanceof ArrowType.Timestamp time && time.getUnit() != TimeUnit.NANOSECOND) {
      return Optional.of(
          time.getTimezone() == null ? DataTypes.TimestampNTZType : DataTypes.TimestampType);
    }
    return Optional.empty();
  }

  /** As Spark takes those of Parquet: the smallest type that holds all values. */
  private static DataType whole(int bits, boolean signed) {
    return switch (bits) {
      case Byte.SIZE -> signed ? DataTypes.ByteType : DataTypes.ShortType;
      case Short.SIZE -> signed ? DataTypes.ShortType : DataTypes.IntegerType;
      case Integer.SIZE -> signed ? DataTypes.IntegerType : DataTypes.LongType;
      default -> signed ? DataTypes.LongType : DataTypes.createDecimalType(DIGITS_OF_LONG, 0);
    };
  }

  private static Optional<DataType> decimal(ArrowType.Decimal decimal) {
    int digits = decimal.getPrecision();
    int scale = decimal.getScale();
    boolean held = digits >= 1 && digits <= DecimalType.MAX_PRECISION();
    return held
            && scale >= 0
            && scale <= digits
            && decimal.getBitWidth() == BYTES_OF_DECIMAL * Byte.SIZE
        ? Optional.of(DataTypes.createDecimalType(digits, scale))
        : Optional.empty();
  }

  /** What a type is called where it is refused, or where its Spark type does not say all. */
  public static String name(Field field) {
    ArrowType type = stored(field);
    String name =
        type instanceof ArrowType.Timestamp time && time.getUnit() == TimeUnit.NANOSECOND
            ? "TIMESTAMP(NANOS)"
            : type.toString();
    return field.getDictionary() == null ? name : "a dictionary of " + name;
  }

  /** How a column is stored, where that is not as its Spark type says; else empty. */
  public static Optional<String> storage(Field field) {
    if (field.getDictionary() != null) {
      return Optional.of("DICTIONARY");
    }
    ArrowType type = stored(field);
    if (isViews(type)) {
      return Optional.of("VIEW");
    }
    if (isList(type)) {
      String list =
          type.getTypeID().name().replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
      return Optional.of(
          storage(field.getChildren().get(0)).map(of -> list + " of " + of).orElse(list));
    }
    return type instanceof ArrowType.FloatingPoint floating
            && floating.getPrecision() == FloatingPointPrecision.HALF
        ? Optional.of("FLOAT16")
        : Optional.empty();
  }
}
