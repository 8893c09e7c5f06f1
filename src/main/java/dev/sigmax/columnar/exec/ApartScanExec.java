package dev.sigmax.columnar.exec;

import dev.sigmax.columnar.scan.ApartPartitions;
import dev.sigmax.spark.FileSections;
import dev.sigmax.spark.FixedTable;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Seq;

/**
 * Stands over a scan whose rows are scored by rows, and has it read by tasks that keep the sections
 * of its files apart. Rows or batches go through it as they are.
 */
public final class ApartScanExec extends ColumnarNode {
  private static final long serialVersionUID = 1L;

  private final transient FileSections sections;

  /** Over a scan of files that are in sections. */
  public ApartScanExec(FileSourceScanExec scan) {
    this(scan, FixedTable.sectionsOf(scan.relation()));
  }

  private ApartScanExec(SparkPlan scan, FileSections sections) {
    super(scan);
    this.sections = sections;
  }

  @Override
  public boolean supportsColumnar() {
    return child().supportsColumnar();
  }

  @Override
  public RDD<InternalRow> doExecute() {
    return apart(child().execute());
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    return apart(child().executeColumnar());
  }

  private <T> RDD<T> apart(RDD<T> scan) {
    return ApartPartitions.of(scan, sections, sparkContext().defaultParallelism());
  }

  @Override
  public Seq<Attribute> output() {
    return child().output();
  }

  @Override
  public SparkPlan withNewChildInternal(SparkPlan newChild) {
    return new ApartScanExec(newChild, sections);
  }

  @Override
  public String nodeName() {
    return "SigmaxApart";
  }
}
