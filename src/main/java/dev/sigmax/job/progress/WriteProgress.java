package dev.sigmax.job.progress;

import dev.sigmax.columnar.exec.ColumnarScoreExec;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/** Tells how far a write is, as its tasks end. Spark calls it on one thread. */
final class WriteProgress extends SparkListener {
  /** The property of Spark's jobs by which a write knows its own: others may be under way. */
  static final String WRITE = "sigmax.write";

  private final String write;
  private final long rows;
  private final SeenBadRows seen;
  private final Progress progress;
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
  private long scored;
  private long written;
  private long bad;

  /**
   * Tells of one write.
   *
   * @param write the value of {@link #WRITE} in its jobs
   * @param rows how many it scores
   */
  WriteProgress(String write, long rows, SeenBadRows seen, Progress progress) {
    this.write = write;
    this.rows = rows;
    this.seen = seen;
    this.progress = progress;
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (job.properties() != null && write.equals(job.properties().getProperty(WRITE))) {
      CollectionConverters.asJava(job.stageIds()).forEach(id -> stages.add((Integer) id));
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (!stages.contains(task.stageId()) || task.taskMetrics() == null) {
      return;
    }
    TaskMetrics metrics = task.taskMetrics();
    long writtenByTask = metrics.outputMetrics().recordsWritten();
    written += writtenByTask;
    switch (seen) {
      case COUNTED -> {
        bad += counted(task);
        scored += writtenByTask;
      }
      case LEFT_OUT -> {
        long read = Math.max(metrics.inputMetrics().recordsRead(), writtenByTask);
        bad += read - writtenByTask;
        scored += read;
      }
      case NOT_YET -> scored += writtenByTask;
    }
    progress.rows(
        new RowsDone(
            Math.min(scored, rows),
            written,
            seen == SeenBadRows.NOT_YET ? OptionalLong.empty() : OptionalLong.of(bad),
            rows));
  }

  private static long counted(SparkListenerTaskEnd task) {
    long sum = 0;
    for (AccumulableInfo metric : CollectionConverters.asJava(task.taskInfo().accumulables())) {
      if (metric.name().contains(ColumnarScoreExec.BAD_ROWS)
          && metric.update().isDefined()
          && metric.update().get() instanceof Long ofTask) {
        sum += ofTask;
      }
    }
    return sum;
  }
}
