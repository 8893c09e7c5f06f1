package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sigmax.testing.DuckDb;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The counts that a run leaves in its manifest. */
class DistributionTest extends JobTest {
  private static final String ROWS =
      "SELECT i AS id, CASE WHEN i %% 97 = 3 THEN NULL ELSE (hash(i) %% 2000 / 100.0 - 10)::FLOAT END AS"
          + " logit_a, (hash(i + 7) %% 9)::FLOAT AS logit_b, CASE WHEN i %% 5 = 0 THEN '-inf'::FLOAT"
          + " ELSE (hash(i + 9) %% 9)::FLOAT END AS logit_c FROM range(%d, %d) t(i)";

  private static long sum(JsonNode bins) {
    long sum = 0;
    for (JsonNode bin : bins) {
      sum += bin.asLong();
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(strings = {"multiclass", "multilabel"})
  void theCountsAreTheSameOnEveryPathAndWhateverThePartitioning(String task) {
    input("a.parquet", ROWS.formatted(0, 9000));
    assertPublished(score(task, "--on-bad-row", "null", "--engine", "columnar"));
    JsonNode columnar = manifest().get("distribution");
    assertPublished(score(task, "--on-bad-row", "quarantine", "--engine", "row", "--replace"));
    assertEquals(columnar, manifest().get("distribution"));
    input("a.parquet", ROWS.formatted(0, 2500));
    input("b.parquet", ROWS.formatted(2500, 2501));
    input("c.parquet", ROWS.formatted(2501, 9000));
    for (String engine : List.of("row", "columnar")) {
      assertPublished(score(task, "--on-bad-row", "null", "--engine", engine, "--replace"));
      assertEquals(columnar, manifest().get("distribution"));
    }
    assertEquals(1, columnar.get("every").asInt());
    long good = 9000 - 9000 / 97 - 1;
    assertEquals(good, columnar.get("rows").asLong());
    for (String bins : List.of("largest", "margins", "entropies", "deviations")) {
      assertEquals(good, sum(columnar.get(bins)), bins);
    }
    List<Object> expected =
        DuckDb.rows(
                "SELECT avg(prob_a::DOUBLE), avg(prob_b::DOUBLE), avg(prob_c::DOUBLE), count(*)"
                    + " FILTER (prob_a = 0) + count(*) FILTER (prob_b = 0) + count(*) FILTER (prob_c"
                    + " = 0), count(*) FILTER (greatest(prob_a, prob_b, prob_c) >= 0.5 AND"
                    + " greatest(prob_a, prob_b, prob_c) < 0.515625) FROM "
                    + output()
                    + " WHERE row_issue IS NULL")
            .get(0);
    for (int i = 0; i < 3; i++) {
      assertEquals((Double) expected.get(i), columnar.get("means").get(i).asDouble(), 1e-9);
    }
    assertEquals(expected.get(3), columnar.get("zeros").asLong());
    assertCountsOfLogitsAndClasses(columnar);
    assertEquals(expected.get(4), columnar.get("largest").get(32).asLong());
  }

  /** Against the input and the output as DuckDB reads them. */
  private void assertCountsOfLogitsAndClasses(JsonNode counts) {
    String good = " FROM '" + in() + "/*.parquet' WHERE logit_a IS NOT NULL";
    List<Object> logits =
        DuckDb.rows(
                "SELECT min(least(logit_a, logit_b, CASE WHEN isfinite(logit_c) THEN logit_c END)),"
                    + " max(greatest(logit_a, logit_b, logit_c)), count(*) FILTER (logit_c ="
                    + " '-inf'), count(*) FILTER (logit_a >= 1.5 AND logit_a < 2)"
                    + good)
            .get(0);
    assertEquals(((Float) logits.get(0)).doubleValue(), counts.at("/logits/min").asDouble());
    assertEquals(((Float) logits.get(1)).doubleValue(), counts.at("/logits/max").asDouble());
    assertEquals(logits.get(2), counts.at("/logits/bins/0").asLong());
    assertEquals(logits.get(3), counts.at("/logits/bins/20").asLong(), "the others are whole");
    List<Object> classes =
        DuckDb.rows(
                "SELECT avg(greatest(prob_a, prob_b, prob_c)::DOUBLE), count(*) FILTER (prob_a <"
                    + " 1.0/256), count(*) FILTER (prob_a >= 0.25 AND prob_a < 0.5), count(*) FILTER"
                    + " (prob_a > 0.75 AND prob_a <= 0.875) FROM "
                    + output()
                    + " WHERE row_issue IS NULL")
            .get(0);
    assertEquals((Double) classes.get(0), counts.get("mean_largest").asDouble(), 1e-9);
    JsonNode ofA = counts.at("/probabilities/0");
    assertEquals(16, ofA.size());
    assertEquals(classes.get(1), ofA.get(0).asLong());
    assertEquals(classes.get(2), ofA.get(7).asLong());
    assertEquals(classes.get(3), ofA.get(9).asLong());
  }

  @ParameterizedTest
  @ValueSource(strings = {"row", "columnar"})
  void ofManyRowsSomeAreCountedTheSameOnes(String engine) {
    input(
        "a.parquet",
        "SELECT list_transform(range(500), j -> (hash(i * 500 + j) % 999 / 100)::FLOAT) AS logits FROM"
            + " range(40000) t(i)");
    assertPublished(
        score(
            "multiclass",
            "--logits",
            "logits",
            "--layout",
            "none",
            "--add",
            "prediction",
            "--engine",
            engine));
    JsonNode counts = manifest().get("distribution");
    assertEquals(4, counts.get("every").asInt());
    long rows = counts.get("rows").asLong();
    assertTrue(rows > 9500 && rows < 10500, "one in four: " + rows);
    assertEquals(500, counts.get("means").size());
    assertEquals(rows, sum(counts.get("predictions")));
  }
}
