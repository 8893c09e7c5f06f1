package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.SparkMinor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Parquet as others write it, and names and types as people choose them. */
class InputFormatsTest extends JobTest {
  private static final String RANDOM =
      "SELECT i AS id, (hash(i) % 1000 / 100 - 5)::FLOAT AS logit_a, (hash(i + 7) % 1000 / 100 - 5)::FLOAT"
          + " AS logit_b FROM range(20000) t(i)";

  /** All rows are there, each with its own probabilities. */
  private void assertScoredRight() {
    assertEquals(20_000L, DuckDb.value("SELECT count(DISTINCT id) FROM " + output()));
    assertEquals(
        0L,
        DuckDb.value(
            "SELECT count(*) FROM "
                + output()
                + " o JOIN ("
                + RANDOM
                + ") i USING (id) WHERE abs(prob_a - 1 / (1 + exp(logit_b::DOUBLE - logit_a))) > 1e-6"));
  }

  @Test
  void everyCodecAndPageVersionIsRead() throws IOException {
    for (String version : List.of("V1", "V2")) {
      for (String codec : List.of("uncompressed", "snappy", "gzip", "zstd", "lz4_raw", "brotli")) {
        input(
            "a.parquet",
            RANDOM,
            ", PARQUET_VERSION " + version + ", COMPRESSION " + codec + ", ROW_GROUP_SIZE 6144");
        assertPublished(score("multiclass", "--replace"));
        assertScoredRight();
        // Our page reader does not know the codec, Spark's vectorized one not the encoding.
        boolean foreign = codec.equals("brotli");
        boolean split = foreign && version.equals("V2");
        String why = manifest().at("/engine/why").asText();
        assertEquals(split ? "row" : "columnar", manifest().at("/engine/path").asText(), why);
        assertEquals(split, why.contains("BYTE_STREAM_SPLIT"), why);
        assertEquals(foreign && !split, why.contains("BROTLI"), why);
      }
    }
  }

  @Test
  void byteStreamSplitArraysAreReadInBatchesByOurReader() {
    input(
        "a.parquet",
        "SELECT [i, i / 2]::FLOAT[] AS logits FROM range(100) t(i)",
        ", PARQUET_VERSION V2");
    assertPublished(score("multiclass", "--logits", "logits"));
    assertEquals(100L, DuckDb.value("SELECT count(*) FROM " + output()));
    assertEngine("columnar");
    assertEquals(0, manifest().at("/warnings").size(), manifest().at("/warnings").toString());
  }

  @Test
  void whatNeitherReadsInBatchesIsReadRowByRowAndTheManifestSaysSo() {
    input(
        "a.parquet",
        "SELECT [i, i / 2]::FLOAT[] AS logits FROM range(100) t(i)",
        ", PARQUET_VERSION V2, COMPRESSION brotli");
    assertPublished(score("multiclass", "--logits", "logits"));
    assertEquals(100L, DuckDb.value("SELECT count(*) FROM " + output()));
    assertTrue(manifest().at("/warnings/0").asText().contains("row by row"));
  }

  @Test
  void wholeAndDecimalLogitsAreTakenAsDouble() {
    input(
        "a.parquet",
        "SELECT 1::TINYINT AS logit_a, 2::BIGINT AS logit_b, 0.5::DECIMAL(30, 10) AS logit_c");
    assertPublished(score("multiclass"));
    assertEquals("DOUBLE", DuckDb.value("SELECT typeof(prob_a) FROM " + output()));
    double total = Math.exp(1) + Math.exp(2) + Math.exp(0.5);
    List<Object> row = DuckDb.rows("SELECT prob_a, prob_b, prob_c FROM " + output()).get(0);
    assertEquals(Math.exp(0.5) / total, (Double) row.get(2), 1e-15);
    assertEquals(Math.exp(2) / total, (Double) row.get(1), 1e-15);
  }

