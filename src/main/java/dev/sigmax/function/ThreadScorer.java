package dev.sigmax.function;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.NonFinite;
import dev.sigmax.kernel.RowScorer;
import dev.sigmax.kernel.ScoringRule;
import dev.sigmax.kernel.Task;
import java.util.Locale;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The row scorer of the running thread. Spark calls a static method for each row with the same
 * literals, so the scorer made for them is kept until the literals change.
 */
final class ThreadScorer {
  private static final ThreadLocal<ThreadScorer> OF_THREAD =
      ThreadLocal.withInitial(ThreadScorer::new);

  private UTF8String task;
  private int classes;
  private double temperature;
  private UTF8String nonFinite;
  private double sumTolerance;
  private RowScorer scorer;

  private ThreadScorer() {}

  /** The scorer for these literals; owned by the running thread. */
  static RowScorer of(
      UTF8String task, int classes, double temperature, UTF8String nonFinite, double sumTolerance) {
    ThreadScorer own = OF_THREAD.get();
    if (!own.fits(task, classes, temperature, nonFinite, sumTolerance)) {
      own.make(task, classes, temperature, nonFinite, sumTolerance);
    }
    return own.scorer;
  }

  private boolean fits(
      UTF8String task, int classes, double temperature, UTF8String nonFinite, double sumTolerance) {
    return scorer != null
        && this.classes == classes
        && Double.compare(this.temperature, temperature) == 0
        && Double.compare(this.sumTolerance, sumTolerance) == 0
        && this.task.equals(task)
        && this.nonFinite.equals(nonFinite);
  }

  private void make(
      UTF8String task, int classes, double temperature, UTF8String nonFinite, double sumTolerance) {
    ScoringRule rule =
        new ScoringRule(
            Task.valueOf(task.toString().toUpperCase(Locale.ROOT)),
            classes,
            temperature,
            NonFinite.valueOf(nonFinite.toString().toUpperCase(Locale.ROOT)),
            sumTolerance);
    this.scorer = new RowScorer(rule, Kernels.kernel());
    // The literals may live in a buffer that Spark uses again.
    this.task = task.copy();
    this.classes = classes;
    this.temperature = temperature;
    this.nonFinite = nonFinite.copy();
    this.sumTolerance = sumTolerance;
  }
}
