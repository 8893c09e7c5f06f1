package dev.sigmax.kernel;

/** Which class has the largest logit: the decision that softmax would lead to. */
public final class ArgMax {
  /** What a row gives that has no largest logit. */
  public static final int NONE = -1;

  private ArgMax() {}

  /**
   * The index of the largest of {@code count} logits, counted from {@code from}; the first where
   * several are equal. ±∞ compare as numbers do.
   *
   * @return {@link #NONE} for an empty row and for one with a NaN
   */
  public static int of(double[] logits, int from, int count) {
    int largest = NONE;
    for (int i = 0; i < count; i++) {
      double logit = logits[from + i];
      if (Double.isNaN(logit)) {
        return NONE;
      }
      if (largest == NONE || logit > logits[from + largest]) {
        largest = i;
      }
    }
    return largest;
  }

  /** As the double form. */
  public static int of(float[] logits, int from, int count) {
    int largest = NONE;
    for (int i = 0; i < count; i++) {
      float logit = logits[from + i];
      if (Float.isNaN(logit)) {
        return NONE;
      }
      if (largest == NONE || logit > logits[from + largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
