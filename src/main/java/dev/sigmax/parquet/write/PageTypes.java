package dev.sigmax.parquet.write;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.spark.sql.types.ArrayType;
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
import org.apache.spark.sql.vectorized.ColumnVector;

/** Which pages hold a column of which Spark type. */
public final class PageTypes {
  private PageTypes() {}

  /** Whether a kept column of this type has pages; nested types have none. */
  public static boolean holds(DataType type) {
    return type instanceof BooleanType
        || type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType
        || type instanceof FloatType
        || type instanceof DoubleType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DecimalType
        || type.getClass() == StringType.class
        || type.getClass().getSuperclass() == StringType.class
        || type instanceof BinaryType;
  }

  /** Whether a dictionary could save space in a column of this type. */
  public static boolean mayRepeat(DataType type) {
    return !(type instanceof BooleanType || type instanceof ArrayType);
  }

  /**
   * Empty pages for a column; arrays are those of a score.
   *
   * @param dictionaryBytes how large a dictionary of its values may be; 0 for none
   */
  public static ColumnWriter pagesFor(
      DataType type, boolean nullable, ColumnDescriptor column, int dictionaryBytes) {
    if (type instanceof ArrayType array) {
      return array.elementType() instanceof FloatType
          ? new ListColumnWriter(
              column,
              new FloatColumnWriter(column, ChunkDictionary.none(), ListColumnWriter.LEVEL_BYTES),
              Float.BYTES,
              nullable)
          : new ListColumnWriter(
              column,
              new DoubleColumnWriter(column, ChunkDictionary.none(), ListColumnWriter.LEVEL_BYTES),
              Double.BYTES,
              nullable);
    }
    ChunkDictionary dictionary = dictionary(column.getPrimitiveType(), dictionaryBytes);
    if (type instanceof FloatType) {
      return new FloatColumnWriter(column, dictionary);
    }
    if (type instanceof DoubleType) {
      return new DoubleColumnWriter(column, dictionary);
    }
    if (type instanceof BooleanType) {
      return new BooleanColumnWriter(column);
    }
    if (type instanceof DecimalType decimal) {
      return decimalPages(decimal, column, dictionary);
    }
    if (type instanceof StringType) {
      return new BinaryColumnWriter(
          column, dictionary, false, (v, row) -> v.getUTF8String(row).getBytes());
    }
    if (type instanceof BinaryType) {
      return new BinaryColumnWriter(column, dictionary, false, ColumnVector::getBinary);
    }
    if (type instanceof ByteType) {
      return new WholeNumberColumnWriter(column, dictionary, false, ColumnVector::getByte);
    }
    if (type instanceof ShortType) {
      return new WholeNumberColumnWriter(column, dictionary, false, ColumnVector::getShort);
    }
    if (type instanceof IntegerType || type instanceof DateType) {
      return new WholeNumberColumnWriter(column, dictionary, false, ColumnVector::getInt);
    }
    return new WholeNumberColumnWriter(column, dictionary, true, ColumnVector::getLong);
  }

  private static ChunkDictionary dictionary(PrimitiveType type, int mostBytes) {
    return switch (type.getPrimitiveTypeName()) {
      case INT32, FLOAT -> ChunkDictionary.ofFixed(Integer.BYTES, mostBytes);
      case INT64, DOUBLE -> ChunkDictionary.ofFixed(Long.BYTES, mostBytes);
      case FIXED_LEN_BYTE_ARRAY -> ChunkDictionary.ofFixed(type.getTypeLength(), mostBytes);
      case BINARY -> ChunkDictionary.ofAnyLength(mostBytes);
      case BOOLEAN, INT96 -> ChunkDictionary.none();
    };
  }

  private static ColumnWriter decimalPages(
      DecimalType type, ColumnDescriptor column, ChunkDictionary dictionary) {
    int precision = type.precision();
    int scale = type.scale();
    if (column.getPrimitiveType().getPrimitiveTypeName()
        != PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY) {
      boolean wide = column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
      return new WholeNumberColumnWriter(
          column,
          dictionary,
          wide,
          (v, row) -> v.getDecimal(row, precision, scale).toUnscaledLong());
    }
    int length = column.getPrimitiveType().getTypeLength();
    return new BinaryColumnWriter(
        column,
        dictionary,
        true,
        (v, row) -> {
          byte[] unscaled =
              v.getDecimal(row, precision, scale).toJavaBigDecimal().unscaledValue().toByteArray();
          byte[] fixed = new byte[length];
          Arrays.fill(fixed, 0, length - unscaled.length, (byte) (unscaled[0] < 0 ? -1 : 0));
          System.arraycopy(unscaled, 0, fixed, length - unscaled.length, unscaled.length);
          return fixed;
        });
  }
}
