package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first bad rows of each issue, in the manifest and on the page of a run. */
class BadRowSamplesTest extends JobTest {
  /** Every seventh row has a null, every eleventh of the others a NaN. */
  private static final String ROWS =
      "SELECT i AS id, 1.5::FLOAT AS logit_a, CASE WHEN i %% 7 = 3 THEN NULL WHEN i %% 11 = 5 THEN"
          + " 'NaN'::FLOAT ELSE i::FLOAT / 100 END AS logit_b, -2::FLOAT AS logit_c FROM"
          + " range(%d, %d) t(i)";

  private List<String> samples() {
    List<String> samples = new ArrayList<>();
    for (JsonNode sample : manifest().at("/bad_row_samples")) {
      String file = sample.at("/file").asText();
      samples.add(
          "%s %s %d %s %d %s"
              .formatted(
                  sample.at("/issue").asText(),
                  file.substring(file.lastIndexOf('/') + 1),
                  sample.at("/row").longValue(),
                  sample.at("/column").asText(),
                  sample.at("/logits").intValue(),
                  sample.at("/values")));
    }
    return samples;
  }

  /** The first three rows of a file with each issue, as DuckDB finds them. */
  private List<String> first(String issue, String condition, String value) {
    return DuckDb.rows(
            "SELECT file_row_number FROM read_parquet('"
                + in()
                + "/a.parquet', file_row_number = true) WHERE "
                + condition
                + " ORDER BY 1 LIMIT 3")
        .stream()
        .map(
            row ->
                "%s a.parquet %s logit_b 3 [\"1.5\",\"%s\",\"-2.0\"]"
                    .formatted(issue, row.get(0), value))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarantine", "null"})
  void theFirstRowsOfEachIssueAreThoseThatADatabaseFinds(String policy) throws IOException {
    input("b.parquet", ROWS.formatted(0, 500));
    input("a.parquet", ROWS.formatted(500, 1000));
    assertPublished(score("multiclass", "--on-bad-row", policy));
    List<String> expected = new ArrayList<>(first("nan", "isnan(logit_b)", "NaN"));
    expected.addAll(first("null", "logit_b IS NULL", "null"));
    assertEquals(6, expected.size());
    assertEquals(expected, samples());
    String page = Files.readString(out().resolve("_sigmax/report.html"));
    assertTrue(page.contains("The first bad rows of each issue"), page);
    JsonNode sample = manifest().at("/bad_row_samples/0");
    assertTrue(
        page.contains(
            "<dt>nan</dt><dd>"
                + in().resolve("a.parquet")
                + ", row "
                + sample.at("/row").longValue()
                + ", in logit_b: 1.5, NaN, -2.0</dd>"),
        page);
  }

  @Test
  void samplesOfSeveralTasksAreTheFirstOfTheFile() {
    // Of more than eight megabytes, so that Spark reads it in several parts.
    input(
        "a.parquet",
        "SELECT i AS id, hash(i)::DOUBLE / 1e19 AS logit_a, CASE WHEN i % 50000 = 777 THEN NULL"
            + " ELSE hash(i + 1)::DOUBLE / 1e19 END AS logit_b, hash(i + 2)::DOUBLE / 1e19 AS logit_c"
            + " FROM range(400000) t(i)",
        ", ROW_GROUP_SIZE 20480, COMPRESSION uncompressed");
    assertPublished(score("multiclass", "--on-bad-row", "quarantine"));
    assertTrue(
        (Long)
                DuckDb.value(
                    "SELECT count(DISTINCT filename) FROM read_parquet('"
                        + out()
                        + "/_quarantine/*.parquet', filename = true)")
            > 1,
        "several tasks");
    List<Long> rows = new ArrayList<>();
    manifest().at("/bad_row_samples").forEach(row -> rows.add(row.at("/row").longValue()));
    assertEquals(List.of(777L, 50_777L, 100_777L), rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarantine", "null"})
  void rowsOfArraysNameTheElementAndWhatIsTooLongIsCut(String policy) {
    input(
        "a.parquet",
        "SELECT * FROM (VALUES (0, [1::FLOAT for i in range(20)]), (1, list_concat([1::FLOAT for i"
            + " in range(12)], ['inf'::FLOAT], [1::FLOAT for i in range(7)])), (2, NULL), (3,"
            + " [7::FLOAT]), (4, [0::FLOAT for i in range(20)]), (5, [2::FLOAT for i in"
            + " range(20)])) t(id, logits)");
    assertPublished(
        score("multiclass", "--logits", "logits", "--classes", "20", "--on-bad-row", policy));
    String ones = "[\"1.0\",\"1.0\",\"1.0\",\"1.0\",\"1.0\",\"1.0\",\"1.0\",\"1.0\"]";
    assertEquals(
        List.of(
            "length a.parquet 3 null 1 [\"7.0\"]",
            "null a.parquet 2 null 0 []",
            "pos_inf a.parquet 1 logits[12] 20 " + ones),
        samples());
  }

  @Test
  void theQuarantineHasTheColumnsOfTheInputAlone() {
    input("a b%.parquet", "SELECT 1 AS sigmax_file, NULL::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    assertPublished(score("multiclass", "--on-bad-row", "quarantine", "--max-bad-rows", "1"));
    assertEquals(
        List.of("sigmax_file", "logit_a", "logit_b", "row_issue"),
        DuckDb.rows("DESCRIBE SELECT * FROM '" + out() + "/_quarantine/*.parquet'").stream()
            .map(row -> row.get(0))
            .toList());
    assertEquals(List.of("null a b%.parquet 0 logit_a 2 [\"null\",\"2.0\"]"), samples());
  }

  /** Several tasks read parts of one file, and know what lies before their part. */
  @Test
  void rowsThatStayInTheOutputAreCountedFromTheStartOfTheirFile() {
    input(
        "a.parquet",
        "SELECT i AS id, hash(i)::DOUBLE / 1e19 AS logit_a, CASE WHEN i % 50000 = 49999 THEN NULL"
            + " ELSE hash(i + 1)::DOUBLE / 1e19 END AS logit_b, hash(i + 2)::DOUBLE / 1e19 AS logit_c"
            + " FROM range(400000) t(i)",
        ", ROW_GROUP_SIZE 20480, COMPRESSION uncompressed");
    assertPublished(score("multiclass", "--on-bad-row", "null"));
    List<Long> rows = new ArrayList<>();
    manifest().at("/bad_row_samples").forEach(row -> rows.add(row.at("/row").longValue()));
    assertEquals(List.of(49_999L, 99_999L, 149_999L), rows);
    Program again = Program.run("report", out().toString());
    assertEquals(0, again.code(), again.err());
  }

  /** Hadoop's LZ4 is not for our reader; Spark's batches do not say where they stand. */
  @Test
  void aFileThatSparksReaderReadsGivesTheSameSamples() {
    DuckDb.write(
        "SELECT i AS id, hash(i)::DOUBLE / 1e19 AS logit_a, CASE WHEN i % 50000 = 49999 THEN NULL"
            + " WHEN i = 333333 THEN 'NaN'::DOUBLE ELSE hash(i + 1)::DOUBLE / 1e19 END AS logit_b,"
            + " hash(i + 2)::DOUBLE / 1e19 AS logit_c FROM range(400000) t(i)",
        folder.resolve("plain.parquet"));
    spark()
        .read()
        .parquet(folder.resolve("plain.parquet").toString())
        .coalesce(1)
        .write()
        .mode("overwrite")
        .option("compression", "lz4")
        .option("parquet.block.size", 1 << 20)
        .parquet(in().toString());
    assertPublished(score("multiclass", "--on-bad-row", "null"));
    List<String> rows = new ArrayList<>();
    manifest()
        .at("/bad_row_samples")
        .forEach(row -> rows.add(row.at("/issue").asText() + " " + row.at("/row").longValue()));
    assertEquals(List.of("nan 333333", "null 49999", "null 99999", "null 149999"), rows);
  }

  @Test
  void aRunWithoutBadRowsHasNoSamples() throws IOException {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--on-bad-row", "null"));
    assertEquals(List.of(), samples());
    assertFalse(
        Files.readString(out().resolve("_sigmax/report.html")).contains("The first bad rows"));
  }
}
