package dev.sigmax.parquet.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.ParquetJava;
import dev.sigmax.testing.ParquetTypes;
import dev.sigmax.testing.SparkMinor;
import dev.sigmax.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value of files of several writers, against Spark's row reader, which is parquet-java's. */
class PageBatchesTest extends SparkTest {
  private static final int ROWS = 3000;
  private static final int[] BATCHES = {7, 64, 4096};

  private void assertReadsTheSame(Path file) {
    StructType schema = ReadRows.schema(spark(), file);
    List<String> expected = ReadRows.bySpark(spark(), file, schema);
    for (int batch : BATCHES) {
      try {
        List<String> rows = ReadRows.byPages(file, schema, batch);
        assertEquals(expected.size(), rows.size());
        for (int i = 0; i < rows.size(); i++) {
          assertEquals(expected.get(i), rows.get(i), "row " + i + " in batches of " + batch);
        }
      } catch (UnsupportedFile e) {
        throw new AssertionError(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void everyTypeInEveryEncoding(CompressionCodecName codec) {
    for (Type.Repetition repetition : List.of(Type.Repetition.REQUIRED, Type.Repetition.OPTIONAL)) {
      for (WriterVersion version : WriterVersion.values()) {
        for (boolean dictionary : new boolean[] {true, false}) {
          for (boolean split : new boolean[] {true, false}) {
            assertReadsTheSame(
                EveryType.write(
                    folder.resolve("a.parquet"),
                    repetition,
                    new ParquetJava.Pages(version, dictionary),
                    codec,
                    split,
                    ROWS));
          }
        }
      }
    }
  }

  @Test
  void typesThatAreNotServedAreNamed() {
    Map<String, PrimitiveType> types = ParquetTypes.all();
    types.keySet().retainAll(EveryType.NOT_SERVED);
    assertEquals(SparkMinor.hasTime() ? 3 : 2, types.size());
    for (PrimitiveType type : types.values()) {
      Path file =
          ParquetJava.write(
              folder.resolve("a.parquet"),
              new MessageType("table", type),
              Map.of(),
              ParquetJava.Pages.USUAL,
              10,
              (row, i) -> ParquetTypes.add(row, "x", type, i));
      UnsupportedFile why =
          assertThrows(
              UnsupportedFile.class,
              () -> ReadRows.byPages(file, new StructType().add("x", DataTypes.LongType), 10),
              type.toString());
      assertTrue(why.getMessage().contains("the column x is optional"), why.getMessage());
    }
  }

  private static String lists(String type, int length) {
    return "SELECT [((i * 31 + j * 17) %% 1000 / 10)::%s FOR j IN range(%d)] AS x FROM range(5000) t(i)"
        .formatted(type, length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE", "INTEGER", "BIGINT", "SMALLINT", "DECIMAL(8,2)"})
  void listsOfOneLength(String type) {
    for (int length : new int[] {1, 2, 10, 63, 64, 65, 130}) {
      for (String options :
          List.of("", ", PARQUET_VERSION V2, COMPRESSION zstd", ", ROW_GROUP_SIZE 2048")) {
        Path file = folder.resolve("a.parquet");
        DuckDb.write(lists(type, length), file, options);
        assertReadsTheSame(file);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE", "INTEGER", "DECIMAL(20,2)"})
  void listsOfAnyLengthWithNulls(String type) {
    Path file = folder.resolve("a.parquet");
    for (String options : List.of("", ", PARQUET_VERSION V2", ", COMPRESSION gzip")) {
      DuckDb.write(
          ("SELECT CASE WHEN i %% 11 = 3 THEN NULL WHEN i %% 11 = 4 THEN [] ELSE [CASE WHEN (i + j)"
                  + " %% 13 = 5 THEN NULL ELSE i + j END FOR j IN range(i %% 90)] END::%s[] AS x,"
                  + " [(i %% 50)::FLOAT FOR j IN range(i %% 5)] AS y FROM range(6000) t(i)")
              .formatted(type),
          file,
          options);
      assertReadsTheSame(file);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "optional group x (LIST) { repeated group list { required float element; } }",
        "required group x (LIST) { repeated group list { required float element; } }",
        "required group x (LIST) { repeated group bag { optional float array_element; } }",
        "optional group x (LIST) { repeated float array; }",
      })
  void listsOfEveryShape(String shape) {
    MessageType schema = MessageTypeParser.parseMessageType("message table { " + shape + " }");
    Type repeated = schema.getType("x").asGroupType().getType(0);
    for (WriterVersion version : WriterVersion.values()) {
      for (boolean dictionary : new boolean[] {true, false}) {
        Path file =
            ParquetJava.write(
                folder.resolve("a.parquet"),
                schema,
                Map.of(),
                new ParquetJava.Pages(version, dictionary),
                ROWS,
                (row, i) -> {
                  if (schema.getType("x").isRepetition(Type.Repetition.OPTIONAL) && i % 17 == 2) {
                    return;
                  }
                  Group list = row.addGroup("x");
                  for (int j = 0; j < i % 40; j++) {
                    if (repeated.isPrimitive()) {
                      list.add(0, i / 10f + j);
                    } else {
                      Group element = list.addGroup(0);
                      if (!repeated.asGroupType().getType(0).isRepetition(Type.Repetition.OPTIONAL)
                          || (i + j) % 9 != 4) {
                        element.add(0, i / 10f + j);
                      }
                    }
                  }
                },
                writer -> writer.withPageSize(700).withRowGroupSize(20_000L));
        assertReadsTheSame(file);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", PARQUET_VERSION V2",
        ", COMPRESSION zstd",
        ", COMPRESSION gzip",
        ", COMPRESSION lz4_raw",
        ", COMPRESSION uncompressed, ROW_GROUP_SIZE 2048"
      })
  void filesOfDuckDb(String options) {
    Path file = folder.resolve("a.parquet");
    DuckDb.write(
        "SELECT i AS id, i % 3 = 0 AS flag, (i % 100)::TINYINT AS tiny, i::SMALLINT AS small,"
            + " i::INTEGER AS whole, (i % 200)::UTINYINT AS utiny, (i * 5)::USMALLINT AS usmall,"
            + " (i * 300000)::UINTEGER AS uwhole, i::FLOAT / 3 AS single, (i % 10)::FLOAT AS few,"
            + " i::DOUBLE / 7 AS precise, DATE '1500-01-01' + i::INT AS day, TIMESTAMP '1400-01-01"
            + " 00:00:00' + to_days(i::INT * 30) AS naive, TIMESTAMPTZ '2020-01-01 00:00:00+00' AS"
            + " instant, (i / 10)::DECIMAL(9, 2) AS d9, (-i / 10)::DECIMAL(18, 2) AS d18, (-i /"
            + " 10)::DECIMAL(38, 2) AS d38, 'ä' || i AS text, 'x' || (i % 7) AS label, ('x' ||"
            + " i)::BLOB AS bytes, CASE WHEN i % 4 = 0 THEN NULL ELSE 'x' || i END AS maybe,"
            + " NULL::BOOLEAN AS never, CASE WHEN i % 100 < 50 THEN i::FLOAT END AS runs FROM"
            + " range(9000) t(i)",
        file, options);
    assertReadsTheSame(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "snappy", "gzip", "zstd", "lz4_raw"})
  void filesOfSpark(String codec) throws IOException {
    SparkSession session = spark().newSession();
    session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    for (String version : List.of("v1", "v2")) {
      Path made = folder.resolve(codec + version);
      session
          .range(0, ROWS, 1, 1)
          .selectExpr(
              "id",
              "CAST(id % 7 AS FLOAT) AS few",
              "CAST(id AS FLOAT) / 3 AS single",
              "IF(id % 5 = 1, NULL, CAST(id AS DOUBLE) / 7) AS precise",
              "CAST(id % 100 AS TINYINT) AS tiny",
              "id % 3 = 0 AS flag",
              "CONCAT('text ', id % 40) AS label",
              "CONCAT('text ', id) AS text",
              "DATE_ADD(DATE '1500-01-01', CAST(id AS INT)) AS day",
              "TIMESTAMP_MICROS(id * 1000003) AS instant",
              "CAST(id AS DECIMAL(9, 2)) / 3 AS decimal",
              "CAST(-id AS DECIMAL(38, 4)) AS large",
              "IF(id % 9 = 2, NULL, TRANSFORM(SEQUENCE(1, 10), j -> CAST(id + j AS FLOAT))) AS x",
              "TRANSFORM(SEQUENCE(1, 1 + id % 20), j -> IF(j = 3, NULL, id * j)) AS y")
          .write()
          .option("compression", codec)
          .option("parquet.writer.version", version)
          .option("parquet.page.row.count.limit", "700")
          .parquet(made.toString());
      try (var parts = Files.list(made)) {
        assertReadsTheSame(
            parts.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow());
      }
    }
  }

  @Test
  void aColumnThatIsNotThereIsNull() throws UnsupportedFile {
    Path file = folder.resolve("a.parquet");
    DuckDb.write("SELECT i::FLOAT AS x FROM range(100) t(i)", file);
    StructType schema =
        new StructType().add("y", DataTypes.StringType).add("x", DataTypes.FloatType);
    assertEquals(ReadRows.bySpark(spark(), file, schema), ReadRows.byPages(file, schema, 30));
  }

  @Test
  void floatsAndWholeNumbersAreWidened() throws UnsupportedFile {
    Path file = folder.resolve("a.parquet");
    DuckDb.write(
        "SELECT (i / 3)::FLOAT AS x, i::INTEGER AS n, i::TINYINT AS b FROM range(100) t(i)", file);
    StructType schema =
        new StructType()
            .add("x", DataTypes.DoubleType)
            .add("n", DataTypes.LongType)
            .add("b", DataTypes.IntegerType);
    List<String> rows = ReadRows.byPages(file, schema, 30);
    assertEquals(
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    Long.toHexString(Double.doubleToRawLongBits((double) (i / 3f)))
                        + "|"
                        + i
                        + "|"
                        + i
                        + "|")
            .toList(),
        rows);
  }

  @Test
  void aFileBehindAStreamIsReadWithVectoredReadsAndWithout() throws UnsupportedFile {
    Path file =
        EveryType.write(
            folder.resolve("a.parquet"),
            Type.Repetition.OPTIONAL,
            ParquetJava.Pages.USUAL,
            CompressionCodecName.SNAPPY,
            false,
            ROWS);
    StructType schema = ReadRows.schema(spark(), file);
    List<String> expected = ReadRows.byPages(file, schema, 100);
    assertEquals(expected, ReadRows.byStream(file, schema, 100, true));
    assertEquals(expected, ReadRows.byStream(file, schema, 100, false));
  }

  /** A page in two requests is read in part twice, and the bytes that Spark shows are too many. */
  @Test
  void hardlyAByteIsReadTwice() throws IOException, UnsupportedFile {
    for (int rowsOfAPage : new int[] {100, 1000, 5000, 20_000, 120_000}) {
      Path file =
          ParquetJava.write(
              folder.resolve("a.parquet"),
              MessageTypeParser.parseMessageType("message table { required double x; }"),
              Map.of(),
              new ParquetJava.Pages(WriterVersion.PARQUET_1_0, false),
              240_000,
              (row, i) -> row.add("x", i / 7.0),
              writer -> writer.withPageSize(1 << 20).withPageRowCountLimit(rowsOfAPage));
      long[] read = new long[1];
      List<String> rows =
          ReadRows.rows(
              FileBytes.local(file, bytes -> read[0] += bytes),
              ReadRows.footer(file, 0, Long.MAX_VALUE / 2),
              new StructType().add("x", DataTypes.DoubleType),
              4096);
      assertEquals(240_000, rows.size());
      double times = (double) read[0] / Files.size(file);
      assertTrue(times < 1.1, "pages of " + rowsOfAPage + " rows are read " + times + " times");
    }
  }

  @Test
  void everyRowGroupBelongsToOnePartOfAFile() throws IOException, UnsupportedFile {
    Path file =
        EveryType.write(
            folder.resolve("a.parquet"),
            Type.Repetition.OPTIONAL,
            ParquetJava.Pages.USUAL,
            CompressionCodecName.SNAPPY,
            false,
            ROWS);
    StructType schema = ReadRows.schema(spark(), file);
    List<String> expected = ReadRows.byPages(file, schema, 100);
    for (int parts : new int[] {2, 3, 17}) {
      List<String> rows = new ArrayList<>();
      long size = Files.size(file);
      for (int i = 0; i < parts; i++) {
        rows.addAll(ReadRows.byPages(file, schema, 100, size * i / parts, size * (i + 1) / parts));
      }
      assertEquals(expected, rows);
    }
  }
}
