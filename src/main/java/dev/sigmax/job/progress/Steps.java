package dev.sigmax.job.progress;

import dev.sigmax.error.Counted;
import dev.sigmax.job.run.OpeningSession;
import dev.sigmax.output.WrittenFiles;
import dev.sigmax.spark.RunMetrics;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.sql.SparkSession;

/**
 * Tells what a run is busy with: Spark, for its web page and its metrics, as soon as it is there,
 * and who waits for the run. Not thread-safe.
 */
public final class Steps {
  private final OpeningSession spark;
  private final Progress progress;
  private Optional<RunMetrics> metrics = Optional.empty();
  private Optional<Step> counted = Optional.empty();

  /**
   * The steps of one run; none has begun.
   *
   * @param spark need not be open, and stays the caller's: until it is, steps are told to {@code
   *     progress} alone
   */
  public Steps(OpeningSession spark, Progress progress) {
    this.spark = spark;
    this.progress = progress;
  }

  /** A write of scores. */
  public interface Write {
    /** Writes them, and reads the footers of what was written. */
    WrittenFiles run() throws IOException;
  }

  /**
   * A step begins, and the one before it ends.
   *
   * @param text what people are told
   */
  public void begin(Step step, String text) {
    end();
    if (spark.isOpen()) {
      metrics().beginStep(step.metric());
      counted = Optional.of(step);
      spark.get().sparkContext().setJobDescription("Sigmax: " + text);
    }
    progress.phase(text);
  }

  /**
   * From here on the run needs Spark, and waits until it is open. The session becomes this
   * thread's, by whose settings columns are made: by Spark's own, each would keep a stack trace.
   */
  public void awaitSpark() {
    if (!spark.isOpen()) {
      progress.phase("starting Spark");
    }
    SparkSession.setActiveSession(spark.get());
  }

  /**
   * The step that scores and writes so many rows begins: told as its tasks end.
   *
   * @param rows how many the input has
   * @param logitsInRow how many logits each row has
   * @param seen how bad rows are seen meanwhile
   * @return what {@code write} does
   * @throws IOException as {@code write} does
   */
  public WrittenFiles write(long rows, long logitsInRow, SeenBadRows seen, Write write)
      throws IOException {
    begin(Step.SCORE, "scoring " + Counted.of(rows, "row"));
    progress.writing();
    String own = UUID.randomUUID().toString();
    MeteredRows metered = new MeteredRows(metrics(), logitsInRow, progress);
    SparkListener listener = new WriteProgress(own, rows, seen, metered);
    SparkContext context = spark.get().sparkContext();
    metrics().beginScoring();
    context.setLocalProperty(WriteProgress.WRITE, own);
    context.addSparkListener(listener);
    try {
      WrittenFiles written = write.run();
      metered.count(rows, written.rows());
      return written;
    } finally {
      context.removeSparkListener(listener);
      context.setLocalProperty(WriteProgress.WRITE, null);
      metrics().endScoring();
    }
  }

  /** What was written, if anything, is given up, and the run goes on. */
  public void giveUpWrite() {
    progress.placeClosed();
  }

  /**
   * The rows were checked as written.
   *
   * @param issues how many rows have each issue, by its code; only those that occur
   */
  public void checked(Map<String, Long> issues) {
    metrics().checked(issues);
  }

  /** The last step ends. */
  public void end() {
    counted.ifPresent(step -> metrics().endStep(step.metric()));
    counted = Optional.empty();
  }

  /** Those of the Spark that the run began on. */
  private RunMetrics metrics() {
    if (metrics.isEmpty()) {
      metrics = Optional.of(RunMetrics.ofThisSpark(Step.metrics()));
    }
    return metrics.get();
  }
}
