package dev.sigmax.kernel.rule;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What becomes of logits before they are scored: logit i of a row is {@code slope[i] * z +
 * offset[i]}, a fused multiply-add, so rounded once, in double. Probabilities are as exact as
 * promised for the calibrated logits; those are within half an ULP of what slopes and offsets say.
 *
 * <p>A calibrated logit beyond the range of doubles is infinite. NaN stays NaN, and an infinite
 * logit stays infinite, with its sign turned where the slope is negative.
 */
public final class Calibration implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Leaves logits as they are. */
  public static final Calibration NONE = new Calibration(new double[0], new double[0]);

  private final double[] slopes;
  private final double[] offsets;

  private Calibration(double[] slopes, double[] offsets) {
    this.slopes = slopes;
    this.offsets = offsets;
  }

  /**
   * A calibration of rows with as many logits as there are slopes.
   *
   * @throws IllegalArgumentException if a slope is zero or not finite, an offset is not finite, or
   *     their numbers differ
   */
  public static Calibration of(double[] slopes, double[] offsets) {
    if (slopes.length != offsets.length || slopes.length == 0) {
      throw new IllegalArgumentException(
          "there are " + slopes.length + " slopes and " + offsets.length + " offsets");
    }
    for (int i = 0; i < slopes.length; i++) {
      if (slopes[i] == 0 || !Double.isFinite(slopes[i]) || !Double.isFinite(offsets[i])) {
        throw new IllegalArgumentException(
            "the slope "
                + slopes[i]
                + " is zero or not finite, or the offset "
                + offsets[i]
                + " is not finite");
      }
    }
    return new Calibration(slopes.clone(), offsets.clone());
  }

  /**
   * The calibration that takes logits times {@code divisor} for what this one takes.
   *
   * @param divisor a power of two, so that nothing is rounded
   */
  public Calibration ofLogitsOver(double divisor) {
    return new Calibration(Arrays.stream(slopes).map(slope -> slope / divisor).toArray(), offsets);
  }

  /** Whether logits stay as they are. */
  public boolean isNone() {
    return slopes.length == 0;
  }

  /** How many logits a row has; 0 where they stay as they are. */
  public int classes() {
    return slopes.length;
  }

  /** What the logit at an index of a row is multiplied by. */
  public double slope(int index) {
    return slopes[index];
  }

  /** What is added to the logit at an index of a row. */
  public double offset(int index) {
    return offsets[index];
  }

  /**
   * Calibrates rows one behind the other.
   *
   * @param logits whole rows, from index 0
   * @param count of the logits, a multiple of {@link #classes()}
   * @param calibrated written from index 0; may be {@code logits} itself
   */
  public void apply(double[] logits, int count, double[] calibrated) {
    for (int row = 0; row < count; row += slopes.length) {
      for (int i = 0; i < slopes.length; i++) {
        calibrated[row + i] = Math.fma(slopes[i], logits[row + i], offsets[i]);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calibration calibration
        && Arrays.equals(slopes, calibration.slopes)
        && Arrays.equals(offsets, calibration.offsets);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(slopes) + Arrays.hashCode(offsets);
  }

  @Override
  public String toString() {
    return isNone() ? "none" : Arrays.toString(slopes) + " z + " + Arrays.toString(offsets);
  }
}