  @Test
  void doublesCanGiveFloatsAndFloatsDoubles() {
    input("a.parquet", "SELECT 1::DOUBLE AS logit_a, 2::DOUBLE AS logit_b");
    assertPublished(score("multiclass", "--precision", "float"));
    assertEquals("FLOAT", DuckDb.value("SELECT typeof(prob_a) FROM " + output()));
    assertEquals((float) (1 / (1 + Math.E)), DuckDb.value("SELECT prob_a FROM " + output()));
    input("a.parquet", "SELECT 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    assertPublished(score("multiclass", "--precision", "double", "--replace"));
    assertEquals("DOUBLE", DuckDb.value("SELECT typeof(prob_a) FROM " + output()));
    assertEquals(1 / (1 + Math.E), (Double) DuckDb.value("SELECT prob_a FROM " + output()), 1e-16);
  }

  @Test
  void fixedSizeListsAreArrays() {
    input("a.parquet", "SELECT [1, 2, 3]::FLOAT[3] AS z, 'x' AS name");
    assertPublished(score("multiclass", "--logits", "z"));
    assertEquals(3L, DuckDb.value("SELECT len(probabilities) FROM " + output()));
    assertPublished(
        score(
            "multiclass",
            "--logits",
            "z",
            "--layout",
            "columns",
            "--labels",
            "p,q,r",
            "--replace"));
    assertEquals(
        "x",
        DuckDb.value(
            "SELECT name FROM " + output() + " WHERE prob_r > prob_q AND prob_q > prob_p"));
  }

  @Test
  void keptColumnsOfEveryKindComeThroughUnchanged() {
    String kept =
        "1::TINYINT AS a, 2::UTINYINT AS b, 3::USMALLINT AS c, 4::UINTEGER AS d, 1.5::DECIMAL(38, 10) AS f,"
            + " DATE '1582-10-04' AS g, TIMESTAMP '1900-01-01 00:00:00.123456' AS h, TIMESTAMPTZ '2026-11-21"
            + " 10:00:00+00' AS i, 'text' AS j, 'blob'::BLOB AS k, {'x': 1, 'y': ['p', NULL]} AS l,"
            + " MAP {'k': 2.5} AS m, [[1, 2], NULL] AS n, NULL::INTEGER AS o, true AS p, 18446744073709551615::UBIGINT AS q";
    String columns = "a, b, c, d, f, g, h, i, j, k, l, m, n, o, p, q";
    if (SparkMinor.hasTime()) {
      kept += ", TIME '01:02:03.5' AS r";
      columns += ", r";
    }
    input("a.parquet", "SELECT " + kept + ", 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    assertPublished(score("multiclass"));
    assertEquals(
        DuckDb.rows("SELECT (" + columns + ")::VARCHAR FROM '" + in() + "/*.parquet'"),
        DuckDb.rows("SELECT (" + columns + ")::VARCHAR FROM " + output()));
  }

  @Test
  void aKeptColumnThatSparkCannotReadIsRefusedByName() {
    input(
        "a.parquet",
        "SELECT TIMESTAMP_NS '2026-01-01' AS at, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    assertRefused(3, score("multiclass"), "column at", "NANOS", "--keep");
    assertPublished(score("multiclass", "--keep", ""));
  }

  @Test
  void oddNamesWork() {
    List<String> odd =
        List.of(
            "a.b", "with space", "quo\"te", "back`tick", "com,ma", "ключ", "logit_", "$x", "a*b");
    String columns =
        odd.stream()
            .map(name -> "1.5::FLOAT AS \"logit_" + name.replace("\"", "\"\"") + "\"")
            .collect(Collectors.joining(", "));
    input("a b,c.parquet", "SELECT 7 AS \"i.d`\", " + columns);
    assertPublished(score("multiclass"));
    List<Object> names =
        DuckDb.rows("SELECT column_name FROM (DESCRIBE SELECT * FROM " + output() + ")").stream()
            .map(row -> row.get(0))
            .toList();
    List<Object> expected = new java.util.ArrayList<>(List.of("i.d`"));
    odd.forEach(name -> expected.add("prob_" + name));
    expected.addAll(List.of("row_sum", "row_issue"));
    assertEquals(expected, names);
    assertPublished(
        score(
            "multiclass", "--logits", "\"logit_com,ma\",logit_a.b", "--keep", "i.d`", "--replace"));
    assertEquals(0.5f, DuckDb.value("SELECT \"prob_com,ma\" FROM " + output()));
  }

  @Test
  void aStarIsAGlobUnlessTheNameIsQuoted() {
    input("a.parquet", "SELECT 1::FLOAT AS logit_a, 2::FLOAT AS logit_b, 3::FLOAT AS \"logit_*\"");
    assertPublished(score("multilabel"));
    assertEquals(3, manifest().at("/job/classes").asInt());
    assertPublished(score("multilabel", "--logits", "\"logit_*\"", "--replace"));
    assertEquals(1, manifest().at("/job/classes").asInt());
  }

  @Test
  void threeThousandColumnsAreOneRow() {
    String columns =
        IntStream.range(0, 3000)
            .mapToObj(i -> (i % 7) + "::FLOAT AS logit_" + i)
            .collect(Collectors.joining(", "));
    input("a.parquet", "SELECT i AS id, " + columns + " FROM range(50) t(i)");
    assertPublished(score("multiclass"));
    assertEquals(
        50L,
        DuckDb.value(
            "SELECT count(*) FROM " + output() + " WHERE prob_6 = prob_2988 + 0 * prob_2999"));
    assertEquals(3000, manifest().at("/job/classes").asInt());
  }

  @Test
  void longArraysDoNotFillTheHeap() {
    input(
        "a.parquet",
        "SELECT i AS id, list_transform(range(20000), x -> (x * 0.001 + i)::FLOAT) AS z FROM range(200)"
            + " t(i)");
    assertPublished(score("multiclass", "--logits", "z"));
    assertEquals(1L, DuckDb.value("SELECT count(DISTINCT len(probabilities)) FROM " + output()));
    assertEquals(1.0, manifest().at("/checks/row_sum/max").asDouble(), 0x1p-23);
  }

  /** So many that their footers are read by a Spark job. */
  @Test
  void manyFilesAreOneTable() throws IOException {
    for (int i = 0; i < 40; i++) {
      input(
          "part=" + i % 3 + "/" + i + ".parquet", THREE_ROWS.replace("(1,", "(" + (100 + i) + ","));
    }
    assertPublished(score("multiclass"));
    assertEquals(40, manifest().at("/input/files").size());
    assertEquals(120L, DuckDb.value("SELECT count(*) FROM " + output()));
    assertEquals(42L, DuckDb.value("SELECT count(DISTINCT id) FROM " + output()));
    Files.writeString(in().resolve("part=1/x.parquet"), "PAR1 no PAR1");
    Publications.remove(out());
    assertRefused(3, score("multiclass"), "x.parquet");
  }

  @Test
  void filesMayOrderTheirColumnsAsTheyLike() {
    input("a.parquet", "SELECT 1 AS id, 3::FLOAT AS logit_b, 1::FLOAT AS logit_a");
    input("b.parquet", "SELECT 1::FLOAT AS logit_a, 3::FLOAT AS logit_b, 2 AS id");
    assertPublished(score("multiclass"));
    assertEquals(1L, DuckDb.value("SELECT count(DISTINCT prob_a) FROM " + output()));
    assertEquals("b", manifest().at("/job/labels/0").asText());
  }

  @Test
  void hivePartitionsBecomeColumnsOfStrings() {
    input("dt=2026-11-20/hour=01/a.parquet", THREE_ROWS);
    input("dt=2026-11-21/hour=__HIVE_DEFAULT_PARTITION__/a.parquet", THREE_ROWS);
    input("dt=a%2Fb/hour=x y/a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    assertEquals(
        List.of(
            Arrays.asList("2026-11-20", "01", 3L),
            Arrays.asList("2026-11-21", null, 3L),
            Arrays.asList("a/b", "x y", 3L)),
        DuckDb.rows("SELECT dt, hour, count(*) FROM " + output() + " GROUP BY ALL ORDER BY 1"));
  }

  /** DuckDB escapes each byte of UTF-8, which Spark does not. */
  @Test
  void partitionsThatDuckDbNamedKeepTheirCharacters() throws IOException {
    Files.createDirectories(in());
    DuckDb.run(
        "COPY (SELECT 1::FLOAT AS logit_a, 2::FLOAT AS logit_b, 'Zürich 你' AS city) TO '"
            + in()
            + "' (FORMAT parquet, PARTITION_BY (city), OVERWRITE_OR_IGNORE)");
    assertPublished(scoreFrom(in().toString(), "multiclass"));
    assertEquals("Zürich 你", DuckDb.value("SELECT city FROM " + output()));
  }

  /** The first file's own types say that there are none. */
  @Test
  void nullsDeepInKeptColumnsStayNulls() throws IOException {
    Path made = folder.resolve("made");
    spark()
        .sql(
            "SELECT 1L AS id, named_struct('x', 7L) AS s, array(8L) AS a, map('k', 9L) AS m,"
                + " float(1) AS logit_a, float(2) AS logit_b")
        .coalesce(1)
        .write()
        .parquet(made.toString());
    Files.createDirectories(in());
    try (var parts = Files.list(made)) {
      Path part = parts.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.copy(part, in().resolve("a.parquet"));
    }
    input(
        "b.parquet",
        "SELECT 2::BIGINT AS id, {'x': NULL::BIGINT} AS s, [3, NULL]::BIGINT[] AS a,"
            + " MAP {'k': NULL::BIGINT} AS m, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    for (String engine : List.of("row", "auto")) {
      assertPublished(score("multiclass", "--engine", engine, "--replace"));
      assertEquals(
          List.of(List.of("7", "[8]", "{k=9}"), List.of("null", "[3, NULL]", "{k=NULL}")),
          DuckDb.rows(
              "SELECT coalesce(s.x::VARCHAR, 'null'), a::VARCHAR, m::VARCHAR FROM "
                  + output()
                  + " ORDER BY id"));
    }
  }

  @Test
  void anAttemptAtAPartitionIsNone() {
    input("dt=1/a.parquet", THREE_ROWS);
    input(".dt=2.sigmax-staging-0123456789ab/part-0.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    assertEquals(
        List.of(List.of("1", 3L)),
        DuckDb.rows("SELECT dt, count(*) FROM " + output() + " GROUP BY ALL"));
  }

  @Test
  void aGlobOverPartitionsKeepsThemAsColumns() {
    input("dt=1/a.parquet", THREE_ROWS);
    input("dt=2/a.parquet", THREE_ROWS);
    assertPublished(scoreFrom(in() + "/dt=*", "multiclass"));
    assertEquals(2L, DuckDb.value("SELECT count(DISTINCT dt) FROM " + output()));
  }

  @Test
  void filesWithoutRowsGiveAnEmptyOutputOfTheRightSchema() {
    input("a.parquet", THREE_ROWS + " WHERE false");
    assertPublished(score("multiclass"));
    assertEquals(0L, DuckDb.value("SELECT count(*) FROM " + output()));
    assertEquals(
        List.of("id", "prob_a", "prob_b", "prob_c", "row_sum", "row_issue"),
        Arrays.asList(spark().read().parquet(out().toString()).columns()));
  }

  @Test
  void noFilesGiveAnEmptyOutputOfWhatTheJobSays() throws IOException {
    Files.createDirectories(in());
    assertPublished(score("multiclass", "--labels", "x,y"));
    assertEquals(
        List.of("prob_x", "prob_y", "row_sum", "row_issue"),
        Arrays.asList(spark().read().parquet(out().toString()).columns()));
    assertEquals(0, manifest().at("/input/files").size());
  }

  @Test
  void logitsThatAreProbabilitiesGiveAWarning() {
    input("a.parquet", "SELECT 0.25::FLOAT AS logit_a, 0.75::FLOAT AS logit_b FROM range(9)");
    assertPublished(score("multiclass"));
    assertTrue(manifest().at("/warnings/0").asText().contains("look like probabilities"));
    Program inspection = Program.run("inspect", in().toString());
    assertTrue(inspection.out().contains("look like probabilities"), inspection.out());
  }

  @Test
  void inspectTellsWhatIsThereAndWhichTasksFit() {
    input("a.parquet", "SELECT 1 AS id, [1, 2]::FLOAT[] AS z, 3::DOUBLE AS logit");
    Program inspection = Program.run("inspect", in().toString());
    assertEquals(0, inspection.code(), inspection.err());
    for (String part :
        List.of(
            "rows        1",
            "DuckDB",
            "array<float>",
            "--task multiclass --logits z",
            "--task binary     --logits logit")) {
      assertTrue(inspection.out().contains(part), () -> part + " is not in " + inspection.out());
    }
    assertEquals(3, Program.run("inspect", path("nowhere")).code());
  }
}
