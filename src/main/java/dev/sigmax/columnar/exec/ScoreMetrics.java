package dev.sigmax.columnar.exec;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import scala.collection.immutable.Map;

/**
 * What a node of scores counts: for Spark's page of the query, and to show how far a run is.
 *
 * @param rows that were scored
 * @param batches that were scored
 * @param ownRows those that our page reader read; Spark's read the others
 * @param badRows those with an issue, by each call of a scoring function
 * @param time spent scoring, in nanoseconds
 */
record ScoreMetrics(
    SQLMetric rows, SQLMetric batches, SQLMetric ownRows, SQLMetric badRows, SQLMetric time)
    implements Serializable {
  /** The metric of rows that our page reader read. */
  static final String OWN_ROWS = "numOwnRows";

  /** Metrics that count from zero. */
  static ScoreMetrics of(SparkContext spark) {
    return new ScoreMetrics(
        SQLMetrics.createMetric(spark, "number of output rows"),
        SQLMetrics.createMetric(spark, "number of output batches"),
        SQLMetrics.createMetric(spark, "rows read by Sigmax's page reader"),
        SQLMetrics.createMetric(spark, ColumnarScoreExec.BAD_ROWS),
        SQLMetrics.createNanoTimingMetric(spark, "time scoring", -1));
  }

  /** By Spark's names of a node's metrics. */
  Map<String, SQLMetric> byName() {
    return new Map.Map4<>(
            "numOutputRows",
            rows,
            "numOutputBatches",
            batches,
            OWN_ROWS,
            ownRows,
            "numBadRows",
            badRows)
        .updated("scoringTime", time);
  }
}
