package dev.sigmax.columnar.exec;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.execution.datasources.FileFormatDataWriter;
import org.apache.spark.sql.execution.datasources.WriteJobDescription;
import org.apache.spark.sql.execution.datasources.WriteTaskStatsTracker;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/** Writes a task's batches to one file, and commits or aborts as Spark's own writers do. */
final class ColumnarDataWriter extends FileFormatDataWriter {
  private final ColumnarFile file;

  /** Creates the task's file where the committer says; {@code distinct} as the file takes it. */
  ColumnarDataWriter(
      WriteJobDescription description,
      Set<Integer> distinct,
      TaskAttemptContext context,
      FileCommitProtocol committer)
      throws IOException {
    super(description, context, committer, Map$.MODULE$.empty());
    String suffix = "-c000" + description.outputWriterFactory().getFileExtension(context);
    String path = committer.newTaskTempFile(context, Option.empty(), new FileNameSpec("", suffix));
    StructType table = DataTypeUtils.fromAttributes(description.dataColumns());
    this.file = new ColumnarFile(path, table, distinct, context.getConfiguration());
    currentWriter_$eq(file);
    for (WriteTaskStatsTracker tracker : CollectionConverters.asJava(statsTrackers())) {
      tracker.newFile(path);
    }
  }

  /** Writes a batch; nothing of it is kept. */
  void write(ColumnarBatch batch) throws IOException {
    file.write(batch);
    for (WriteTaskStatsTracker tracker : CollectionConverters.asJava(statsTrackers())) {
      for (int i = 0; i < batch.numRows(); i++) {
        tracker.newRow(file.path(), InternalRow.empty());
      }
    }
  }

  @Override
  public void write(InternalRow row) {
    throw new UnsupportedOperationException("a columnar writer takes batches");
  }
}
