package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sigmax.testing.Documents;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a row with an issue: the contract's table, one row and one policy after another.
 */
class RowPolicyTest extends JobTest {
  private static final String MANY =
      "SELECT * FROM (VALUES (1, 1::DOUBLE, 2::DOUBLE, 3::DOUBLE), (2, 'nan', 1, 1), (3, NULL, 1, 1),"
          + " (4, 'inf', 1, 1), (5, 'inf', 'inf', 1), (6, '-inf', '-inf', '-inf'), (7, '-inf', 0, 0))"
          + " t(id, logit_a, logit_b, logit_c)";

  private static final String ARRAYS =
      "SELECT * FROM (VALUES (1, [1.5, 2]::FLOAT[]), (2, NULL), (3, []), (4, [1]), (5, [1, NULL]),"
          + " (6, [0, 0])) t(id, logits)";

  private List<List<Object>> issues() {
    return outputRows("id, row_issue");
  }

  @Test
  void rejectGivesEachUndefinedRowItsIssue() {
    input("a.parquet", MANY);
    assertPublished(score("multiclass", "--on-bad-row", "null", "--max-bad-rows", "5"));
    assertEquals(
        List.of(
            Arrays.asList(1, null),
            List.of(2, "nan"),
            List.of(3, "null"),
            List.of(4, "pos_inf"),
            List.of(5, "pos_inf"),
            List.of(6, "all_neg_inf"),
            Arrays.asList(7, null)),
        issues());
    assertEquals(
        List.of(List.of(0.0, 0.5, 0.5, 1.0)),
        DuckDb.rows("SELECT prob_a, prob_b, prob_c, row_sum FROM " + output() + " WHERE id = 7"));
    assertEquals(
        Arrays.asList(null, null, null, null),
        DuckDb.rows("SELECT prob_a, prob_b, prob_c, row_sum FROM " + output() + " WHERE id = 5")
            .get(0));
    JsonNode checks = manifest().get("checks");
    assertEquals(7, checks.get("rows").asLong());
    assertEquals(5, checks.get("bad_rows").asLong());
    assertEquals(2, checks.at("/issues/pos_inf").asLong());
    assertEquals(1, checks.at("/issues/all_neg_inf").asLong());
  }

  @Test
  void limitIsCertainOfASinglePositiveInfinity() {
    input("a.parquet", MANY);
    assertPublished(
        score(
            "multiclass", "--on-bad-row", "null", "--non-finite", "limit", "--max-bad-rows", "4"));
    assertEquals(
        List.of(Arrays.asList(4, 1.0, 0.0, 0.0, 1.0, null)),
        DuckDb.rows("SELECT * FROM " + output() + " WHERE id = 4"));
    assertEquals(
        List.of("nan", "null", "pos_inf", "all_neg_inf"),
        issues().stream().map(row -> row.get(1)).filter(i -> i != null).toList());
  }

  @Test
  void propagateGivesNaNAsSciPyDoesAndDoesNotJudge() {
    input("a.parquet", MANY);
    assertPublished(score("multiclass", "--on-bad-row", "null", "--non-finite", "propagate"));
    assertEquals(
        4L,
        DuckDb.value(
            "SELECT count(*) FROM "
                + output()
                + " WHERE isnan(prob_a) AND isnan(prob_b) AND isnan(prob_c) AND isnan(row_sum) AND"
                + " row_issue IS NULL"));
    assertEquals(1, manifest().at("/checks/bad_rows").asLong());
    assertEquals(4, manifest().at("/checks/row_sum/nan_rows").asLong());
    assertEquals(1.0, manifest().at("/checks/row_sum/max").asDouble(), 0x1p-48);
  }

  @Test
  void sigmoidTakesInfinityAndRefusesNaN() {
    input("a.parquet", MANY);
    assertPublished(score("multilabel", "--on-bad-row", "null", "--max-bad-rows", "5"));
    assertEquals(
        List.of(1.0, 1.0),
        DuckDb.rows("SELECT prob_a, prob_b FROM " + output() + " WHERE id = 5").get(0));
    assertEquals(
        List.of(0.0, 0.0, 0.0, 0.0),
        DuckDb.rows("SELECT prob_a, prob_b, prob_c, row_sum FROM " + output() + " WHERE id = 6")
            .get(0));
    assertEquals(2, manifest().at("/checks/bad_rows").asLong());
    assertEquals(1, manifest().at("/checks/issues/nan").asLong());
    assertFalse(manifest().at("/checks/row_sum/judged").asBoolean());
  }

  @Test
  void propagatedNaNOfASigmoidStaysWithItsLabel() {
    input("a.parquet", MANY);
    assertPublished(score("multilabel", "--on-bad-row", "null", "--non-finite", "propagate"));
    assertEquals(
        List.of(true, false),
        DuckDb.rows("SELECT isnan(prob_a), isnan(prob_b) FROM " + output() + " WHERE id = 2")
            .get(0));
  }

  @Test
  void arraysHaveIssuesOfTheirOwn() {
    input("a.parquet", ARRAYS);
    assertPublished(
        score(
            "multiclass",
            "--logits",
            "logits",
            "--classes",
            "2",
            "--on-bad-row",
            "null",
            "--max-bad-rows",
            "4"));
    assertEquals(
        List.of(
            Arrays.asList(1, null),
            List.of(2, "null"),
            List.of(3, "empty"),
            List.of(4, "length"),
            List.of(5, "null"),
            Arrays.asList(6, null)),
        issues());
    assertEquals(
        4L, DuckDb.value("SELECT count(*) FROM " + output() + " WHERE probabilities IS NULL"));
  }

