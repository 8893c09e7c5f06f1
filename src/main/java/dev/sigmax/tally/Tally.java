package dev.sigmax.tally;

import dev.sigmax.kernel.rule.Task;

/** Counts good rows, one at a time. Not thread-safe. */
public final class Tally {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final TallyRule rule;
  private final int classes;
  private final double[] thresholds;
  private TallyCounts counts;

  public Tally(TallyRule rule) {
    this.rule = rule;
    this.classes = rule.byClass() ? rule.probabilities() : 0;
    this.thresholds = rule.thresholds().stream().mapToDouble(Double::doubleValue).toArray();
    this.counts = TallyCounts.none(rule);
  }

  /** Whether a row is among those that are counted, by three of its probabilities and its sum. */
  public boolean wants(double first, double middle, double last, double rowSum) {
    if (rule.every() == 1) {
      return true;
    }
    long mixed = mix(mix(mix(mix(0, first), middle), last), rowSum);
    return ((mixed ^ (mixed >>> Integer.SIZE)) & (rule.every() - 1)) == 0;
  }

  private static long mix(long hash, double value) {
    long mixed = (hash ^ Double.doubleToLongBits(value)) * MULTIPLIER;
    return mixed ^ (mixed >>> 29);
  }

  /**
   * Counts a row that is wanted.
   *
   * @param logits none of them NaN unless the row's sum is; as many as {@code count}, or more
   */
  public void add(double[] row, double rowSum, double[] logits, int count) {
    if (Double.isNaN(rowSum)) {
      counts.nanRow();
      return;
    }
    for (int i = 0; i < count; i++) {
      counts.logit(logits[i]);
    }
    int best = 0;
    double second = 0;
    double nearest = 1;
    double entropy = 0;
    int zeros = 0;
    int ones = 0;
    boolean alone = rule.task() == Task.MULTILABEL;
    for (int i = 0; i < rule.probabilities(); i++) {
      double p = row[i];
      zeros += p == 0 ? 1 : 0;
      ones += p == 1 ? 1 : 0;
      entropy += term(p) + (alone ? term(1 - p) : 0);
      if (alone) {
        nearest = Math.min(nearest, Math.abs(2 * p - 1));
      }
      if (i > 0 && p > row[best]) {
        second = row[best];
        best = i;
      } else if (i > 0) {
        second = Math.max(second, p);
      }
      if (classes > 0) {
        counts.probability(i, p);
        if (alone && p >= thresholds[i]) {
          counts.predicted(i);
        }
      }
    }
    if (classes > 0 && !alone) {
      counts.predicted(rule.task() == Task.BINARY ? (row[1] >= thresholds[0] ? 1 : 0) : best);
    }
    counts.saturated(zeros, ones);
    counts.row(
        row[best],
        Bins.ofShare(alone ? nearest : row[best] - second),
        Bins.ofShare(entropy / rule.largestEntropy()),
        Bins.ofDeviation(Math.abs(rowSum - 1)));
  }

  /** -p log p, the same bits on every machine. */
  private static double term(double p) {
    return p > 0 && p < 1 ? -p * StrictMath.log(p) : 0;
  }

  /** What was counted since the last time that this was asked. */
  public TallyCounts drain() {
    TallyCounts drained = counts;
    counts = TallyCounts.none(rule);
    return drained;
  }
}
