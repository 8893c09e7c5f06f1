package dev.sigmax.testing;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.enumType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.jsonType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The primitive types of Parquet, each with values that tell it from the others. */
public final class ParquetTypes {
  /** The integers that stand for all values: most types have one of their own for each. */
  public static final int VALUES = 300;

  private ParquetTypes() {}

  /** The types that Spark can read, by a name that can stand in a column's. */
  public static Map<String, PrimitiveType> all() {
    Map<String, PrimitiveType> types = new LinkedHashMap<>(numbers());
    types.put("date", type(PrimitiveTypeName.INT32, dateType()));
    types.put("millis", type(PrimitiveTypeName.INT64, timestampType(true, TimeUnit.MILLIS)));
    types.put("micros", type(PrimitiveTypeName.INT64, timestampType(true, TimeUnit.MICROS)));
    types.put("lmillis", type(PrimitiveTypeName.INT64, timestampType(false, TimeUnit.MILLIS)));
    types.put("lmicros", type(PrimitiveTypeName.INT64, timestampType(false, TimeUnit.MICROS)));
    if (SparkMinor.hasTime()) {
      types.put("time", type(PrimitiveTypeName.INT64, timeType(false, TimeUnit.MICROS)));
    }
    types.put("int96", type(PrimitiveTypeName.INT96, null));
    types.put("boolean", type(PrimitiveTypeName.BOOLEAN, null));
    types.put("binary", type(PrimitiveTypeName.BINARY, null));
    types.put("text", type(PrimitiveTypeName.BINARY, stringType()));
    types.put("enum", type(PrimitiveTypeName.BINARY, enumType()));
    types.put("json", type(PrimitiveTypeName.BINARY, jsonType()));
    types.put("fixed", fixed(16, null));
    return types;
  }

  /** Those that can be logits. */
  public static Map<String, PrimitiveType> numbers() {
    Map<String, PrimitiveType> types = new LinkedHashMap<>();
    types.put("int32", type(PrimitiveTypeName.INT32, null));
    types.put("i8", type(PrimitiveTypeName.INT32, intType(8, true)));
    types.put("i16", type(PrimitiveTypeName.INT32, intType(16, true)));
    types.put("i32", type(PrimitiveTypeName.INT32, intType(32, true)));
    types.put("u8", type(PrimitiveTypeName.INT32, intType(8, false)));
    types.put("u16", type(PrimitiveTypeName.INT32, intType(16, false)));
    types.put("u32", type(PrimitiveTypeName.INT32, intType(32, false)));
    types.put("int64", type(PrimitiveTypeName.INT64, null));
    types.put("i64", type(PrimitiveTypeName.INT64, intType(64, true)));
    types.put("u64", type(PrimitiveTypeName.INT64, intType(64, false)));
    types.put("float", type(PrimitiveTypeName.FLOAT, null));
    types.put("double", type(PrimitiveTypeName.DOUBLE, null));
    types.put("d7in32", type(PrimitiveTypeName.INT32, decimalType(2, 7)));
    types.put("d7in64", type(PrimitiveTypeName.INT64, decimalType(2, 7)));
    types.put("d12in64", type(PrimitiveTypeName.INT64, decimalType(2, 12)));
    types.put("d7fixed", fixed(4, decimalType(2, 7)));
    types.put("d12fixed", fixed(6, decimalType(2, 12)));
    types.put("d38fixed", fixed(16, decimalType(4, 38)));
    types.put("d7binary", type(PrimitiveTypeName.BINARY, decimalType(2, 7)));
    types.put("d12binary", type(PrimitiveTypeName.BINARY, decimalType(2, 12)));
    types.put("d30binary", type(PrimitiveTypeName.BINARY, decimalType(2, 30)));
    return types;
  }

  private static PrimitiveType type(PrimitiveTypeName name, LogicalTypeAnnotation annotation) {
    return Types.optional(name).as(annotation).named("x");
  }

  private static PrimitiveType fixed(int length, LogicalTypeAnnotation annotation) {
    return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
        .length(length)
        .as(annotation)
        .named("x");
  }

  /** A point on the equator as well-known binary. */
  private static byte[] point(int degrees) {
    return ByteBuffer.allocate(21)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 1)
        .putInt(1)
        .putDouble(degrees)
        .putDouble(0)
        .array();
  }

  /** Adds the i-th value of a column's type to a row. */
  public static void add(Group row, String column, PrimitiveType type, int i) {
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> row.add(column, i % 2 == 0);
      case INT32 -> row.add(column, whole(annotation, i));
      case INT64 -> row.add(column, annotation == null ? (1L << 40) + i : 100L * i + 50);
      case FLOAT -> row.add(column, i + 0.5f);
      case DOUBLE -> row.add(column, i + 0.1);
      case INT96 -> row.add(column, int96(i));
      case BINARY ->
          row.add(
              column,
              annotation instanceof DecimalLogicalTypeAnnotation
                  ? Binary.fromConstantByteArray(BigInteger.valueOf(100L * i + 50).toByteArray())
                  : String.valueOf(annotation).startsWith("GEO")
                      ? Binary.fromConstantByteArray(point(i))
                      : Binary.fromString("{\"n\": " + i + "}"));
      case FIXED_LEN_BYTE_ARRAY -> row.add(column, fixed(type.getTypeLength(), 100L * i + 50));
    }
  }

  /** What fits the annotation, and does not fit a byte where it may be more. */
  private static int whole(LogicalTypeAnnotation annotation, int i) {
    boolean small =
        annotation instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation number
            && number.getBitWidth() == 8;
    return small ? i % 128 : 256 + i;
  }

  private static Binary fixed(int length, long value) {
    byte[] bytes = new byte[length];
    byte[] number = BigInteger.valueOf(value).toByteArray();
    Arrays.fill(bytes, (byte) 0);
    System.arraycopy(number, 0, bytes, length - number.length, number.length);
    return Binary.fromConstantByteArray(bytes);
  }

  /** Nanoseconds of the day, then the Julian day. */
  private static Binary int96(int i) {
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(i * 1_000_000_000L).putInt(2_460_000 + i).flip();
    return Binary.fromConstantByteBuffer(bytes);
  }
}
