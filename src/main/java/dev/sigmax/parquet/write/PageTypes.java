package dev.sigmax.parquet.write;

import java.util.Arrays;
import java.util.List;
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
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Which pages hold a column of which Spark type. */
public final class PageTypes {
  /** A list's elements are its values, not structs that hold them. */
  private static final int WHOLE = -1;

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

  /**
   * The types of a field's columns in Parquet: one, unless it is an array of structs, which has one
   * for each field. An array stays an array.
   */
  public static List<DataType> columnsOf(DataType type) {
    return type instanceof ArrayType array && array.elementType() instanceof StructType structs
        ? Arrays.stream(structs.fields())
            .<DataType>map(field -> new ArrayType(field.dataType(), false))
            .toList()
        : List.of(type);
  }

  /** Whether a dictionary could save space in a column of this type. */
  public static boolean mayRepeat(DataType type) {
    return type instanceof ArrayType array
        ? array.elementType() instanceof StringType
        : !(type instanceof BooleanType);
  }

  /**
   * Empty pages for one of a field's columns; arrays are those of a score.
   *
   * @param type the field's
   * @param place of the column in {@link #columnsOf} the field
   * @param dictionaryBytes how large a dictionary of its values may be; 0 for none
   */
  public static ColumnWriter pagesFor(
      DataType type, int place, boolean nullable, ColumnDescriptor column, int dictionaryBytes) {
    List<DataType> columns = columnsOf(type);
    if (columns.get(place) instanceof ArrayType array) {
      return listPages(
          array.elementType(),
          columns.equals(List.of(type)) ? WHOLE : place,
          nullable,
          column,
          dictionaryBytes);
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

  private static ColumnWriter listPages(
      DataType element, int field, boolean nullable, ColumnDescriptor column, int dictionaryBytes) {
    ColumnWriter writer;
    ListValues values;
    ChunkDictionary dictionary = ChunkDictionary.none();
    if (element instanceof FloatType) {
      FloatColumnWriter floats =
          new FloatColumnWriter(column, ChunkDictionary.none(), ListColumnWriter.LEVEL_BYTES);
      writer = floats;
      values = new ListValues.Floats(floats);
    } else if (element instanceof DoubleType) {
      DoubleColumnWriter doubles =
          new DoubleColumnWriter(column, ChunkDictionary.none(), ListColumnWriter.LEVEL_BYTES);
      writer = doubles;
      values = new ListValues.Doubles(doubles);
    } else {
      BinaryColumnWriter texts =
          new BinaryColumnWriter(
              column,
              ChunkDictionary.none(),
              false,
              (v, row) -> v.getUTF8String(row).getBytes(),
              ListColumnWriter.LEVEL_BYTES);
      writer = texts;
      values = new ListValues.Texts(texts);
      dictionary = dictionary(column.getPrimitiveType(), dictionaryBytes);
    }
    return new ListColumnWriter(
        column,
        dictionary,
        writer,
        field == WHOLE ? values : new ListValues.FieldOfStructs(field, values),
        nullable);
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
