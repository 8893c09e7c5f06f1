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

  /** How many bins the probabilities of a class have, narrow at both ends of [0, 1]. */
  public static final int OF_PROBABILITIES = 16;

  /** How many bins logits have, half of them below 0. */
  public static final int OF_LOGITS = 32;

  /** Probabilities below this power of two share a bin, and so do those as near to 1. */
  private static final int LEAST_PROBABILITY = -8;

  private static final int MAGNITUDES = OF_LOGITS / 2;

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

  /**
   * The bin of the probability of one class. The bins of the probabilities below 1/2 end at the
   * powers of two from 2^-8 up, those above lie as in a mirror.
   */
  static int ofProbability(double p) {
    double fromAnEnd = p < 0.5 ? p : 1 - p;
    int exponent = Math.max(LEAST_PROBABILITY - 1, Math.min(-2, Math.getExponent(fromAnEnd)));
    int bin = exponent - LEAST_PROBABILITY + 1;
    return p < 0.5 ? bin : OF_PROBABILITIES - 1 - bin;
  }

  /** The lower end of a bin of probabilities of one class. */
  public static double startOfProbability(int bin) {
    if (bin == 0) {
      return 0;
    }
    int half = OF_PROBABILITIES / 2;
    return bin <= half
        ? Math.scalb(1.0, LEAST_PROBABILITY + bin - 1)
        : 1 - Math.scalb(1.0, LEAST_PROBABILITY + OF_PROBABILITIES - bin - 1);
  }

  /**
   * The bin of a logit that is no NaN. The bins of the logits from 0 up end at 0.5, 0.75, 1, 1.5,
   * 2, 3, 4, 6 and so on to 64, those of the others lie as in a mirror.
   */
  static int ofLogit(double logit) {
    int magnitude = magnitude(Math.abs(logit));
    return logit < 0 ? MAGNITUDES - 1 - magnitude : MAGNITUDES + magnitude;
  }

  private static int magnitude(double size) {
    if (size < 0.5) {
      return 0;
    }
    int exponent = Math.getExponent(size);
    int upperHalf = size >= 1.5 * Math.scalb(1.0, Math.min(exponent, OF_LOGITS)) ? 1 : 0;
    return Math.min(MAGNITUDES - 1, 2 * (exponent + 1) + 1 + upperHalf);
  }

  /** The lower end of a bin of logits; negative infinity for the first. */
  public static double startOfLogit(int bin) {
    if (bin < MAGNITUDES) {
      return bin == 0 ? Double.NEGATIVE_INFINITY : -startOfMagnitude(MAGNITUDES - bin);
    }
    return startOfMagnitude(bin - MAGNITUDES);
  }

  private static double startOfMagnitude(int magnitude) {
    return magnitude == 0 ? 0 : Math.scalb(magnitude % 2 == 1 ? 1.0 : 1.5, (magnitude - 1) / 2 - 1);
  }
}
