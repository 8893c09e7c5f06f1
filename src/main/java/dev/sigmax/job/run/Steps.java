package dev.sigmax.job.run;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Tells what a run is busy with: Spark, for its web page, and who waits for the run. */
public final class Steps {
  private final SparkSession spark;
  private final Progress progress;

  public Steps(SparkSession spark, Progress progress) {
    this.spark = spark;
    this.progress = progress;
  }

  /** A step begins. */
  public void begin(String step) {
    spark.sparkContext().setJobDescription("Sigmax: " + step);
    progress.phase(step);
  }

  /**
   * A step that writes so many rows: told as its tasks end. For the eye alone, never counted on.
   */
  public void write(String step, long rows, Runnable work) {
    AtomicLong written = new AtomicLong();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd task) {
            if (task.taskMetrics() != null) {
              long done = written.addAndGet(task.taskMetrics().outputMetrics().recordsWritten());
              progress.rows(Math.min(done, rows), rows);
            }
          }
        };
    begin(step);
    spark.sparkContext().addSparkListener(listener);
    try {
      work.run();
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }
  }
}
