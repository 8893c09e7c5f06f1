package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sigmax.kernel.rule.RowIssue;
import dev.sigmax.testing.DuckDb;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.sink.PrometheusServlet;
import org.apache.spark.metrics.source.Source;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark's metrics system shows of runs, read as its servlet for Prometheus prints it. */
class RunMetricsTest extends JobTest {
  private static final String PREFIX = "metrics_";

  /** By name as Prometheus has it; what was not shown yet is 0. */
  private static Map<String, Double> shown() {
    MetricsSystem system = spark().sparkContext().env().metricsSystem();
    List<Source> sources = CollectionConverters.asJava(system.getSourcesByName("sigmax"));
    Map<String, Double> shown = new HashMap<>();
    if (sources.isEmpty()) {
      return shown;
    }
    assertEquals(1, sources.size(), "registered once");
    MetricRegistry registry = sources.get(0).metricRegistry();
    String text = new PrometheusServlet(new Properties(), registry).getMetricsSnapshot();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.indexOf(' ');
              String name = line.substring(0, space).replaceFirst("[{].*", "");
              shown.put(name.substring(PREFIX.length()), Double.valueOf(line.substring(space)));
            });
    return shown;
  }

  private static double grown(Map<String, Double> before, String name) {
    Map<String, Double> now = shown();
    assertTrue(now.containsKey(name), () -> name + " is not shown: " + now);
    return now.get(name) - before.getOrDefault(name, 0.0);
  }

  private void someBadRows() {
    input(
        "a.parquet",
        "SELECT i AS id, (i % 7)::FLOAT AS logit_a, CASE WHEN i % 13 = 5 THEN NULL WHEN i % 17 = 6"
            + " THEN 'NaN'::FLOAT ELSE 2::FLOAT END AS logit_b FROM range(500) t(i)");
  }

  private double count(String condition) {
    return (Double)
        DuckDb.value("SELECT count(*)::DOUBLE FROM '" + in() + "/*.parquet' WHERE " + condition);
  }

  @Test
  void rowsLogitsAndBadRowsByIssueAreShown() {
    for (String engine : List.of("columnar", "row")) {
      someBadRows();
      Map<String, Double> before = shown();
      assertPublished(score("multiclass", "--on-bad-row", "null", "--engine", engine, "--replace"));
      assertEquals(500, grown(before, "rows_read_Count"));
      assertEquals(500, grown(before, "rows_written_Count"));
      assertEquals(1000, grown(before, "logits_Count"));
      assertEquals(count("logit_b IS NULL"), grown(before, "bad_rows_null_Count"));
      assertEquals(count("isnan(logit_b)"), grown(before, "bad_rows_nan_Count"));
      assertEquals(0, grown(before, "bad_rows_pos_inf_Count"));
      JsonNode issues = manifest().at("/checks/issues");
      for (RowIssue issue : RowIssue.values()) {
        assertEquals(
            issues.path(issue.code()).asDouble(0),
            grown(before, "bad_rows_" + issue.code() + "_Count"),
            issue.code());
      }
      assertTrue(shown().get("logits_per_second_Value") > 0, shown()::toString);
    }
  }

  @Test
  void rowsOfTheQuarantineAreReadAndNotWritten() {
    someBadRows();
    Map<String, Double> before = shown();
    assertPublished(score("multiclass", "--on-bad-row", "quarantine", "--engine", "row"));
    assertEquals(500, grown(before, "rows_read_Count"));
    assertEquals(
        count("NOT (logit_b IS NULL OR isnan(logit_b))"), grown(before, "rows_written_Count"));
    assertEquals(count("isnan(logit_b)"), grown(before, "bad_rows_nan_Count"));
  }

  @Test
  void whatTheGateStoppedIsShownTooAndNoRunIsAtAStepAfterItsEnd() {
    someBadRows();
    Map<String, Double> before = shown();
    assertRefused(4, score("multiclass", "--engine", "columnar"));
    assertEquals(count("isnan(logit_b)"), grown(before, "bad_rows_nan_Count"));
    for (String step :
        List.of("snapshot", "preflight", "score", "quarantine", "check", "verify", "publish")) {
      assertEquals(0, shown().get("step_" + step + "_Value"), step);
    }
  }
}
