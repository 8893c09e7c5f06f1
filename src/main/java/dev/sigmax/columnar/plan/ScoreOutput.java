package dev.sigmax.columnar.plan;

import dev.sigmax.columnar.score.ScorePlan;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A table's scores as one node of a logical plan, which the columnar path alone executes. A job of
 * ten thousand columns as ten thousand expressions keeps Spark's analyser and optimiser busy for
 * seconds, twice, to find out what the job knows: which columns it reads, and what it makes of
 * them. To Spark this node is a leaf, and the table below it is planned as a scan of all columns.
 */
public final class ScoreOutput extends LogicalPlan implements LeafNode {
  private static final long serialVersionUID = 1L;

  private final transient LogicalPlan table;
  private final transient ScorePlan scores;
  private final Seq<Attribute> output;

  private ScoreOutput(LogicalPlan table, ScorePlan scores, StructType columns) {
    this.table = table;
    this.scores = scores;
    this.output =
        CollectionConverters.asScala(
                List.<Attribute>copyOf(
                    CollectionConverters.asJava(DataTypeUtils.toAttributes(columns))))
            .toSeq();
  }

  /**
   * The scores of a table, to be written and not to be collected.
   *
   * @param table as it is read, without a projection or a filter
   * @param scores of the table's columns, counted from 0 in its order
   * @param columns what the scores are called, one for each of the plan's
   */
  public static Dataset<Row> of(Dataset<Row> table, ScorePlan scores, StructType columns) {
    SparkSession session = table.sparkSession();
    LogicalPlan read = ((org.apache.spark.sql.classic.Dataset<Row>) table).logicalPlan();
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (org.apache.spark.sql.classic.SparkSession) session,
        new ScoreOutput(read, scores, columns));
  }

  LogicalPlan table() {
    return table;
  }

  ScorePlan scores() {
    return scores;
  }

  @Override
  public Seq<Attribute> output() {
    return output;
  }

  @Override
  public AttributeSet producedAttributes() {
    return outputSet();
  }

  @Override
  public Statistics computeStats() {
    return table.stats();
  }

  @Override
  public String nodeName() {
    return "SigmaxScoreOutput";
  }

  @Override
  public Seq<LogicalPlan> children() {
    return CollectionConverters.asScala(List.<LogicalPlan>of()).toSeq();
  }

  @Override
  public LogicalPlan mapChildren(Function1<LogicalPlan, LogicalPlan> change) {
    return this;
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> children) {
    return this;
  }

  /** Spark would look for a constructor that takes nothing. */
  @Override
  public LogicalPlan clone() {
    return this;
  }

  @Override
  public int productArity() {
    return 0;
  }

  @Override
  public Object productElement(int n) {
    throw new IndexOutOfBoundsException(n);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ScoreOutput;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
