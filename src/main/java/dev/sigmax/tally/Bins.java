package dev.sigmax.tally;

/**
 * The bins of all counts. Their edges are powers of two or multiples of one, so that the leading
 * bits of a number tell its bin, exactly and everywhere alike.
 */
public final class Bins {
  /** How many equal bins [0, 1] has. */
  public static final int OF_SHARES = 64;

  /** The bin of the deviations that are 0. */
  public static final int NO_DEVIATION = 0;

  /** Deviations below this power of two share a bin. */
  public static final int LEAST_EXPONENT = -60;

  /** Deviations from this power of two on share a bin. */
  public static final int LARGEST_EXPONENT = 0;

  /** How many bins deviations have: one of 0, and one for each power of two. */
  public static final int OF_DEVIATIONS = LARGEST_EXPONENT - LEAST_EXPONENT + 2;

  private Bins() {}

  /** The bin of a number in [0, 1]; 1 is in the last one. */
  static int ofShare(double share) {
    return Math.max(0, Math.min(OF_SHARES - 1, (int) (share * OF_SHARES)));
  }

  /** The bin of a deviation, 0 or more. */
  static int ofDeviation(double deviation) {
    if (deviation == 0) {
      return NO_DEVIATION;
    }
    int exponent =
        Math.max(LEAST_EXPONENT, Math.min(LARGEST_EXPONENT, Math.getExponent(deviation)));
    return exponent - LEAST_EXPONENT + 1;
  }
}
