package dev.sigmax.columnar.exec;

import dev.sigmax.spark.SparkValues;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.immutable.Seq;

/** The text of an {@code EXPLAIN}, and behind it the plan of the write that Spark's leaves out. */
public final class ExplainedWriteExec extends ColumnarNode {
  private static final long serialVersionUID = 1L;

  private static final String TITLE = "== Sigmax: the write, as it is planned when it runs ==";

  private final String write;

  /**
   * Over an {@code EXPLAIN}.
   *
   * @param explain gives one row with one text
   * @param write a plan as text
   */
  public ExplainedWriteExec(SparkPlan explain, String write) {
    super(explain);
    this.write = write;
  }

  @Override
  public boolean supportsColumnar() {
    return false;
  }

  @Override
  public InternalRow[] executeCollect() {
    InternalRow[] told = child().executeCollect();
    // More rows than one are the lines of an error.
    return told.length == 1
        ? new InternalRow[] {
          SparkValues.row(UTF8String.fromString(told[0].getString(0) + "\n" + TITLE + "\n" + write))
        }
        : told;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    return new JavaSparkContext(sparkContext()).parallelize(List.of(executeCollect()), 1).rdd();
  }

  @Override
  public Seq<Attribute> output() {
    return child().output();
  }

  @Override
  public SparkPlan withNewChildInternal(SparkPlan newChild) {
    return new ExplainedWriteExec(newChild, write);
  }

  @Override
  public String nodeName() {
    return "SigmaxExplain";
  }

  @Override
  public String verboseString(int maxFields) {
    return nodeName();
  }
}
