package dev.sigmax.kernel;

import java.util.Arrays;

/**
 * The logarithms that belong to {@link Softmax}: log-softmax, log-sum-exp, and categorical
 * cross-entropy from the logits.
 *
 * <p>With m the largest logit and R the sum of exp(z_j - m) over all but the first of the largest,
 * -log softmax_i = (m - z_i) + log(1 + R): two terms that are never negative, so none cancels.
 * log-sum-exp, m + log(1 + R), does cancel where the probabilities that the logits are the
 * logarithms of sum to nearly 1; there {@link LogOfSumNearOne} takes over. Everything is carried as
 * pairs of doubles until the last rounding. The same bits on every machine.
 *
 * <p>Not thread-safe: an instance keeps the buffers for a row.
 */
public final class LogSoftmax {
  /** Nearer to zero than this, m + log(1 + R) has lost more to cancellation than is promised. */
  private static final double CANCELLED = 0.25;

  private final Kernel kernel;
  private final double[] carry = new double[1];
  private final PairedLogarithm logarithm = new PairedLogarithm();
  private double[] high = new double[64];
  private double[] low = new double[64];
  private double[] wide = new double[64];
  private double max;

  /** The family by the arithmetic of {@code kernel}. */
  public LogSoftmax(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * The logarithm of each probability of a row, each within 2 ULP, at most 0; the worst of the
   * references is 0.62 ULP. A logit of -∞ gives -∞; a row with NaN or +∞, or with nothing above -∞,
   * gives all NaN.
   *
   * @param logits {@code classes} of them from {@code logitsFrom} on
   * @param results written from {@code resultsFrom} on; may be {@code logits} itself at the same
   *     offset
   */
  public void logSoftmax(
      double[] logits, int logitsFrom, int classes, double[] results, int resultsFrom) {
    boolean defined = takeLogarithm(logits, logitsFrom, classes);
    for (int i = 0; i < classes; i++) {
      results[resultsFrom + i] = defined ? -cost(logits[logitsFrom + i]) : Double.NaN;
    }
  }

  /** As the double form, each rounded to float once: within 0.5001 ULP. */
  public void logSoftmax(
      float[] logits, int logitsFrom, int classes, float[] results, int resultsFrom) {
    boolean defined = takeLogarithm(widened(logits, logitsFrom, classes), 0, classes);
    for (int i = 0; i < classes; i++) {
      results[resultsFrom + i] = defined ? (float) -cost(wide[i]) : Float.NaN;
    }
  }

  /**
   * log Σ exp(z_j), within 2 ULP; the worst of the references is 0.98. A row with NaN gives NaN,
   * else one with +∞ gives +∞; an empty row and one with nothing above -∞ give -∞.
   */
  public double logSumExp(double[] logits, int from, int classes) {
    if (takeLogarithm(logits, from, classes)) {
      double sum = max + logarithm.high;
      if (logarithm.high > 0 && max < 0 && Math.abs(sum) < CANCELLED) {
        return LogOfSumNearOne.of(logits, from, classes);
      }
      double taken = sum - max;
      double lost = (max - (sum - taken)) + (logarithm.high - taken);
      return sum + (lost + logarithm.low);
    }
    for (int i = from; i < from + classes; i++) {
      if (Double.isNaN(logits[i])) {
        return Double.NaN;
      }
    }
    return max;
  }

  /** As the double form, rounded to float once: within 0.5001 ULP. */
  public float logSumExp(float[] logits, int from, int classes) {
    return (float) logSumExp(widened(logits, from, classes), 0, classes);
  }

  /**
   * -log softmax of the class that holds: what that class costs. Within 2 ULP, never negative; +∞
   * for a logit of -∞, NaN for a row that has no probabilities.
   *
   * @param label the class's index in the row
   * @throws IllegalArgumentException where the row has no such class
   */
  public double crossEntropy(double[] logits, int from, int classes, int label) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "the label is " + label + ", but the row has " + classes + " classes, counted from 0");
    }
    return takeLogarithm(logits, from, classes) ? cost(logits[from + label]) : Double.NaN;
  }

  /** As the double form, rounded to float once: within 0.5001 ULP. */
  public float crossEntropy(float[] logits, int from, int classes, int label) {
    return (float) crossEntropy(widened(logits, from, classes), 0, classes, label);
  }

  /** Takes m and log(1 + R); false where the row has no probabilities. */
  private boolean takeLogarithm(double[] logits, int from, int classes) {
    reserve(classes);
    int largest = ArgMax.of(logits, from, classes);
    max = largest == ArgMax.NONE ? Double.NEGATIVE_INFINITY : logits[from + largest];
    if (Double.isInfinite(max)) {
      return false;
    }
    kernel.exponentials(logits, from, classes, max, 1, high, low);
    high[largest] = 0;
    low[largest] = 0;
    double rest = StripedSum.compensated(high, low, 0, classes, carry);
    logarithm.ofOnePlus(rest, carry[0]);
    return true;
  }

  /** (m - z) + log(1 + R). */
  private double cost(double logit) {
    double difference = max - logit;
    if (difference == Double.POSITIVE_INFINITY) {
      return difference;
    }
    double back = difference - max;
    double differenceLow = (max - (difference - back)) - (logit + back);
    double sum = difference + logarithm.high;
    double taken = sum - difference;
    double lost = (difference - (sum - taken)) + (logarithm.high - taken);
    return sum + (lost + (differenceLow + logarithm.low));
  }

  private double[] widened(float[] logits, int from, int classes) {
    if (wide.length < classes) {
      wide = new double[Math.max(classes, 2 * wide.length)];
    }
    for (int i = 0; i < classes; i++) {
      wide[i] = logits[from + i];
    }
    return wide;
  }

  private void reserve(int classes) {
    if (high.length < classes) {
      high = Arrays.copyOf(high, Math.max(classes, 2 * high.length));
      low = Arrays.copyOf(low, high.length);
    }
  }
}
