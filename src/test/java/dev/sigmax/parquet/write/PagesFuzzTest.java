package dev.sigmax.parquet.write;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sigmax.columnar.exec.ColumnarFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Columns of any type, values, nulls and batches: what the pages hold is what parquet-java's own
 * reader finds. With {@code -Pfuzz} Jazzer looks for others; without, its corpus is run.
 */
class PagesFuzzTest {
  private static final int MOST_ROWS = 400;
  private static final Configuration BASE = base();
  private static final List<DataType> TYPES =
      List.of(
          DataTypes.BooleanType,
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.FloatType,
          DataTypes.DoubleType,
          DataTypes.StringType,
          DataTypes.BinaryType,
          DataTypes.createDecimalType(9, 2),
          DataTypes.createDecimalType(18, 0),
          DataTypes.createDecimalType(38, 10));

  private static Configuration base() {
    Configuration configuration = new Configuration();
    configuration.setBoolean("spark.sql.parquet.writeLegacyFormat", false);
    configuration.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    configuration.setBoolean("spark.sql.parquet.fieldId.write.enabled", false);
    configuration.setBoolean("spark.sql.parquet.variant.annotateLogicalType.enabled", false);
    return configuration;
  }

  @FuzzTest(maxDuration = "200s")
  void whatIsWrittenIsRead(FuzzedDataProvider data) throws IOException {
    StructField[] fields = new StructField[data.consumeInt(1, 4)];
    for (int i = 0; i < fields.length; i++) {
      DataType type = TYPES.get(data.consumeInt(0, TYPES.size() - 1));
      fields[i] = new StructField("c" + i, type, data.consumeBoolean(), Metadata.empty());
    }
    Path folder = Files.createTempDirectory("sigmax-pages");
    Path path = folder.resolve("a.parquet");
    try {
      Configuration configuration = new Configuration(BASE);
      configuration.set("parquet.compression", data.consumeBoolean() ? "SNAPPY" : "UNCOMPRESSED");
      limit(configuration, data);
      ColumnarFile file =
          new ColumnarFile(path.toString(), new StructType(fields), Set.of(), configuration);
      List<List<String>> expected = new ArrayList<>();
      while (data.remainingBytes() > 0) {
        file.write(batch(fields, data, expected));
      }
      file.close();
      assertEquals(expected, read(path, configuration));
    } finally {
      Files.deleteIfExists(path);
      Files.deleteIfExists(folder);
    }
  }

  /** Pages, dictionaries and row groups may end anywhere. */
  private static void limit(Configuration configuration, FuzzedDataProvider data) {
    if (data.consumeBoolean()) {
      configuration.setInt("parquet.page.size", data.consumeInt(1, 2000));
      configuration.setInt("parquet.page.row.count.limit", data.consumeInt(1, MOST_ROWS));
      configuration.setInt("parquet.dictionary.page.size", data.consumeInt(0, 500));
      configuration.setInt("parquet.block.row.count.limit", data.consumeInt(1, 2 * MOST_ROWS));
      configuration.setBoolean("parquet.enable.dictionary#c0", data.consumeBoolean());
    }
  }

  private static ColumnarBatch batch(
      StructField[] fields, FuzzedDataProvider data, List<List<String>> expected) {
    int rows = data.consumeInt(0, MOST_ROWS);
    int first = expected.size();
    for (int row = 0; row < rows; row++) {
      expected.add(new ArrayList<>());
    }
    ColumnVector[] columns = new ColumnVector[fields.length];
    for (int i = 0; i < fields.length; i++) {
      OnHeapColumnVector column = new OnHeapColumnVector(Math.max(1, rows), fields[i].dataType());
      // Few bytes make many rows: the values repeat.
      int distinct = Math.max(1, data.consumeInt(1, 12));
      for (int row = 0; row < rows; row++) {
        expected
            .get(first + row)
            .add(
                row < distinct
                    ? put(column, row, fields[i], data)
                    : again(
                        column, row, row - distinct, expected.get(first + row - distinct).get(i)));
      }
      columns[i] = column;
    }
    return new ColumnarBatch(columns, rows);
  }

