package dev.sigmax.columnar.exec;

import java.io.Serializable;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;

/**
 * What a node of scores counts: for Spark's page of the query, and to show how far a run is.
 *
 * @param rows that were scored
 * @param batches that were scored
 * @param ownRows those that our page reader read; Spark's read the others
 * @param logits that were scored, by all calls of scoring functions
 * @param rate logits per second of a task, with what it reads and writes between its batches
 * @param badRows those with an issue, by each call of a scoring function
 * @param time spent scoring, in nanoseconds
 */
record ScoreMetrics(
    SQLMetric rows,
    SQLMetric batches,
    SQLMetric ownRows,
    SQLMetric logits,
    SQLMetric rate,
    IssueMetrics badRows,
    SQLMetric time)
    implements Serializable {
  /** The metric of rows that our page reader read. */
  static final String OWN_ROWS = "numOwnRows";

  /** Metrics that count from zero. */
  static ScoreMetrics of(SparkContext spark) {
    return new ScoreMetrics(
        SQLMetrics.createMetric(spark, "number of output rows"),
        SQLMetrics.createMetric(spark, "number of output batches"),
        SQLMetrics.createMetric(spark, "rows read by Sigmax's page reader"),
        SQLMetrics.createMetric(spark, "number of logits"),
        SQLMetrics.createAverageMetric(spark, "logits per second of a task"),
        IssueMetrics.of(spark),
        SQLMetrics.createNanoTimingMetric(spark, "time scoring", -1));
  }

  /** By Spark's names of a node's metrics. */
  Map<String, SQLMetric> byName() {
    Map<String, SQLMetric> named = badRows.byName();
    named.put("numOutputRows", rows);
    named.put("numOutputBatches", batches);
    named.put(OWN_ROWS, ownRows);
    named.put("numLogits", logits);
    named.put("logitsPerSecond", rate);
    named.put("scoringTime", time);
    return named;
  }
}
