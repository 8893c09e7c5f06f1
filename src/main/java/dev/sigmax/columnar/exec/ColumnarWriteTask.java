package dev.sigmax.columnar.exec;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.TaskContext;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.apache.spark.internal.io.SparkHadoopWriterUtils;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.execution.datasources.EmptyDirectoryDataWriter;
import org.apache.spark.sql.execution.datasources.FileFormatDataWriter;
import org.apache.spark.sql.execution.datasources.WriteJobDescription;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Map$;

/**
 * One task of a columnar write, in Spark's commit protocol: what FileFormatWriter does with rows.
 */
final class ColumnarWriteTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final WriteJobDescription description;
  private final FileCommitProtocol committer;
  private final String jobTrackerId;
  private final HashSet<Integer> distinct;

  /**
   * A task's work.
   *
   * @param distinct the columns, counted from 0, whose values hardly repeat
   */
  ColumnarWriteTask(
      WriteJobDescription description,
      FileCommitProtocol committer,
      String jobTrackerId,
      Set<Integer> distinct) {
    this.description = description;
    this.committer = committer;
    this.jobTrackerId = jobTrackerId;
    this.distinct = new HashSet<>(distinct);
  }

  /** Writes all batches and commits the task; aborts it and throws what went wrong. */
  WriterCommitMessage run(Iterator<ColumnarBatch> batches) throws IOException {
    TaskContext task = TaskContext.get();
    TaskAttemptContext attempt = attempt(task);
    committer.setupTask(attempt);
    FileFormatDataWriter writer = null;
    try {
      // The first partition's file carries the schema, rows or not.
      if (task.partitionId() != 0 && !batches.hasNext()) {
        writer =
            new EmptyDirectoryDataWriter(description, attempt, committer, Map$.MODULE$.empty());
      } else {
        ColumnarDataWriter columnar =
            new ColumnarDataWriter(description, distinct, attempt, committer);
        writer = columnar;
        while (batches.hasNext()) {
          columnar.write(batches.next());
        }
      }
      return writer.commit();
    } catch (Throwable failure) {
      abort(writer, attempt, failure);
      throw failure;
    }
  }

  private void abort(FileFormatDataWriter writer, TaskAttemptContext attempt, Throwable failure) {
    try {
      if (writer != null) {
        writer.abort();
      } else {
        committer.abortTask(attempt);
      }
    } catch (Throwable again) {
      // Spark's own is checked and undeclared; what went wrong first is what counts.
      failure.addSuppressed(again);
    }
  }

  private TaskAttemptContext attempt(TaskContext task) {
    JobID job = SparkHadoopWriterUtils.createJobID(jobTrackerId, task.stageId());
    TaskID id = new TaskID(job, TaskType.MAP, task.partitionId());
    TaskAttemptID attempt = new TaskAttemptID(id, (int) task.taskAttemptId() & Integer.MAX_VALUE);
    Configuration configuration = description.serializableHadoopConf().value();
    configuration.set("mapreduce.job.id", job.toString());
    configuration.set("mapreduce.task.id", id.toString());
    configuration.set("mapreduce.task.attempt.id", attempt.toString());
    configuration.setBoolean("mapreduce.task.ismap", true);
    configuration.setInt("mapreduce.task.partition", 0);
    return new TaskAttemptContextImpl(configuration, attempt);
  }
}
