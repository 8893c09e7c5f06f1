package dev.sigmax.job.run;

import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;

/** Tells what a run is busy with: Spark, for its web page, and who waits for the run. */
public final class Steps {
  private final OpeningSession spark;
  private final Progress progress;

  public Steps(OpeningSession spark, Progress progress) {
    this.spark = spark;
    this.progress = progress;
  }

  /** A step begins. */
  public void begin(String step) {
    if (spark.isOpen()) {
      spark.get().sparkContext().setJobDescription("Sigmax: " + step);
    }
    progress.phase(step);
  }

  /** From here on the run needs Spark. */
  public void awaitSpark() {
    if (!spark.isOpen()) {
      begin("starting Spark");
    }
    spark.get();
  }

  /** A step that writes so many rows: told as its tasks end. */
  public void write(String step, long rows, SeenBadRows seen, Runnable work) {
    String own = UUID.randomUUID().toString();
    SparkListener listener = new WriteProgress(own, rows, seen, progress);
    begin(step);
    SparkContext context = spark.get().sparkContext();
    context.setLocalProperty(WriteProgress.WRITE, own);
    context.addSparkListener(listener);
    try {
      work.run();
    } finally {
      context.removeSparkListener(listener);
      context.setLocalProperty(WriteProgress.WRITE, null);
    }
  }
}
