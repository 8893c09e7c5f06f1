package dev.sigmax.parquet.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.spark.FieldIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;

/** The rows of a file as text, value by value, as this package reads them and as others do. */
final class ReadRows {
  private ReadRows() {}

  /** As Spark's row reader reads them, which decodes by parquet-java. */
  static List<String> bySpark(SparkSession spark, Path file, StructType schema) {
    SparkSession rows = spark.newSession();
    rows.conf().set("spark.sql.parquet.enableVectorizedReader", "false");
    rows.conf().set("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED");
    rows.conf().set("spark.sql.caseSensitive", "true");
    return rows.read().schema(schema).parquet(file.toString()).collectAsList().stream()
        .map(ReadRows::text)
        .toList();
  }

  /** The types that Spark takes a file's columns for. */
  static StructType schema(SparkSession spark, Path file) {
    return spark.read().parquet(file.toString()).schema();
  }

  /** As this package reads them, all memory given back. */
  static List<String> byPages(Path file, StructType schema, int batchRows) throws UnsupportedFile {
    return byPages(file, schema, batchRows, 0, Long.MAX_VALUE / 2);
  }

  /** The same of the row groups whose middle lies between two positions. */
  static List<String> byPages(Path file, StructType schema, int batchRows, long from, long to)
      throws UnsupportedFile {
    try {
      return rows(FileBytes.local(file, bytes -> {}), footer(file, from, to), schema, batchRows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same through a stream of Hadoop's. */
  static List<String> byStream(Path file, StructType schema, int batchRows, boolean vectored)
      throws UnsupportedFile {
    try {
      HadoopInputFile input =
          HadoopInputFile.fromPath(
              new org.apache.hadoop.fs.Path(file.toUri()), new Configuration());
      return rows(
          FileBytes.of(input.newStream(), vectored),
          footer(file, 0, Long.MAX_VALUE / 2),
          schema,
          batchRows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same of an open file, which is closed. */
  static List<String> rows(FileBytes file, ParquetMetadata footer, StructType schema, int batchRows)
      throws UnsupportedFile {
    CountedMemory memory = new CountedMemory();
    List<String> rows = new ArrayList<>();
    Function1<Object, Object> converter = CatalystTypeConverters.createToScalaConverter(schema);
    try (PageBatches batches =
        new PageBatches(
            file,
            "rows.parquet",
            FileColumns.find(footer, schema, FieldIds.NONE, true, true),
            batchRows,
            List.of(),
            memory,
            true)) {
      while (batches.next()) {
        ColumnarBatch batch = batches.batch();
        for (int i = 0; i < batch.numRows(); i++) {
          InternalRow row = batch.getRow(i).copy();
          rows.add(text((Row) converter.apply(row)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertEquals(0, memory.lent, "blocks that were not given back");
    return rows;
  }

  static ParquetMetadata footer(Path file, long from, long to) {
    Configuration conf = new Configuration();
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    ParquetReadOptions options = HadoopReadOptions.builder(conf, path).withRange(from, to).build();
    try {
      HadoopInputFile input = HadoopInputFile.fromPath(path, conf);
      try (SeekableInputStream in = input.newStream()) {
        return ParquetFileReader.readFooter(input, options, in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      text.append(text(row.get(i))).append('|');
    }
    return text.toString();
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Float number) {
      return Integer.toHexString(Float.floatToRawIntBits(number));
    }
    if (value instanceof Double number) {
      return Long.toHexString(Double.doubleToRawLongBits(number));
    }
    if (value instanceof scala.collection.Iterable<?> values) {
      return CollectionConverters.asJava(values.toSeq()).stream()
          .map(ReadRows::text)
          .toList()
          .toString();
    }
    return String.valueOf(value);
  }
}
