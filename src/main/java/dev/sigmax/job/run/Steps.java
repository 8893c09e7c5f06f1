package dev.sigmax.job.run;

import java.util.UUID;
import org.apache.spark.scheduler.SparkListener;
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

  /** A step that writes so many rows: told as its tasks end. */
  public void write(String step, long rows, SeenBadRows seen, Runnable work) {
    String own = UUID.randomUUID().toString();
    SparkListener listener = new WriteProgress(own, rows, seen, progress);
    begin(step);
    spark.sparkContext().setLocalProperty(WriteProgress.WRITE, own);
    spark.sparkContext().addSparkListener(listener);
    try {
      work.run();
    } finally {
      spark.sparkContext().removeSparkListener(listener);
      spark.sparkContext().setLocalProperty(WriteProgress.WRITE, null);
    }
  }
}
