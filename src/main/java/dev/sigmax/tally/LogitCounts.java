package dev.sigmax.tally;

import java.util.Locale;

/** Counts of logits in bins, and how far the finite ones reach. Not thread-safe. */
final class LogitCounts {
  private final long[] bins = new long[Bins.OF_LOGITS];
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /** Counts a logit that is no NaN. */
  void add(double logit) {
    bins[Bins.ofLogit(logit)]++;
    if (Double.isFinite(logit)) {
      reach(logit, logit);
    }
  }

  private void reach(double least, double largest) {
    // Of the two zeros either may have been seen first, and the range must not depend on it.
    min = Math.min(min, least + 0.0);
    max = Math.max(max, largest + 0.0);
  }

  /** Takes in the range of another one; bins are added up with the other bins. */
  void takeRange(LogitCounts other) {
    reach(other.min, other.max);
  }

  /** Logits by bin: the very array, as all counts are added up and read in one place. */
  long[] bins() {
    return bins;
  }

  /** The least finite logit; positive infinity where there is none. */
  double min() {
    return min;
  }

  /** The largest finite logit; negative infinity where there is none. */
  double max() {
    return max;
  }

  /** The range as a text. */
  String range() {
    return String.format(Locale.ROOT, "%s %s", min, max);
  }

  /** Takes a range that {@link #range} wrote. */
  void takeRange(String least, String largest) {
    reach(Double.parseDouble(least), Double.parseDouble(largest));
  }
}
