package dev.sigmax.tally;

import dev.sigmax.kernel.rule.Task;
import java.io.Serializable;
import java.util.List;

/**
 * Which rows are counted, and how.
 *
 * @param probabilities how many a row has
 * @param every one of so many rows is counted, a power of two; chosen by what is in the row, so
 *     that the choice is the same wherever the row is scored; 0 for none at all
 * @param thresholds from which probability on a label holds: one for each label of a multilabel
 *     task, one for the yes of a binary task, none for a multiclass task
 */
public record TallyRule(Task task, int probabilities, int every, List<Double> thresholds)
    implements Serializable {
  /** Nothing is counted. */
  public static final TallyRule NONE = new TallyRule(Task.MULTICLASS, 1, 0, List.of());

  /** The key in a footer under which a file says what was counted of its rows. */
  public static final String FOOTER_KEY = "sigmax.tally";

  /** So many probabilities are counted at most: a fifth of a second. */
  private static final long MOST_VALUES = 1 << 23;

  /** Of so many classes each has a count of its own; of more, none. */
  public static final int MOST_CLASSES = 1000;

  private static final int LARGEST_STEP = 1 << 30;

  /** Copies the list. */
  public TallyRule {
    thresholds = List.copyOf(thresholds);
  }

  /** How large the step must be for a run of so many rows to cost next to nothing. */
  public static int stepFor(long rows, int probabilities) {
    int step = 1;
    while (step < LARGEST_STEP && rows / step > MOST_VALUES / probabilities) {
      step *= 2;
    }
    return step;
  }

  /** Whether nothing is counted. */
  public boolean isNone() {
    return every == 0;
  }

  /** Whether each class has a count of its own. */
  boolean byClass() {
    return probabilities <= MOST_CLASSES;
  }

  /** The largest entropy that a row can have, in nats. */
  public double largestEntropy() {
    return task == Task.MULTILABEL
        ? probabilities * StrictMath.log(2)
        : StrictMath.log(probabilities);
  }
}
