package dev.sigmax.function;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.RowScorer;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The row scorer of the running thread. Spark calls a static method for each row with the same
 * literal, so the scorer made for it is kept until the literal changes.
 */
final class ThreadScorer {
  private static final ThreadLocal<ThreadScorer> OF_THREAD =
      ThreadLocal.withInitial(ThreadScorer::new);

  private UTF8String literal;
  private RowScorer scorer;

  private ThreadScorer() {}

  /** The scorer for a rule, by its literal; for the running thread alone. */
  static RowScorer of(UTF8String rule) {
    ThreadScorer own = OF_THREAD.get();
    if (!rule.equals(own.literal)) {
      own.scorer = new RowScorer(ScoreArguments.fromLiteral(rule.toString()), Kernels.kernel());
      // The literal may live in a buffer that Spark uses again.
      own.literal = rule.copy();
    }
    return own.scorer;
  }
}
