package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which path a run takes, and what the columnar one writes. That both give the same values is held
 * by {@link JobTest} for every run of every test.
 */
class ColumnarPathTest extends JobTest {
  private static final String MANY_ROWS =
      "SELECT i AS id, (random() * 20 - 10)::FLOAT AS logit_a, (random() * 20 - 10)::FLOAT AS"
          + " logit_b, (random() * 20 - 10)::FLOAT AS logit_c FROM range(50000) t(i)";

  private String engine() {
    return manifest().at("/engine/path").asText();
  }

  private String why() {
    return manifest().at("/engine/why").asText();
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".parquet")).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"multiclass", "multilabel"})
  void columnsOfFloatsTakeTheColumnarPath(String task) {
    input("a.parquet", MANY_ROWS);
    assertPublished(score(task));
    assertEquals("columnar", engine());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 64, 65, 300})
  void arraysOfAnyLengthTakeTheColumnarPath(int length) {
    for (String type : List.of("FLOAT", "DOUBLE")) {
      input(
          type + ".parquet",
          "SELECT i AS id, [(hash(i * 1000 + j) % 2000 / 100.0 - 10)::"
              + type
              + " for j in range("
              + length
              + ")] AS logits FROM range(3000) t(i)");
      Program run =
          scoreFrom(
              in().resolve(type + ".parquet").toString(),
              length == 1 ? "multilabel" : "multiclass",
              "--logits",
              "logits",
              "--replace");
      assertPublished(run);
      assertEquals("columnar", engine());
    }
  }

  @Test
  void wideColumnsAndDoublesAndDecimalsTakeTheColumnarPath() {
    String columns =
        String.join(
            ", ",
            IntStream.range(0, 70)
                .mapToObj(
                    j ->
                        "(hash(i * 100 + "
                            + j
                            + ") % 900 / 100.0)::"
                            + List.of("FLOAT", "DOUBLE", "DECIMAL(8,3)", "INTEGER", "BIGINT")
                                .get(j % 5)
                            + " AS logit_"
                            + j)
                .toList());
    input("a.parquet", "SELECT i AS id, " + columns + " FROM range(2000) t(i)");
    assertPublished(score("multiclass"));
    assertEquals("columnar", engine());
    assertPublished(score("multiclass", "--precision", "float", "--replace"));
    assertEquals("columnar", engine());
  }

  @Test
  void badRowsInABatchAreJudgedAsByRows() {
    input(
        "a.parquet",
        "SELECT i AS id, CASE WHEN i % 97 = 3 THEN NULL WHEN i % 89 = 5 THEN 'nan'::FLOAT WHEN i % 83"
            + " = 7 THEN 'inf'::FLOAT WHEN i % 79 = 9 THEN '-inf'::FLOAT ELSE (i % 13)::FLOAT END AS"
            + " logit_a, CASE WHEN i % 2 = 0 THEN '-inf'::FLOAT ELSE 1::FLOAT END AS logit_b FROM"
            + " range(10000) t(i)");
    for (String nonFinite : List.of("reject", "limit", "propagate")) {
      for (String task : List.of("multiclass", "multilabel")) {
        assertPublished(
            score(task, "--on-bad-row", "null", "--non-finite", nonFinite, "--replace"));
        assertEquals("columnar", engine());
      }
    }
  }

  @Test
  void raggedNullAndEmptyArraysAreJudgedAsByRows() {
    input(
        "a.parquet",
        "SELECT i AS id, CASE WHEN i % 7 = 0 THEN NULL WHEN i % 7 = 1 THEN []::FLOAT[] WHEN i % 7 = 2"
            + " THEN [1::FLOAT, NULL, 2] WHEN i % 7 = 3 THEN [1::FLOAT] ELSE [1::FLOAT, 2, (i %"
            + " 50)::FLOAT] END AS logits FROM range(5000) t(i)");
    for (String layout : List.of("array", "columns")) {
      assertPublished(
          score(
              "multiclass",
              "--logits",
              "logits",
              "--classes",
              "3",
              "--on-bad-row",
              "null",
              "--max-bad-rows",
              "100%",
              "--layout",
              layout,
              "--replace"));
      assertEquals("columnar", engine());
    }
  }

  @Test
  void keptColumnsOfEveryFlatTypeGoThrough() {
    input(
        "a.parquet",
        "SELECT i AS id, i % 3 = 0 AS flag, i::TINYINT AS tiny, i::SMALLINT AS small, i::INTEGER AS"
            + " whole, i::FLOAT / 3 AS single, i::DOUBLE / 7 AS precise, DATE '1500-01-01' + i::INT"
            + " AS day, TIMESTAMP '1400-01-01 00:00:00' + to_days(i::INT * 300) AS naive,"
            + " TIMESTAMPTZ '2020-01-01 00:00:00+00' AS instant, (i / 10)::DECIMAL(9, 2) AS d9, (-i /"
            + " 10)::DECIMAL(18, 2) AS d18, (-i / 10)::DECIMAL(38, 2) AS d38, 'ä' || i AS text,"
            + " ('x' || i)::BLOB AS bytes, CASE WHEN i % 4 = 0 THEN NULL ELSE 'x' || i END AS maybe,"
            + " NULL::BOOLEAN AS never, (i % 5)::FLOAT AS logit_a, 2::FLOAT AS logit_b FROM"
            + " range(100) t(i)");
    assertPublished(score("multiclass"));
    assertEquals("columnar", engine());
    Dataset<Row> output = spark().read().parquet(out().toString());
    assertEquals(100, output.where("maybe IS NULL OR maybe >= 'x'").count());
    assertEquals(25, output.where("maybe IS NULL").count());
    assertEquals(34, output.where("flag").count());
    assertEquals(1, output.where("d38 = -9.9").count());
    assertEquals(1, output.where("day = DATE '1500-01-02'").count());
  }

  @Test
  void nestedKeptColumnsAreLeftToTheRowPathWhichSaysWhy() {
    input(
        "a.parquet",
        "SELECT {'x': i} AS nested, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b FROM range(9) t(i)");
    assertPublished(score("multiclass"));
    assertEquals("row", engine());
    assertTrue(why().contains("the kept column nested is struct"), why());
    Program refused = scoreFrom(in().toString(), "multiclass", "--engine", "columnar", "--replace");
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains("the kept column nested is struct"), refused.err());
    assertEquals("row", engine());
  }

  @Test
  void aQuarantineNeedsTheRowEngineAndTheReasonSaysSo() {
    input("a.parquet", "SELECT 1 AS id, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    String[] quarantine = {"--on-bad-row", "quarantine"};
    assertPublished(score("multiclass", quarantine));
    assertEquals("row", engine());
    assertEquals(
        "not columnar because --on-bad-row quarantine takes rows out of the output, which only the"
            + " row engine does",
        why());
  }

  @Test
  void statisticsLoseNoRowToAFilter() throws IOException {
    input(
        "a.parquet",
        "SELECT i AS id, CASE WHEN i % 100 = 0 THEN 'nan'::FLOAT WHEN i % 3 = 0 THEN -0.0::FLOAT ELSE"
            + " 0.0::FLOAT END AS zero, CASE WHEN i < 30000 THEN NULL ELSE i::FLOAT END AS late,"
            + " (i / 1000)::FLOAT AS logit_a, 2::FLOAT AS logit_b FROM range(60000) t(i)");
    assertPublished(score("multiclass"));
    assertEquals("columnar", engine());
    Dataset<Row> output = spark().read().parquet(out().toString());
    assertEquals(59_400, output.where("zero = 0").count());
    assertEquals(59_400, output.where("zero <= -0.0").count());
    assertEquals(600, output.where("isnan(zero)").count());
    assertEquals(1, output.where("late = 45000").count());
    assertEquals(30_000, output.where("late IS NULL").count());
    for (String filter :
        List.of("zero = 0", "zero >= 0", "late > 59990", "prob_a > 0.9999", "prob_a < 0.2")) {
      assertEquals(
          DuckDb.value("SELECT count(*) FROM " + output() + " WHERE " + filter + " AND zero < 1"),
          output.where(filter + " AND zero < 1").count(),
          filter);
    }
    Object[] range =
        DuckDb.rows("SELECT min(prob_b), max(prob_b) FROM " + output()).get(0).toArray();
    for (Path file : filesOf(out())) {
      try (ParquetFileReader reader =
          ParquetFileReader.open(
              HadoopInputFile.fromPath(
                  new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
        for (BlockMetaData rowGroup : reader.getFooter().getBlocks()) {
          for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
            boolean nan = chunk.getPath().toDotString().equals("zero");
            assertEquals(nan, reader.readColumnIndex(chunk) == null, chunk.getPath().toString());
            assertTrue(reader.readOffsetIndex(chunk).getPageCount() > 1);
            if (chunk.getPath().toDotString().equals("prob_b")) {
              assertTrue((float) range[0] <= (float) chunk.getStatistics().genericGetMin());
              assertTrue((float) range[1] >= (float) chunk.getStatistics().genericGetMax());
            }
          }
        }
      }
    }
  }

  @Test
  void threeThousandColumnsStayColumnar() {
    String columns =
        String.join(
            ", ",
            IntStream.range(0, 3000)
                .mapToObj(j -> "(i * " + j + " % 17)::FLOAT AS logit_" + j)
                .toList());
    input("a.parquet", "SELECT " + columns + " FROM range(40) t(i)");
    assertPublished(scoreFrom(in().toString(), "multiclass", "--engine", "columnar"));
    assertEquals("columnar", engine());
    assertEquals(
        40L, DuckDb.value("SELECT count(*) FROM " + output() + " WHERE row_issue IS NULL"));
  }

  @Test
  void arraysOfTwentyThousandStayColumnar() {
    input(
        "a.parquet",
        "SELECT [((i + j) % 31)::FLOAT for j in range(20000)] AS logits FROM range(300) t(i)");
    assertPublished(score("multiclass", "--logits", "logits"));
    assertEquals("columnar", engine());
  }

  @Test
  void aSettingThatTheColumnarWriteDoesNotServeLeavesARunToRows() {
    input("a.parquet", MANY_ROWS);
    Configuration hadoop = spark().sparkContext().hadoopConfiguration();
    hadoop.set("parquet.writer.version", "PARQUET_2_0");
    try {
      assertPublished(score("multiclass"));
      assertEquals("row", engine());
      assertTrue(why().contains("parquet.writer.version is PARQUET_2_0"), why());
    } finally {
      hadoop.unset("parquet.writer.version");
    }
  }
}
