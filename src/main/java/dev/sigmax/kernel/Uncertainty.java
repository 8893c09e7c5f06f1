package dev.sigmax.kernel;

/**
 * How sure a row is: its margin and its entropy, from the logits, so that what lies in the tails
 * counts. A margin of 1e-20 and an entropy of 1e-20 come out as that, where probabilities in double
 * would give 0.
 *
 * <p>Of classes that exclude each other, with x_i = (z_i - m) / T, m the largest logit, R the sum
 * of exp(x_i) over all but the first of the largest, and S = 1 + R:
 *
 * <ul>
 *   <li>the margin is the largest probability less the second largest, (1 - exp(x_2)) / S
 *   <li>the entropy -Σ p_i log p_i in nats is log(1 + R) + Σ (-x_i) exp(x_i) / S: terms that are
 *       never negative, so none cancels
 * </ul>
 *
 * <p>Of labels that stand alone each is a choice of two classes with the logits 0 and z. The
 * entropy is the sum of theirs; the margin is the least of theirs, tanh(|z| / 2T) of the logit next
 * to 0.
 *
 * <p>Both are within 10 ULP of the truth where they are at least 1e-300; the worst of the
 * references ({@code golden/uncertainty.txt}) is 1.95 ULP. Masked classes, with a logit of -∞, add
 * nothing. The same bits on every machine. Not thread-safe: an instance keeps buffers.
 */
public final class Uncertainty {
  private final Kernel kernel;
  private final double[] carry = new double[1];
  private double[] high = new double[64];
  private double[] low = new double[64];
  private double[] distances = new double[64];
  private double margin;
  private double entropy;

  /** By the arithmetic of {@code kernel}. */
  public Uncertainty(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The last row's margin. */
  public double margin() {
    return margin;
  }

  /** The last row's entropy in nats. */
  public double entropy() {
    return entropy;
  }

  /**
   * Takes a row of classes that exclude each other. A row with NaN or with nothing above -∞ gives
   * NaN; one whose largest logit is +∞ is certain: margin 1, entropy 0.
   *
   * @param logits {@code classes} of them from {@code from} on
   * @param temperature T, positive and finite
   */
  public void ofClasses(double[] logits, int from, int classes, double temperature) {
    int largest = ArgMax.of(logits, from, classes);
    if (largest == ArgMax.NONE || logits[from + largest] == Double.NEGATIVE_INFINITY) {
      undefined();
      return;
    }
    double max = logits[from + largest];
    if (max == Double.POSITIVE_INFINITY) {
      margin = 1;
      entropy = 0;
      return;
    }
    reserve(classes);
    kernel.exponentials(logits, from, classes, max, temperature, high, low);
    high[largest] = 0;
    low[largest] = 0;
    double second = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      double distance = (max - logits[from + i]) / temperature;
      distances[i] = high[i] == 0 ? 0 : distance * high[i];
      second = i == largest ? second : Math.max(second, logits[from + i]);
    }
    double rest = StripedSum.compensated(high, low, 0, classes, carry);
    double sum = 1 + rest;
    margin = Math.abs(StrictMath.expm1((second - max) / temperature)) / sum;
    entropy =
        StrictMath.log1p(rest) + StripedSum.compensated(distances, null, 0, classes, carry) / sum;
  }

  /**
   * Takes a row of labels that stand alone; a single one is a binary task. A row with NaN gives
   * NaN; a label whose logit is infinite is certain.
   *
   * @param logits {@code labels} of them from {@code from} on
   * @param temperature T, positive and finite
   */
  public void ofLabels(double[] logits, int from, int labels, double temperature) {
    reserve(labels);
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < labels; i++) {
      distances[i] = -Math.abs(logits[from + i]);
      nearest = Math.min(nearest, -distances[i]);
    }
    if (Double.isNaN(nearest)) {
      undefined();
      return;
    }
    kernel.exponentials(distances, 0, labels, 0, temperature, high, low);
    for (int i = 0; i < labels; i++) {
      double distance = -distances[i] / temperature;
      distances[i] =
          high[i] == 0 ? 0 : StrictMath.log1p(high[i]) + distance * high[i] / (1 + high[i]);
    }
    entropy = StripedSum.compensated(distances, null, 0, labels, carry);
    // The exponential of the least distance is the largest; at ∞ there is none.
    double half = StrictMath.expm1(-nearest / temperature);
    margin = Math.abs(half) / (2 + half);
  }

  /** Takes a row that has no probabilities: NaN for both. */
  void undefined() {
    margin = Double.NaN;
    entropy = Double.NaN;
  }

  private void reserve(int count) {
    if (high.length < count) {
      int larger = Math.max(count, 2 * high.length);
      high = new double[larger];
      low = new double[larger];
      distances = new double[larger];
    }
  }
}
