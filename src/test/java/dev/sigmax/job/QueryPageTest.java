package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sigmax.testing.DuckDb;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.execution.ui.SQLAppStatusStore;
import org.apache.spark.sql.execution.ui.SQLExecutionUIData;
import org.apache.spark.sql.execution.ui.SQLPlanMetric;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark's page of a query shows of a job's writes, read from the store behind the page. */
class QueryPageTest extends JobTest {
  private static final String ISSUE = "rows with the issue ";
  private static final int ROWS = 600;

  private void someBadRows() {
    input(
        "a.parquet",
        "SELECT i AS id, (i % 7)::FLOAT AS logit_a, CASE WHEN i % 13 = 5 THEN NULL WHEN i % 17 = 6"
            + " THEN 'NaN'::FLOAT WHEN i % 19 = 7 THEN 'Infinity'::FLOAT ELSE 2::FLOAT END AS"
            + " logit_b FROM range("
            + ROWS
            + ") t(i)");
  }

  /** The metrics of the last write whose rows were judged, by name, of all its nodes. */
  private static Map<String, String> shown() throws Exception {
    // The store is told by a thread of its own.
    spark().sparkContext().listenerBus().waitUntilEmpty();
    SQLAppStatusStore store = spark().sharedState().statusStore();
    Map<String, String> shown = new HashMap<>();
    for (SQLExecutionUIData execution : CollectionConverters.asJava(store.executionsList())) {
      List<SQLPlanMetric> metrics = CollectionConverters.asJava(execution.metrics());
      if (metrics.stream().anyMatch(metric -> metric.name().startsWith(ISSUE))) {
        shown.clear();
        scala.collection.immutable.Map<Object, String> values =
            store.executionMetrics(execution.executionId());
        metrics.forEach(
            metric ->
                values
                    .get(metric.accumulatorId())
                    .foreach(value -> shown.put(metric.name(), value)));
      }
    }
    return shown;
  }

  private static Map<String, Long> issues(Map<String, String> shown) {
    Map<String, Long> issues = new TreeMap<>();
    shown.forEach(
        (name, value) -> {
          if (name.startsWith(ISSUE) && !value.equals("0")) {
            issues.put(name.substring(ISSUE.length()), Long.valueOf(value));
          }
        });
    return issues;
  }

  private Map<String, Long> issuesInManifest() {
    Map<String, Long> issues = new TreeMap<>();
    JsonNode counts = manifest().at("/checks/issues");
    counts
        .fieldNames()
        .forEachRemaining(
            code -> {
              if (counts.get(code).asLong() > 0) {
                issues.put(code, counts.get(code).asLong());
              }
            });
    assertEquals(List.of("nan", "null", "pos_inf"), List.copyOf(issues.keySet()));
    return issues;
  }

  @Test
  void badRowsByIssueAreThoseOfTheManifestOnBothEngines() throws Exception {
    someBadRows();
    for (String engine : List.of("columnar", "row")) {
      assertPublished(score("multiclass", "--on-bad-row", "null", "--engine", engine, "--replace"));
      Map<String, String> shown = shown();
      assertEquals(issuesInManifest(), issues(shown), engine);
      assertEquals(
          manifest().at("/checks/bad_rows").asText(), shown.get("rows with an issue"), engine);
    }
  }

  @Test
  void theRowsOfAQuarantineAreCountedWhereTheyAreWritten() throws Exception {
    someBadRows();
    assertPublished(score("multiclass", "--on-bad-row", "quarantine", "--engine", "row"));
    assertEquals(issuesInManifest(), issues(shown()));
    assertEquals(manifest().at("/quarantine/rows").asText(), shown().get("rows with an issue"));
  }

  @Test
  void logitsAndTheirRateAreThoseOfTheColumnarEngine() throws Exception {
    someBadRows();
    assertPublished(
        score("multiclass", "--on-bad-row", "null", "--engine", "columnar", "--replace"));
    Map<String, String> shown = shown();
    assertEquals("1,200", shown.get("number of logits"));
    assertEquals(Integer.toString(ROWS), shown.get("number of output rows"));
    double rate = Double.parseDouble(shown.get("logits per second of a task").replace(",", ""));
    assertTrue(rate > 1 && rate < 1e10, shown::toString);
  }

  @Test
  void logitsOfArraysAreCountedAsManyAsThereAre() throws Exception {
    Path file =
        input("a.parquet", "SELECT [j::FLOAT FOR j IN range(i % 4)] AS z FROM range(90) t(i)");
    spark()
        .read()
        .parquet(file.toString())
        .selectExpr("softmax(z) AS p")
        .write()
        .parquet(out().toString());
    assertEquals(
        DuckDb.value("SELECT sum(len(z))::VARCHAR FROM '" + file + "'"),
        shown().get("number of logits"));
  }
}
