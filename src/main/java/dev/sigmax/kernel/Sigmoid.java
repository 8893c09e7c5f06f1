package dev.sigmax.kernel;

/**
 * σ(z / T) = 1 / (1 + exp(-z / T)) of one logit.
 *
 * <p>Evaluated with t = exp(-|z / T|), which never overflows, as 1 / (1 + t) right of zero and t /
 * (1 + t) left of it, so neither tail cancels. NaN gives NaN, +∞ gives 1, -∞ gives 0.
 */
final class Sigmoid {
  /**
   * Up to here a float logit may lie exactly between two float probabilities but for the cubic
   * term, which a double next to 0.5 cannot hold.
   */
  static final double NEAR_ZERO = 0x1p-12;

  /**
   * Within two of this |z| the sum 1 + 2^k is not exact and yet matters; further out what it loses
   * is below 2^-57.
   */
  static final double BAND = 38;

  static final double BAND_WIDTH = 2;

  /** Up to here 2^k and 1 / 2^k are normal doubles. */
  static final double REACH = 700;

  private static final long BELOW_FLOAT = (1L << 29) - 1;
  private static final long FLOAT_TIE = 1L << 28;

  private Sigmoid() {}

  /** Correctly rounded for all floats at T = 1; within 0.5001 ULP at any other temperature. */
  static float ofFloat(float logit, double temperature) {
    return ofScaled(logit * Exponential.inverse(temperature));
  }

  /** σ(z), rounded to float once. */
  static float ofScaled(double z) {
    if (Math.abs(z) < NEAR_ZERO) {
      return nearZero(z);
    }
    double t = Exponential.forFloat(-Math.abs(z));
    // 1 or t by the sign bit: a branch on it would be mispredicted half of the time.
    long left = Double.doubleToRawLongBits(z) >> (Long.SIZE - 1);
    long numerator = (Double.doubleToRawLongBits(t) & left) | (Exponential.ONE_BITS & ~left);
    return (float) (Double.longBitsToDouble(numerator) * (1 / (1 + t)));
  }

  /**
   * σ(z) = 1/2 + z/4 - z³/48 + z⁵/480 - …, |z| &lt; 2^-12. Where the double falls halfway between
   * two floats, the true value lies on the side of 1/2.
   */
  private static float nearZero(double z) {
    double square = z * z;
    double probability = Math.fma(z, Math.fma(square, -1.0 / 48, 0.25), 0.5);
    long bits = Double.doubleToRawLongBits(probability);
    if ((bits & BELOW_FLOAT) == FLOAT_TIE) {
      bits += z > 0 ? -1 : 1;
    }
    return (float) Double.longBitsToDouble(bits);
  }

  /**
   * Within 1 ULP at any temperature; the worst found among 2,000,000 at T = 1 is 0.910 ULP, at
   * -0x1.5d5fdceb1a30ap4.
   */
  static double ofDouble(double logit, double temperature) {
    double inverse = Exponential.inverse(temperature);
    double x = logit * -inverse;
    double tail = Math.fma(x, temperature, logit) * -inverse;
    double magnitude = Math.abs(x);
    boolean near = magnitude < BAND - BAND_WIDTH;
    return near || (magnitude > BAND + BAND_WIDTH && magnitude <= REACH)
        ? withinReach(x, tail)
        : anywhere(-x, -tail);
  }

  /**
   * 1 / (1 + S + S e), S = 2^k and 1 + e = exp(x + tail - k ln 2): one formula for both tails, the
   * rounding of the denominator carried into the quotient. Error below 0.99 ULP: half from the last
   * rounding, 0.47 from those that make e, where 1 + e is √½.
   */
  private static double withinReach(double x, double tail) {
    double shifted = Math.fma(x, Exponential.LOG2_E, Exponential.NEGATING_SHIFT);
    double k = shifted - Exponential.NEGATING_SHIFT;
    double reducedHigh = Exponential.reducedHigh(x, k);
    double reducedLow = Exponential.reducedLow(tail, k);
    double r = reducedHigh + reducedLow;
    double e = reducedHigh + Math.fma(r * r, Exponential.q(r), reducedLow);
    // The denominator with its sign turned, so that no step has to negate.
    double minusScale = Exponential.powerOfTwo(shifted);
    double minusWhole = minusScale - 1;
    double minusDenominator = Math.fma(minusScale, e, minusWhole);
    double minusDenominatorLow = Math.fma(minusScale, e, minusWhole - minusDenominator);
    double inverse = -1 / minusDenominator;
    double error = Math.fma(inverse, minusDenominatorLow, Math.fma(inverse, minusDenominator, 1));
    return Math.fma(error, inverse, inverse);
  }

  /** t / (1 + t) or 1 / (1 + t) with t = exp(-|z + tail|) as a pair of doubles. */
  private static double anywhere(double z, double tail) {
    boolean upper = z >= 0;
    double x = -Math.abs(z);
    double xTail = upper ? -tail : tail;
    if (x < Exponential.LOWEST_FOR_DOUBLE) {
      x = Exponential.LOWEST_FOR_DOUBLE;
      xTail = 0;
    }
    double k = Exponential.exponent(x);
    double reducedHigh = Exponential.reducedHigh(x, k);
    double one = 1 + reducedHigh;
    double rest = Exponential.mantissaLow(reducedHigh, Exponential.reducedLow(xTail, k));
    double high = one + rest;
    double low = rest - (high - one);

    double normal = Exponential.powerOfTwo((k < -1000 ? -1000 : k) + Exponential.SHIFT);
    double t = high * normal;
    double denominator = 1 + t;
    double denominatorLow = Math.fma(low, normal, t - (denominator - 1));
    double inverse = 1 / denominator;

    double numerator = upper ? 1 : high;
    double numeratorLow = upper ? 0 : low;
    double quotient = numerator * inverse;
    double remainder =
        Math.fma(-quotient, denominator, numerator)
            + Math.fma(-quotient, denominatorLow, numeratorLow);
    double probability = Math.fma(remainder, inverse, quotient);
    double exponent = upper ? 0 : k;
    double first = Exponential.firstHalf(exponent);
    double second = Exponential.secondHalf(exponent, first);
    return probability * Exponential.powerOfTwo(first) * Exponential.powerOfTwo(second);
  }
}
