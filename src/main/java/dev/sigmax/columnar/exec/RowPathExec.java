package dev.sigmax.columnar.exec;

import java.util.Optional;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Stands over a plan with scores that is written by rows, and says in {@code EXPLAIN} why. Rows go
 * through it as they are; those that a job judges are counted by their issue.
 */
public final class RowPathExec extends ColumnarNode {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient Optional<Integer> issueColumn;
  private final transient Optional<IssueMetrics> badRows;

  /**
   * Over a plan.
   *
   * @param child is written by rows because of {@code reason}
   * @param issueColumn the column with the code of each row's issue, counted from 0; empty where
   *     rows are not judged
   */
  public RowPathExec(SparkPlan child, String reason, Optional<Integer> issueColumn) {
    super(child);
    this.reason = reason;
    this.issueColumn = issueColumn;
    this.badRows = issueColumn.map(any -> IssueMetrics.of(sparkContext()));
  }

  @Override
  public boolean supportsColumnar() {
    return false;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    RDD<InternalRow> rows = child().execute();
    if (badRows.isEmpty()) {
      return rows;
    }
    int column = issueColumn.get();
    IssueMetrics metrics = badRows.get();
    return rows.toJavaRDD()
        .mapPartitions(part -> new CountedIssues(part, column, metrics), true)
        .rdd();
  }

  @Override
  public Map<String, SQLMetric> metrics() {
    return Map$.MODULE$.from(
        CollectionConverters.asScala(badRows.map(IssueMetrics::byName).orElse(java.util.Map.of())));
  }

  @Override
  public Seq<Attribute> output() {
    return child().output();
  }

  @Override
  public Partitioning outputPartitioning() {
    return child().outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child().outputOrdering();
  }

  @Override
  public SparkPlan withNewChildInternal(SparkPlan newChild) {
    return new RowPathExec(newChild, reason, issueColumn);
  }

  @Override
  public String nodeName() {
    return "SigmaxByRows";
  }

  @Override
  public String simpleString(int maxFields) {
    return nodeName() + " because " + reason;
  }

  @Override
  public String verboseString(int maxFields) {
    return simpleString(maxFields);
  }

  @Override
  public String verboseStringWithOperatorId() {
    return formattedNodeName() + "\nReason: " + reason;
  }

  @Override
  public String simpleStringWithNodeId() {
    return simpleString(Integer.MAX_VALUE);
  }
}
