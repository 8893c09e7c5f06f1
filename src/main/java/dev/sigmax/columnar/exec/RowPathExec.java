package dev.sigmax.columnar.exec;

import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.Seq;

/**
 * Stands over a plan with scores that is written by rows, and says in {@code EXPLAIN} why. Rows go
 * through it as they are.
 */
public final class RowPathExec extends ColumnarNode {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Over {@code child}, which is written by rows because of {@code reason}. */
  public RowPathExec(SparkPlan child, String reason) {
    super(child);
    this.reason = reason;
  }

  @Override
  public boolean supportsColumnar() {
    return false;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    return child().execute();
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
    return new RowPathExec(newChild, reason);
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
