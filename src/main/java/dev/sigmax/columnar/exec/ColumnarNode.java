package dev.sigmax.columnar.exec;

import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnaryExecNode;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A node of Spark's physical plan with one child, batches in and out. Spells out what Scala's
 * traits would mix in, since javac takes their methods for missing.
 */
abstract class ColumnarNode extends SparkPlan implements UnaryExecNode {
  private static final long serialVersionUID = 1L;

  private final SparkPlan child;

  ColumnarNode(SparkPlan child) {
    this.child = child;
  }

  @Override
  public final SparkPlan child() {
    return child;
  }

  @Override
  public Seq<SparkPlan> children() {
    return CollectionConverters.asScala(java.util.List.of(child)).toSeq();
  }

  @Override
  public SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> change) {
    SparkPlan changed = change.apply(child);
    return changed.fastEquals(child) ? this : withNewChildInternal(changed);
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
    return withNewChildInternal(children.head());
  }

  /** Spark would look for a constructor that takes the child alone. */
  @Override
  public SparkPlan clone() {
    return withNewChildInternal(child.clone());
  }

  @Override
  public boolean supportsColumnar() {
    return true;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    throw new UnsupportedOperationException(nodeName() + " gives batches, not rows");
  }

  @Override
  public String verboseStringWithOperatorId() {
    return formattedNodeName();
  }

  @Override
  public String simpleStringWithNodeId() {
    return nodeName();
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int n) {
    return child;
  }

  @Override
  public boolean canEqual(Object other) {
    return other != null && other.getClass() == getClass();
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
