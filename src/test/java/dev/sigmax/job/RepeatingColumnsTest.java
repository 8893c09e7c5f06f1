package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dictionaries of kept columns: where Spark's writer gives one, the columnar path does. */
class RepeatingColumnsTest extends JobTest {
  /** Two row groups and some of pages that repeat, that do not, and that begin to. */
  private static final String ROWS =
      "SELECT i AS id, (i % 5)::VARCHAR || ' of five' AS five, DATE '2024-01-01' + (i % 30)::INT AS"
          + " day, TIMESTAMP '2024-01-01 00:00:00' + to_hours((i % 9)::INT) AS hour, (i % 200)::INT"
          + " AS whole, (i % 3)::SMALLINT AS small, (i % 300)::BIGINT AS long, (i % 7)::FLOAT / 3 AS"
          + " single, CASE WHEN i % 7 = 0 THEN 'nan'::DOUBLE WHEN i % 7 = 1 THEN -0.0 ELSE (i % 7) /"
          + " 3 END AS precise, (i % 11 / 10)::DECIMAL(9, 2) AS d9, (i % 11 / 10)::DECIMAL(38, 2) AS"
          + " d38, CASE WHEN i % 2 = 0 THEN 'x' || (i % 4) END AS maybe, CASE WHEN i < 60000 THEN"
          + " (i % 6)::INT END AS early, CASE WHEN i < 25000 THEN 'only a few' ELSE md5(i::VARCHAR)"
          + " END AS outgrown, md5(i::VARCHAR) AS text, i % 2 = 0 AS flag, NULL::VARCHAR AS never,"
          + " (hash(i) % 1000 / 50.0)::FLOAT AS logit_a, (hash(i + 1) % 1000 / 50.0)::FLOAT AS logit_b"
          + " FROM range(120000) t(i)";

  private static final List<String> REPEATING =
      List.of(
          "five",
          "day",
          "hour",
          "whole",
          "small",
          "long",
          "single",
          "precise",
          "d9",
          "maybe",
          "early",
          "outgrown");