  @Test
  void quarantineKeepsTheInputRowWhole() {
    input("a.parquet", ARRAYS);
    assertPublished(
        score(
            "multiclass",
            "--logits",
            "logits",
            "--classes",
            "2",
            "--on-bad-row",
            "quarantine",
            "--keep",
            "",
            "--max-bad-rows",
            "4"));
    assertEquals(2L, DuckDb.value("SELECT count(*) FROM " + output()));
    String quarantine = "'" + out() + "/_quarantine/*.parquet'";
    assertEquals(
        List.of(
            Arrays.asList(2, null, "null"),
            Arrays.asList(3, "[]", "empty"),
            Arrays.asList(4, "[1.0]", "length"),
            Arrays.asList(5, "[1.0, NULL]", "null")),
        DuckDb.rows("SELECT id, logits::VARCHAR, row_issue FROM " + quarantine + " ORDER BY id"));
    assertEquals(4, manifest().at("/quarantine/rows").asLong());
    assertEquals(6, manifest().at("/checks/rows").asLong());
    assertEquals(2L, spark().read().parquet(out().toString()).count());
    assertEquals(0, Program.run("verify", out().toString()).code());
  }

  @Test
  void failPublishesNothingAndSaysWhere() {
    input("a b%20.parquet", MANY);
    assertRefused(
        4,
        score("multiclass"),
        "5 of 7 rows are bad",
        "2 pos_inf",
        "a b%20.parquet, row 1: nan in logit_a",
        "row 2: null in logit_a",
        "--on-bad-row");
  }

  @Test
  void failToleratesAsManyAsTheJobAllowsAndPublishesThemWithoutProbabilities() {
    input("a.parquet", MANY);
    assertRefused(4, score("multiclass", "--max-bad-rows", "4"), "allows 4");
    assertPublished(score("multiclass", "--max-bad-rows", "5"));
    assertEquals(7L, DuckDb.value("SELECT count(*) FROM " + output()));
  }

  @Test
  void theGateTakesPercentagesAndHoldsForQuarantineToo() {
    input("a.parquet", MANY);
    for (String policy : List.of("quarantine", "null")) {
      assertRefused(
          4, score("multiclass", "--on-bad-row", policy, "--max-bad-rows", "71.4%"), "71.4%");
    }
    assertPublished(score("multiclass", "--on-bad-row", "quarantine", "--max-bad-rows", "71.5%"));
  }

  @Test
  void moreThanHalfBadRowsAreRefusedThoughNoLimitIsGiven() {
    input("a.parquet", MANY);
    for (String policy : List.of("quarantine", "null")) {
      assertRefused(
          4,
          score("multiclass", "--on-bad-row", policy),
          "5 of 7 rows are bad",
          "the job allows 50%",
          "allow more with --max-bad-rows");
    }
    input(
        "a.parquet",
        "SELECT 1::FLOAT AS logit_a, IF(i < 5, 'nan'::FLOAT, 1) AS logit_b FROM range(10) t(i)");
    assertPublished(score("multiclass", "--on-bad-row", "null"));
  }

  @Test
  void aDatabaseReadsPublishedRowsAloneAsTheDocumentsTell() {
    input(
        "a.parquet",
        "SELECT 1::FLOAT AS logit_a, IF(i < 3, 'nan'::FLOAT, 1) AS logit_b FROM range(10) t(i)");
    assertPublished(score("multiclass", "--on-bad-row", "quarantine"));
    String told =
        Documents.blocks("docs/job-files.md", "text").stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("duckdb "))
            .collect(Collectors.joining());
    String rows = told.substring(told.indexOf("FROM")).replace("probabilities", out().toString());
    assertEquals(7L, DuckDb.value("SELECT count(*) " + rows));
    assertEquals(10L, DuckDb.value("SELECT count(*) " + rows.replace("/*", "/**/*")));
  }

  @Test
  void moreThanOneBadRowInAHundredIsAWarningInTheManifest() {
    String rows =
        "SELECT 1::FLOAT AS logit_a, IF(i < %d, 'nan'::FLOAT, 1) AS logit_b FROM range(100) t(i)";
    input("a.parquet", rows.formatted(2));
    assertPublished(score("multiclass", "--on-bad-row", "quarantine"));
    assertEquals(
        "2 of 100 rows are bad, more than 1% of all: 2 nan", manifest().at("/warnings/0").asText());
    input("a.parquet", rows.formatted(1));
    assertPublished(score("multiclass", "--on-bad-row", "quarantine", "--replace"));
    assertTrue(manifest().at("/warnings").isEmpty());
  }

  @Test
  void theAdviceNamesLabelsThatDoNotFit() {
    input("a.parquet", "SELECT [1, 2, 3]::FLOAT[] AS logits FROM range(4)");
    assertRefused(
        4,
        score("multiclass", "--logits", "logits", "--labels", "a,b", "--on-bad-row", "null"),
        "4 of 4 rows are bad",
        "Each of these rows has 3 logits, and --labels names 2.");
  }

  @Test
  void aSumOutsideAGivenToleranceIsAnIssue() {
    input("a.parquet", "SELECT 1.5::FLOAT AS logit_a, 0.1::FLOAT AS logit_b, 7::FLOAT AS logit_c");
    assertRefused(4, score("multiclass", "--sum-tolerance", "0"), "1 sum");
    assertPublished(score("multiclass"));
  }

  @Test
  void aRunWithoutBadRowsHasNoQuarantine() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--on-bad-row", "quarantine"));
    assertFalse(Files.exists(out().resolve("_quarantine")));
    assertTrue(manifest().at("/checks/issues").isEmpty());
  }
}
