package dev.sigmax.job.run;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** Tells what a run is busy with: Spark, for its web page, and who waits for the run. */
public final class Steps {
  /** The property of Spark's jobs by which a step knows its own. */
  private static final String RUN = "sigmax.step";

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
    String own = UUID.randomUUID().toString();
    Set<Integer> stages = ConcurrentHashMap.newKeySet();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            // Other runs may be under way in the same Spark.
            if (job.properties() != null && own.equals(job.properties().getProperty(RUN))) {
              CollectionConverters.asJava(job.stageIds()).forEach(id -> stages.add((Integer) id));
            }
          }

          @Override
          public void onTaskEnd(SparkListenerTaskEnd task) {
            if (stages.contains(task.stageId()) && task.taskMetrics() != null) {
              long done = written.addAndGet(task.taskMetrics().outputMetrics().recordsWritten());
              progress.rows(Math.min(done, rows), rows);
            }
          }
        };
    begin(step);
    spark.sparkContext().setLocalProperty(RUN, own);
    spark.sparkContext().addSparkListener(listener);
    try {
      work.run();
    } finally {
      spark.sparkContext().removeSparkListener(listener);
      spark.sparkContext().setLocalProperty(RUN, null);
    }
  }
}
