package dev.sigmax.columnar.exec;

import java.time.Instant;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.internal.io.SparkHadoopWriterUtils;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.WriteFilesExec;
import org.apache.spark.sql.execution.datasources.WriteFilesExecBase;
import org.apache.spark.sql.execution.datasources.WriteFilesSpec;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;

/** Writes batches in place of Spark's {@link WriteFilesExec}, which writes rows. */
public final class ColumnarWriteExec extends ColumnarNode implements WriteFilesExecBase {
  private static final long serialVersionUID = 1L;

  private final transient Set<Integer> distinct;

  /**
   * A write of what {@code child} gives.
   *
   * @param distinct the columns, counted from 0, whose values hardly repeat
   */
  public ColumnarWriteExec(SparkPlan child, Set<Integer> distinct) {
    super(child);
    this.distinct = distinct;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Seq<Attribute> output() {
    return (Seq<Attribute>) (Seq<?>) Nil$.MODULE$;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    return super.doExecute();
  }

  @Override
  public RDD<WriterCommitMessage> doExecuteWrite(WriteFilesSpec spec) {
    ColumnarWriteTask task =
        new ColumnarWriteTask(
            spec.description(),
            spec.committer(),
            SparkHadoopWriterUtils.createJobTrackerID(Date.from(Instant.now())),
            distinct);
    RDD<ColumnarBatch> batches = child().executeColumnar();
    JavaRDD<ColumnarBatch> input =
        batches.getNumPartitions() > 0
            ? batches.toJavaRDD()
            // One task at least, whose file carries the schema.
            : new JavaSparkContext(sparkContext()).parallelize(List.of(), 1);
    return input
        .mapPartitions((Iterator<ColumnarBatch> iterator) -> List.of(task.run(iterator)).iterator())
        .rdd();
  }

  @Override
  public SparkPlan withNewChildInternal(SparkPlan newChild) {
    return new ColumnarWriteExec(newChild, distinct);
  }

  @Override
  public String nodeName() {
    return "SigmaxColumnarWrite";
  }

  @Override
  public String verboseString(int maxFields) {
    return nodeName();
  }
}
