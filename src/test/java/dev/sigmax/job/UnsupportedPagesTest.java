package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.ParquetJava;
import dev.sigmax.testing.ParquetTypes;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.SparkMinor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.NullType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

/** Sound files that Spark's vectorized reader fails on: read by rows, or refused as what it is. */
class UnsupportedPagesTest extends JobTest {
  private static final int ROWS = 200;

  /** By name, as it is deprecated: nobody should write it any more. */
  private static final Encoding PACKED = Encoding.valueOf("BIT_PACKED");

  private static final List<ParquetJava.Pages> PAGES =
      List.of(
          ParquetJava.Pages.USUAL,
          new ParquetJava.Pages(WriterVersion.PARQUET_1_0, false),
          new ParquetJava.Pages(WriterVersion.PARQUET_2_0, false));

  /** The output's logit is sigmoid's, and its kept column what DuckDB reads of the input's. */
  private void assertReadRight(Path file, String kept) {
    assertEquals(
        DuckDb.rows(
            "SELECT "
                + kept
                + "::VARCHAR, (1 / (1 + exp(-logit::DOUBLE)))::FLOAT FROM '"
                + file
                + "' ORDER BY ALL"),
        outputRows(kept + "::VARCHAR, prob_1"));
  }

  private void assertReadByBoth(Path file, String kept, String why) {
    assertPublished(score("binary", "--logits", "logit", "--replace"));
    assertEngine("columnar");
    assertReadRight(file, kept);
    assertPublished(score("binary", "--logits", "logit", "--replace", "--engine", "row"));
    assertEngine("row");
    assertTrue(
        manifest().at("/engine/why").asText().contains(why), manifest().at("/engine").toString());
    assertReadRight(file, kept);
  }

  private static MessageType withLogit(PrimitiveType kept) {
    return new MessageType("table", kept, Types.required(PrimitiveTypeName.FLOAT).named("logit"));
  }

  @Test
  void shortDecimalsStoredAsBinaryAreReadByOurReaderAndByRows() {
    for (String type : List.of("d7binary", "d12binary")) {
      PrimitiveType number = ParquetTypes.numbers().get(type);
      for (ParquetJava.Pages pages : PAGES) {
        Path file =
            ParquetJava.write(
                in().resolve("a.parquet"),
                withLogit(number),
                Map.of(),
                pages,
                ROWS,
                (row, i) -> {
                  if (i % 7 != 3) {
                    ParquetTypes.add(row, "x", number, i % 50);
                  }
                  row.add("logit", i / 10f);
                });
        assertReadByBoth(file, "x", "stored as BINARY");
      }
    }
  }

  @Test
  void shortDecimalsStoredAsBinaryCanBeLogits() {
    PrimitiveType number = ParquetTypes.numbers().get("d12binary");
    ParquetJava.write(
        in().resolve("a.parquet"),
        new MessageType("table", number),
        Map.of(),
        ParquetJava.Pages.USUAL,
        ROWS,
        (row, i) -> ParquetTypes.add(row, "x", number, i % 20));
    assertPublished(score("binary", "--logits", "x"));
    assertEquals(
        0L,
        DuckDb.value(
            "SELECT count(*) FILTER (n <> 10 OR abs(p - 1 / (1 + exp(-0.5 - i))) > 1e-15) FROM"
                + " (SELECT prob_1 AS p, count(*) AS n, row_number() OVER (ORDER BY prob_1) - 1 AS"
                + " i FROM "
                + output()
                + " GROUP BY prob_1)"));
  }

  /** Levels as the first writers packed them; their pages are of version 1. */
  @Test
  void packedLevelsAreReadByRows() throws IOException {
    PrimitiveType text = Types.optional(PrimitiveTypeName.INT32).named("x");
    Path file =
        pages(
            withLogit(text),
            (writer, column) -> {
              if (column.equals("x")) {
                // Of eight values, every second is null.
                writer.writeDataPage(
                    8,
                    17,
                    BytesInput.concat(
                        BytesInput.from(packed(1, 0, 1, 0, 1, 0, 1, 0)), ints(10, 11, 12, 13)),
                    Statistics.createStats(text),
                    8,
                    PACKED,
                    PACKED,
                    Encoding.PLAIN);
              } else {
                floatPage(writer, 8);
              }
            },
            8);
    createdBy(file, "impala version 1.0 (build 0)");
    assertPublished(score("binary", "--logits", "logit"));
    assertTrue(
        manifest().at("/engine/why").asText().contains("BIT_PACKED"),
        manifest().at("/engine").toString());
    assertEquals(
        Arrays.asList(10, 11, 12, 13, null, null, null, null),
        outputRows("x").stream().map(row -> row.get(0)).toList());
  }

  private static byte[] packed(int... bits) {
    BytePacker packer = Packer.BIG_ENDIAN.newBytePacker(1);
    byte[] bytes = new byte[1];
    packer.pack8Values(bits, 0, bytes, 0);
    return bytes;
  }

