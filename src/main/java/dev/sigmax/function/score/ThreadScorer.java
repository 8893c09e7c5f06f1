package dev.sigmax.function.score;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.RowScorer;
import dev.sigmax.kernel.rule.Additions;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.tally.TallyRule;
import java.util.Optional;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The row scorer of the running thread. Spark calls a static method for each row with the same
 * literal, so the scorer made for it is kept until the literal changes.
 */
final class ThreadScorer {
  private static final ThreadLocal<ThreadScorer> OF_THREAD =
      ThreadLocal.withInitial(ThreadScorer::new);

  private UTF8String literal;
  private UTF8String last;
  private RowScorer scorer;
  private Optional<ScoredRowAdditions> additions = Optional.empty();
  private Optional<RowTally> tally = Optional.empty();

  private ThreadScorer() {}

  /** The scorer for a rule, by its literal; for the running thread alone. */
  @SuppressWarnings("ReferenceEquality") // the very object that was compared by its bytes before
  static ThreadScorer of(UTF8String rule) {
    ThreadScorer own = OF_THREAD.get();
    if (rule != own.last && !rule.equals(own.literal)) {
      own.take(rule.toString());
      // The literal may live in a buffer that Spark uses again.
      own.literal = rule.copy();
    }
    own.last = ownsItsBytes(rule) ? rule : null;
    return own;
  }

  /** A literal may name thousands of labels, which are not worth a look for every row. */
  private static boolean ownsItsBytes(UTF8String text) {
    return text.getBaseObject() instanceof byte[] bytes
        && bytes.length == text.numBytes()
        && text.getBaseOffset() == Platform.BYTE_ARRAY_OFFSET;
  }

  private void take(String text) {
    ScoringRule rule = ScoreArguments.fromLiteral(text);
    Additions added = ScoreArguments.additionsFromLiteral(text);
    scorer = new RowScorer(rule, Kernels.kernel());
    additions =
        added.isEmpty() ? Optional.empty() : Optional.of(new ScoredRowAdditions(rule, added));
    TallyRule counted = ScoreArguments.tallyFromLiteral(text);
    tally = counted.isNone() ? Optional.empty() : Optional.of(new RowTally(counted));
  }

  /** The scorer. */
  RowScorer scorer() {
    return scorer;
  }

  /** What counts the rows, where anything does. */
  Optional<RowTally> tally() {
    return tally;
  }

  /** What is added to a row, where anything is. */
  Optional<ScoredRowAdditions> additions() {
    return additions;
  }
}
