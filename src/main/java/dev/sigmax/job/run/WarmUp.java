package dev.sigmax.job.run;

import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.kernel.KernelWarmUp;
import dev.sigmax.kernel.Kernels;
import org.apache.spark.sql.SparkSession;

/**
 * Compiles the kernel on a second core while Spark plans the query, which takes one. In local mode
 * alone: elsewhere the tasks run in other JVMs.
 */
public final class WarmUp {
  /** A run of fewer logits would be over before it had gained what this costs. */
  private static final long FEWEST_LOGITS = 20_000_000;

  /** By then the compiler has what it needs, and the tasks the cores. */
  private static final long MOST_NANOS = 1_500_000_000;

  private WarmUp() {}

  /** Begins, where it pays, and ends by itself. */
  public static void start(SparkSession spark, ScoringPlan plan) {
    long logits = plan.table().rows() * plan.judgedRule().classes();
    if (logits < FEWEST_LOGITS
        || Boolean.getBoolean(Kernels.LITTLE_DATA) // nothing compiles the kernel any further
        || !spark.sparkContext().isLocal()
        || Runtime.getRuntime().availableProcessors() < 2) {
      return;
    }
    long end = System.nanoTime() + MOST_NANOS;
    Thread thread =
        new Thread(
            () ->
                KernelWarmUp.run(
                    plan.judgedRule(), plan.scoresFloats(), () -> System.nanoTime() < end),
            "sigmax-warm-up");
    thread.setDaemon(true);
    thread.start();
  }
}