  /** Puts a value of any kind, and tells it as {@link #read} would. */
  private static String put(
      WritableColumnVector column, int row, StructField field, FuzzedDataProvider data) {
    DataType type = field.dataType();
    if (field.nullable() && data.consumeInt(0, 3) == 0) {
      column.putNull(row);
      return null;
    }
    if (type instanceof DecimalType decimal) {
      BigInteger most = BigInteger.TEN.pow(decimal.precision());
      BigInteger unscaled = new BigInteger(signed(data.consumeBytes(17))).remainder(most);
      Decimal value =
          Decimal.apply(
              new java.math.BigDecimal(unscaled, decimal.scale()),
              decimal.precision(),
              decimal.scale());
      column.putDecimal(row, value, decimal.precision());
      return unscaled.toString();
    }
    if (type.equals(DataTypes.BooleanType)) {
      boolean value = data.consumeBoolean();
      column.putBoolean(row, value);
      return Boolean.toString(value);
    }
    if (type.equals(DataTypes.ByteType)) {
      byte value = data.consumeByte();
      column.putByte(row, value);
      return Byte.toString(value);
    }
    if (type.equals(DataTypes.ShortType)) {
      short value = data.consumeShort();
      column.putShort(row, value);
      return Short.toString(value);
    }
    if (type.equals(DataTypes.IntegerType)) {
      int value = data.consumeInt();
      column.putInt(row, value);
      return Integer.toString(value);
    }
    if (type.equals(DataTypes.LongType)) {
      long value = data.consumeLong();
      column.putLong(row, value);
      return Long.toString(value);
    }
    if (type.equals(DataTypes.FloatType)) {
      float value = data.consumeFloat();
      column.putFloat(row, value);
      return told(value);
    }
    if (type.equals(DataTypes.DoubleType)) {
      double value = data.consumeDouble();
      column.putDouble(row, value);
      return told(value);
    }
    byte[] value =
        type.equals(DataTypes.StringType)
            ? data.consumeString(40).getBytes(java.nio.charset.StandardCharsets.UTF_8)
            : data.consumeBytes(40);
    column.putByteArray(row, value);
    return HexFormat.of().formatHex(value);
  }

  private static byte[] signed(byte[] bytes) {
    return bytes.length == 0 ? new byte[1] : bytes;
  }

  private static String told(float value) {
    return Integer.toHexString(Float.floatToRawIntBits(value));
  }

  private static String told(double value) {
    return Long.toHexString(Double.doubleToRawLongBits(value));
  }

  /** Repeats the value of an earlier row. */
  private static String again(OnHeapColumnVector column, int row, int from, String told) {
    DataType type = column.dataType();
    if (told == null) {
      column.putNull(row);
    } else if (type instanceof DecimalType decimal) {
      column.putDecimal(
          row, column.getDecimal(from, decimal.precision(), decimal.scale()), decimal.precision());
    } else if (type.equals(DataTypes.BooleanType)) {
      column.putBoolean(row, column.getBoolean(from));
    } else if (type.equals(DataTypes.ByteType)) {
      column.putByte(row, column.getByte(from));
    } else if (type.equals(DataTypes.ShortType)) {
      column.putShort(row, column.getShort(from));
    } else if (type.equals(DataTypes.IntegerType)) {
      column.putInt(row, column.getInt(from));
    } else if (type.equals(DataTypes.LongType)) {
      column.putLong(row, column.getLong(from));
    } else if (type.equals(DataTypes.FloatType)) {
      column.putFloat(row, column.getFloat(from));
    } else if (type.equals(DataTypes.DoubleType)) {
      column.putDouble(row, column.getDouble(from));
    } else {
      column.putByteArray(row, column.getBinary(from));
    }
    return told;
  }

  private static List<List<String>> read(Path path, Configuration configuration)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(
                new GroupReadSupport(), new org.apache.hadoop.fs.Path(path.toString()))
            .withConf(configuration)
            .build()) {
      for (Group group = reader.read(); group != null; group = reader.read()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < group.getType().getFieldCount(); i++) {
          row.add(group.getFieldRepetitionCount(i) == 0 ? null : value(group, i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String value(Group group, int field) {
    PrimitiveType type = group.getType().getType(field).asPrimitiveType();
    return switch (type.getPrimitiveTypeName()) {
      case FLOAT -> told(group.getFloat(field, 0));
      case DOUBLE -> told(group.getDouble(field, 0));
      case BINARY -> {
        ByteBuffer bytes = group.getBinary(field, 0).toByteBuffer();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        yield HexFormat.of().formatHex(copy);
      }
      case FIXED_LEN_BYTE_ARRAY -> new BigInteger(group.getBinary(field, 0).getBytes()).toString();
      case BOOLEAN -> Boolean.toString(group.getBoolean(field, 0));
      case INT32 -> Integer.toString(group.getInteger(field, 0));
      case INT64 -> Long.toString(group.getLong(field, 0));
      case INT96 -> throw new AssertionError("nothing is written so");
    };
  }
}