  private static List<Path> filesOf(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".parquet")).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ParquetFileReader open(Path file) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("parquet.page.verify-checksum.enabled", "true");
    return ParquetFileReader.open(
        HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), configuration),
        HadoopReadOptions.builder(configuration).build());
  }

  /** Whether a column's chunks have dictionaries: all pages of them, some or none. */
  private static Map<String, String> dictionaries(Path output) throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (Path file : filesOf(output)) {
      try (ParquetFileReader reader = open(file)) {
        for (BlockMetaData rowGroup : reader.getFooter().getBlocks()) {
          for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
            EncodingStats stats = chunk.getEncodingStats();
            String kind =
                !stats.hasDictionaryEncodedPages()
                    ? "none"
                    : stats.hasNonDictionaryEncodedPages() ? "some" : "all";
            found.merge(
                chunk.getPath().toDotString(), kind, (a, b) -> a.equals(b) ? a : a + "/" + b);
          }
        }
      }
    }
    return found;
  }

  @Test
  void columnsGetDictionariesWhereSparkGivesThem() throws IOException {
    input("a.parquet", ROWS);
    assertPublished(score("multiclass", "--engine", "columnar"));
    Path rows = folder.resolve("rows");
    spark().conf().set("spark.sigmax.columnar.enabled", "false");
    try {
      spark().read().parquet(out().toString()).coalesce(1).write().parquet(rows.toString());
    } finally {
      spark().conf().unset("spark.sigmax.columnar.enabled");
    }
    Map<String, String> ours = dictionaries(out());
    Map<String, String> sparks = dictionaries(rows);
    for (String column : REPEATING) {
      assertEquals(sparks.get(column), ours.get(column), column);
      assertFalse(ours.get(column).equals("none"), column);
    }
    assertEquals("some", ours.get("outgrown"));
    // Spark's version 1 pages of this type have none.
    assertEquals("all", ours.get("d38"));
    for (String column :
        List.of("id", "text", "flag", "never", "prob_a", "prob_b", "row_sum", "row_issue")) {
      assertEquals("none", ours.get(column), column);
    }
    assertPagesRight();
    assertReadersAgree();
  }

  /** Dictionary page first, its pages next, PLAIN ones last; the indexes know every page. */
  private void assertPagesRight() throws IOException {
    for (Path file : filesOf(out())) {
      try (ParquetFileReader reader = open(file)) {
        List<BlockMetaData> rowGroups = reader.getFooter().getBlocks();
        for (BlockMetaData rowGroup : rowGroups) {
          PageReadStore pages = reader.readNextRowGroup();
          for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
            ColumnDescriptor column =
                reader
                    .getFileMetaData()
                    .getSchema()
                    .getColumnDescription(chunk.getPath().toArray());
            PageReader of = pages.getPageReader(column);
            boolean dictionary = of.readDictionaryPage() != null;
            assertEquals(chunk.getEncodingStats().hasDictionaryPages(), dictionary);
            assertEquals(
                dictionary,
                chunk.getDictionaryPageOffset() > 0
                    && chunk.getDictionaryPageOffset() < chunk.getFirstDataPageOffset());
            List<Encoding> encodings = new ArrayList<>();
            for (DataPage page = of.readPage(); page != null; page = of.readPage()) {
              encodings.add(((DataPageV1) page).getValueEncoding());
            }
            assertTrue(chunk.getEncodings().containsAll(encodings), chunk.toString());
            int plain = encodings.indexOf(Encoding.PLAIN);
            assertFalse(
                plain >= 0
                    && encodings.subList(plain, encodings.size()).contains(Encoding.RLE_DICTIONARY),
                () -> chunk.getPath() + " " + encodings);
            assertEquals(encodings.size(), reader.readOffsetIndex(chunk).getPageCount());
          }
        }
      }
    }
  }

  /** DuckDB, and both readers of Spark, see what the input held; filters lose nothing. */
  private void assertReadersAgree() {
    String kept =
        "id, five, day, hour, whole, small, long, single, precise, d9, d38, maybe, early, outgrown,"
            + " text, flag, never";
    String in = "SELECT " + kept + " FROM '" + in() + "/*.parquet'";
    String out = "SELECT " + kept + " FROM " + output();
    String difference = "SELECT count(*) FROM (%s EXCEPT ALL %s)";
    assertEquals(0L, DuckDb.value(difference.formatted(in, out)));
    assertEquals(0L, DuckDb.value(difference.formatted(out, in)));
    String hashes = "sum(cast(xxhash64(" + kept + ") AS decimal(38)))";
    for (String vectorized : List.of("true", "false")) {
      SparkSession session = spark().newSession();
      session.conf().set("spark.sql.parquet.enableVectorizedReader", vectorized);
      assertDatasetEquals(
          session.read().parquet(in().toString()).selectExpr(hashes),
          session.read().parquet(out().toString()).selectExpr(hashes));
      Dataset<Row> whole = session.read().parquet(out().toString());
      assertEquals(24_000, whole.where("five = '2 of five'").count());
      assertEquals(0, whole.where("five = '7 of five'").count());
      assertEquals(4_000, whole.where("day = DATE '2024-01-11'").count());
      assertEquals(25_000, whole.where("outgrown = 'only a few'").count());
      assertEquals(1, whole.where("outgrown = md5('100000')").count());
      assertEquals(60_000, whole.where("early IS NULL").count());
      assertEquals(10_000, whole.where("early = 5").count());
    }
  }

  @Test
  void repeatingColumnsAreAboutAsSmallAsByRows() {
    input(
        "a.parquet",
        "SELECT (hash(i) % 5)::VARCHAR || ' of five' AS five, DATE '2024-01-01' + (hash(i + 7) %"
            + " 30)::INT AS day, (hash(i + 3) % 5000)::INT AS store, (hash(i + 1) % 100003 /"
            + " 5000.0)::FLOAT AS logit_a, 2::FLOAT AS logit_b FROM range(200000) t(i)");
    assertPublished(score("multiclass", "--engine", "columnar"));
    long columnar = keptBytes();
    assertPublished(score("multiclass", "--engine", "row", "--replace"));
    long rows = keptBytes();
    assertTrue(columnar < 1.05 * rows, columnar + " bytes by columns, " + rows + " by rows");
  }

  private long keptBytes() {
    return ((Number)
            DuckDb.value(
                "SELECT sum(total_compressed_size)::BIGINT FROM parquet_metadata("
                    + output()
                    + ") WHERE path_in_schema IN ('five', 'day', 'store')"))
        .longValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet.enable.dictionary", "parquet.enable.dictionary#five"})
  void dictionariesCanBeTurnedOffAsInSpark(String option) throws IOException {
    input("a.parquet", ROWS);
    Path output = folder.resolve("written");
    spark()
        .read()
        .parquet(in().toString())
        .selectExpr("five", "day", "sigmoid(logit_a) AS p")
        .write()
        .option(option, "false")
        .parquet(output.toString());
    assertFalse(
        DuckDb.rows(
                "SELECT value FROM parquet_kv_metadata('"
                    + output
                    + "/*.parquet') WHERE key = 'sigmax.engine'")
            .isEmpty());
    Map<String, String> found = dictionaries(output);
    assertEquals("none", found.get("five"));
    assertEquals(option.endsWith("five") ? "all" : "none", found.get("day"));
  }

  @Test
  void dictionaryEndsAtTheSizeThatTheUserSet() throws IOException {
    input("a.parquet", ROWS);
    Path output = folder.resolve("written");
    spark()
        .read()
        .parquet(in().toString())
        .selectExpr("whole", "five", "sigmoid(logit_a) AS p")
        .write()
        .option("parquet.dictionary.page.size", "200")
        .parquet(output.toString());
    assertEquals(Map.of("whole", "none", "five", "all", "p", "none"), dictionaries(output));
  }
}
