package dev.sigmax.columnar.exec;

import dev.sigmax.kernel.rule.RowIssue;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;

/**
 * What a node counts of rows with an issue, for Spark's page of the query. A task that Spark runs
 * again may count twice: no promise rests on it.
 *
 * @param all rows with any issue
 * @param byIssue rows with each
 */
record IssueMetrics(SQLMetric all, EnumMap<RowIssue, SQLMetric> byIssue) implements Serializable {
  private static final String NAME = "rows with the issue ";
  private static final String KEY = "numBadRows";

  /** Metrics that count from zero. */
  static IssueMetrics of(SparkContext spark) {
    EnumMap<RowIssue, SQLMetric> byIssue = new EnumMap<>(RowIssue.class);
    for (RowIssue issue : RowIssue.values()) {
      byIssue.put(issue, SQLMetrics.createMetric(spark, NAME + issue.code()));
    }
    return new IssueMetrics(SQLMetrics.createMetric(spark, ColumnarScoreExec.BAD_ROWS), byIssue);
  }

  /** Counts a row with an issue. */
  void add(RowIssue issue) {
    all.add(1);
    byIssue.get(issue).add(1);
  }

  /** By Spark's names of a node's metrics. */
  Map<String, SQLMetric> byName() {
    Map<String, SQLMetric> named = new HashMap<>();
    named.put(KEY, all);
    byIssue.forEach((issue, rows) -> named.put(KEY + "." + issue.code(), rows));
    return named;
  }
}