  /** PARQUET-246: writers before 1.8 begin a page with what it shares with the page before. */
  @Test
  void pagesOfOldWritersThatShareTextsAreRead() throws IOException {
    PrimitiveType text =
        Types.required(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named("x");
    List<String> texts = IntStream.range(0, 2 * ROWS).mapToObj(i -> "shared" + i).toList();
    Path file =
        pages(
            withLogit(text),
            (writer, column) -> {
              if (column.equals("x")) {
                deltaPage(writer, text, "", texts.subList(0, ROWS));
                deltaPage(writer, text, texts.get(ROWS - 1), texts.subList(ROWS, 2 * ROWS));
              } else {
                floatPage(writer, 2 * ROWS);
              }
            },
            2 * ROWS);
    createdBy(file, "parquet-mr version 1.6.0 (build abcd)");
    List<List<Object>> expected =
        texts.stream().sorted().map(t -> List.<Object>of(t)).collect(Collectors.toList());
    for (String engine : List.of("auto", "row")) {
      assertPublished(score("binary", "--logits", "logit", "--replace", "--engine", engine));
      assertEquals(expected, outputRows("x"));
    }
  }

  private static void deltaPage(
      ParquetFileWriter writer, PrimitiveType type, String before, List<String> values)
      throws IOException {
    DeltaBinaryPackingValuesWriterForInteger prefixes =
        new DeltaBinaryPackingValuesWriterForInteger(1024, 1024, new HeapByteBufferAllocator());
    DeltaLengthByteArrayValuesWriter suffixes =
        new DeltaLengthByteArrayValuesWriter(1024, 1024, new HeapByteBufferAllocator());
    String previous = before;
    for (String value : values) {
      int shared = 0;
      while (shared < Math.min(previous.length(), value.length())
          && previous.charAt(shared) == value.charAt(shared)) {
        shared++;
      }
      prefixes.writeInteger(shared);
      suffixes.writeBytes(Binary.fromString(value.substring(shared)));
      previous = value;
    }
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    BytesInput.concat(prefixes.getBytes(), suffixes.getBytes()).writeAllTo(page);
    BytesInput bytes = BytesInput.from(page.toByteArray());
    writer.writeDataPage(
        values.size(),
        (int) bytes.size(),
        bytes,
        Statistics.createStats(type),
        values.size(),
        Encoding.RLE,
        Encoding.RLE,
        Encoding.DELTA_BYTE_ARRAY);
  }

  /** A column that says it has nothing but nulls, and has values. */
  @Test
  void whatNeitherReaderCanReadIsToldAsThat() throws IOException {
    Path file =
        ParquetJava.write(
            in().resolve("a.parquet"),
            new MessageType(
                "table",
                Types.required(PrimitiveTypeName.FLOAT).named("logit"),
                Types.optional(PrimitiveTypeName.INT32).named("x")),
            Map.of(),
            new ParquetJava.Pages(WriterVersion.PARQUET_1_0, false),
            ROWS,
            (row, i) -> {
              row.add("x", i % 5);
              row.add("logit", 1f);
            });
    footer(
        file,
        footer -> footer.getSchema().get(2).setLogicalType(LogicalType.UNKNOWN(new NullType())));
    Program run = score("binary", "--logits", "logit");
    if (!SparkMinor.stumblesOverUnknown()) {
      assertPublished(run);
      assertEquals(40L, DuckDb.value("SELECT count(*) FROM " + output() + " WHERE x = 4"));
      return;
    }
    assertRefused(3, run, "the column x", "a.parquet", "--keep", "DuckDB", "not damaged");
    assertFalse(run.err().contains("It is damaged"), run.err());
    assertPublished(score("binary", "--logits", "logit", "--keep", ""));
  }

  private static BytesInput ints(int... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return BytesInput.from(bytes.array());
  }

  private static void floatPage(ParquetFileWriter writer, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putFloat(i / 100f);
    }
    writer.writeDataPage(
        count,
        bytes.capacity(),
        BytesInput.from(bytes.array()),
        Statistics.createStats(Types.required(PrimitiveTypeName.FLOAT).named("logit")),
        count,
        Encoding.RLE,
        Encoding.RLE,
        Encoding.PLAIN);
  }

  private interface ColumnWriter {
    void write(ParquetFileWriter writer, String column) throws IOException;
  }

  /** A file of one row group, whose pages are written one by one. */
  private Path pages(MessageType schema, ColumnWriter columns, int rows) throws IOException {
    Files.createDirectories(in());
    Path path = in().resolve("a.parquet");
    Files.deleteIfExists(path);
    ParquetFileWriter writer =
        new ParquetFileWriter(
            new LocalOutputFile(path),
            schema,
            ParquetFileWriter.Mode.CREATE,
            1 << 20,
            0,
            64,
            64,
            true);
    writer.start();
    writer.startBlock(rows);
    for (var column : schema.getColumns()) {
      writer.startColumn(column, rows, CompressionCodecName.UNCOMPRESSED);
      columns.write(writer, column.getPath()[0]);
      writer.endColumn();
    }
    writer.endBlock();
    writer.end(Map.of());
    return path;
  }

  private static void createdBy(Path file, String writer) throws IOException {
    footer(file, footer -> footer.setCreated_by(writer));
  }

  private static void footer(Path file, Consumer<FileMetaData> change) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int length =
        ByteBuffer.wrap(whole, whole.length - 8, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int start = whole.length - 8 - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(whole, start, length));
    change.accept(footer);
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(whole, 0, start);
    Util.writeFileMetaData(footer, changed);
    changed.writeBytes(
        ByteBuffer.allocate(4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(changed.size() - start)
            .array());
    changed.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    Files.write(file, changed.toByteArray());
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }
}
