package dev.sigmax.parquet.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.ParquetJava;
import dev.sigmax.testing.SparkTest;
import dev.sigmax.testing.Tally;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pages with damaged bytes: with a checksum, the right values or a refusal; without one, values or
 * a refusal, and never another failure, an endless loop or memory that the file cannot need.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class DamagedPagesTest extends SparkTest {
  private static final int ROWS = 400;

  private static final String LISTS =
      "SELECT CASE WHEN i % 11 = 3 THEN NULL ELSE [CASE WHEN (i + j) % 13 = 5 THEN NULL ELSE i + j"
          + " END FOR j IN range(i % 9)] END::FLOAT[] AS x, [i / 3, 2, 3]::FLOAT[] AS y, 'a' || i"
          + " AS text FROM range(500) t(i)";

  private static int footerStart(byte[] file) {
    return file.length
        - 8
        - ByteBuffer.wrap(file, file.length - 8, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] damaged = whole.clone();
    int pages = footerStart(whole);
    int at = 4 + random.nextInt(pages - 4);
    switch (random.nextInt(4)) {
      case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> damaged[at] = (byte) random.nextInt();
      case 2 -> damaged[at] = (byte) -1;
      default -> {
        for (int i = at; i < Math.min(pages, at + 1 + random.nextInt(20)); i++) {
          damaged[i] = (byte) random.nextInt();
        }
      }
    }
    return damaged;
  }

  /** Reads all of a file. */
  private static String outcomeOf(
      Path file, ParquetMetadata footer, StructType schema, boolean checked) {
    CountedMemory memory = new CountedMemory();
    try (PageBatches batches =
        new PageBatches(
            FileBytes.local(file, bytes -> {}),
            file.toString(),
            FileColumns.find(footer, schema, FieldIds.NONE, true, true),
            100,
            List.of(),
            memory,
            checked)) {
      int rows = 0;
      while (batches.next()) {
        rows += batches.batch().numRows();
      }
      assertEquals(footer.getBlocks().stream().mapToLong(b -> b.getRowCount()).sum(), rows);
      return "read";
    } catch (ParquetDecodingException refusal) {
      assertTrue(refusal.getMessage().startsWith("a page of the column "), refusal.getMessage());
      return "refused";
    } catch (IOException | UnsupportedFile e) {
      return "refused";
    } finally {
      assertTrue(memory.largest <= 1 << 26, memory.largest + " bytes for a page");
    }
  }

  private void damage(Path file, String what) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    StructType schema = ReadRows.schema(spark(), file);
    ParquetMetadata footer = ReadRows.footer(file, 0, Long.MAX_VALUE / 2);
    Random random = new Random(Tally.seed());
    try (Tally tally = new Tally("pages of " + what + " damaged, no checksums")) {
      for (int i = 0; i < (Tally.everyFault() ? 20_000 : 400); i++) {
        byte[] bytes = damaged(whole, random);
        Files.write(file, bytes);
        try {
          tally.count(outcomeOf(file, footer, schema, false));
        } catch (RuntimeException | Error e) {
          throw new AssertionError(what + ", damage " + i, e);
        }
      }
      assertTrue(tally.of("refused") > 0);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void damagedPagesWithoutChecksumsAreReadOrRefused(CompressionCodecName codec) throws IOException {
    for (WriterVersion version : WriterVersion.values()) {
      for (boolean dictionary : new boolean[] {true, false}) {
        Path file =
            EveryType.write(
                folder.resolve("a.parquet"),
                Repetition.OPTIONAL,
                new ParquetJava.Pages(version, dictionary),
                codec,
                !dictionary,
                ROWS);
        damage(file, codec + " " + version + (dictionary ? " with dictionaries" : ""));
      }
    }
  }

  @Test
  void damagedListsAreReadOrRefused() throws IOException {
    for (String options : List.of("", ", COMPRESSION uncompressed", ", PARQUET_VERSION V2")) {
      Path file = folder.resolve("a.parquet");
      DuckDb.write(LISTS, file, options);
      damage(file, "lists" + options);
    }
  }

  @Test
  void damagedPagesWithChecksumsAreReadRightOrRefused() throws IOException, UnsupportedFile {
    for (WriterVersion version : WriterVersion.values()) {
      Path file =
          EveryType.write(
              folder.resolve("a.parquet"),
              Repetition.OPTIONAL,
              new ParquetJava.Pages(version, true),
              CompressionCodecName.UNCOMPRESSED,
              false,
              ROWS);
      StructType schema = ReadRows.schema(spark(), file);
      List<String> expected = ReadRows.byPages(file, schema, 100);
      byte[] whole = Files.readAllBytes(file);
      Random random = new Random(Tally.seed());
      try (Tally tally = new Tally("pages damaged, " + version + " with checksums")) {
        for (int i = 0; i < (Tally.everyFault() ? 20_000 : 200); i++) {
          Files.write(file, damaged(whole, random));
          try {
            assertEquals(expected, ReadRows.byPages(file, schema, 100), "damage " + i);
            tally.count("read right");
          } catch (ParquetDecodingException | java.io.UncheckedIOException refusal) {
            tally.count("refused");
          }
        }
        assertTrue(tally.of("refused") > tally.tried() / 2);
      }
    }
  }
}
