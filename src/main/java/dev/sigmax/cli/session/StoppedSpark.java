package dev.sigmax.cli.session;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;

/**
 * Ends the wait for a job that nobody does any more. One that is handed to Spark in the moment in
 * which Spark stops, as where the application is killed at its master, is lost, and Spark lets
 * whoever waits for it wait forever.
 */
public final class StoppedSpark {
  private static final long LOOK_MILLIS = 1000;

  /** What knows that Spark is stopped says so at once; this is ten times as long as that takes. */
  private static final int LOOKS = 10;

  /** Where one waits for a job of Spark. */
  private static final List<String> WAITING =
      List.of(
          "org.apache.spark.scheduler.DAGScheduler",
          "org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec");

  private final Thread working = Thread.currentThread();
  private boolean over;
  private boolean ended;

  private StoppedSpark() {}

  /** Work of a command. */
  public interface Work {
    /** Does it. */
    void run() throws IOException;
  }

  /**
   * Does the work, in this thread.
   *
   * @throws ExternalException where it waited for a job of a Spark that is stopped
   */
  public static void watched(Work work) throws IOException {
    StoppedSpark watch = new StoppedSpark();
    Thread thread = new Thread(watch::look, "sigmax-watches-spark");
    thread.setDaemon(true);
    thread.start();
    try {
      work.run();
    } catch (Exception failure) {
      // Spark throws checked exceptions that its methods do not declare, that of an interrupt too.
      if (watch.isEnded()) {
        throw new ExternalException(
            ErrorName.SPARK_STOPPED,
            "Spark was stopped while the command was under way, and lost a job that was to begin."
                + " Who stopped it is in the cluster's log. Run it again.",
            failure);
      }
      throw failure;
    } finally {
      watch.end();
    }
  }

  private synchronized boolean isEnded() {
    return ended;
  }

  /** From here on nothing is interrupted. */
  private synchronized void end() {
    over = true;
    if (ended) {
      // It may have come when the work was through.
      Thread.interrupted();
    }
    notifyAll();
  }

  private synchronized void look() {
    int stopped = 0;
    try {
      while (!over && !ended) {
        wait(LOOK_MILLIS);
        boolean lost =
            SparkSessions.opened().map(SparkContext::isStopped).orElse(false)
                && Stream.of(working.getStackTrace())
                    .anyMatch(frame -> WAITING.stream().anyMatch(frame.getClassName()::startsWith));
        stopped = lost ? stopped + 1 : 0;
        if (!over && stopped >= LOOKS) {
          ended = true;
          working.interrupt();
        }
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }
}
