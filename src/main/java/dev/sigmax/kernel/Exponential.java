package dev.sigmax.kernel;

/**
 * The exponential of a number that is not positive: the one approximation under everything here.
 *
 * <p>Method: with k the integer nearest to x / ln 2 and r = x - k ln 2 (Cody and Waite's two-part
 * reduction, the first part exact), exp(x) = 2^k (1 + r + r² q(r)), |r| ≤ ln 2 / 2. The
 * coefficients of q come from {@code scripts/constants.py}: with the Qs the polynomial's largest
 * relative error is 2^-59.83, at r = -0.33219; with the Ps, one degree less, 2^-54.74. Every step
 * is an IEEE operation or a fused multiply-add, so any path that takes the same steps gives the
 * same bits.
 */
final class Exponential {
  static final double Q0 = 0x1.0000000000000p-1;
  static final double Q1 = 0x1.5555555555556p-3;
  static final double Q2 = 0x1.5555555555555p-5;
  static final double Q3 = 0x1.11111111109b5p-7;
  static final double Q4 = 0x1.6c16c16c167e2p-10;
  static final double Q5 = 0x1.a01a01a7c2efep-13;
  static final double Q6 = 0x1.a01a01a47a591p-16;
  static final double Q7 = 0x1.71de0db2f6b19p-19;
  static final double Q8 = 0x1.27e4e1f7222cbp-22;
  static final double Q9 = 0x1.af389ecfc4bb6p-26;
  static final double Q10 = 0x1.1f66d948a47e2p-29;

  static final double P0 = 0x1.0000000000000p-1;
  static final double P1 = 0x1.5555555555555p-3;
  static final double P2 = 0x1.5555555554cb8p-5;
  static final double P3 = 0x1.1111111110e6bp-7;
  static final double P4 = 0x1.6c16c1738ecf7p-10;
  static final double P5 = 0x1.a01a01a4b26e2p-13;
  static final double P6 = 0x1.a019c9ab213aap-16;
  static final double P7 = 0x1.71de17e7960e6p-19;
  static final double P8 = 0x1.28803926c8ebbp-22;
  static final double P9 = 0x1.af2360e209be0p-26;

  /** The double nearest to ln 2. */
  static final double LN2 = 0x1.62e42fefa39efp-1;

  /** The first 42 bits of ln 2: its product with a whole number below 2^11 is exact. */
  static final double LN2_HIGH = 0x1.62e42fefa3800p-1;

  static final double LN2_LOW = 0x1.ef35793c76730p-45;
  static final double LOG2_E = 0x1.71547652b82fep+0;

  /**
   * Adding this rounds to a whole number k and leaves k + 1023 in the low bits of the sum: shifted
   * up by {@link #MANTISSA_BITS} they are 2^k.
   */
  static final double SHIFT = 0x1.8p52 + 1023;

  /** As {@link #SHIFT}, with the sign's bit too: its low bits give -2^k. */
  static final double NEGATING_SHIFT = SHIFT + 2048;

  static final long ONE_BITS = Double.doubleToRawLongBits(1.0);
  static final int MANTISSA_BITS = 52;

  /** Below this a float probability is zero, and 2^k is still a normal double. */
  static final double LOWEST_FOR_FLOAT = -700;

  /** Below this a double probability is zero: half the smallest subnormal is exp(-745.13). */
  static final double LOWEST_FOR_DOUBLE = -746;

  private Exponential() {}

  /**
   * 1 / T, or the largest double where that overflows. At T = 1 multiplying by it changes nothing,
   * so no path has to ask whether there is a temperature.
   */
  static double inverse(double temperature) {
    return Math.min(1 / temperature, Double.MAX_VALUE);
  }

  /**
   * exp(x) to within 0.8 ULP, for x in [-700, 0]; below, exp(-700), which is zero as a float.
   *
   * @param x not above 0; NaN gives NaN, -∞ gives exp(-700)
   */
  static double forFloat(double x) {
    double bounded = x < LOWEST_FOR_FLOAT ? LOWEST_FOR_FLOAT : x;
    double shifted = Math.fma(bounded, LOG2_E, SHIFT);
    double k = shifted - SHIFT;
    double r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, bounded));
    return powerOfTwo(shifted) * (1 + Math.fma(r * r, q(r), r));
  }

  /**
   * exp(x) for x in [-700, 0], to be added up and rounded to float: two operations less than {@link
   * #forFloat}. Relative error below 2^-51.6 down to x = -20, 2^-47 at x = -700; below that,
   * exp(-700).
   *
   * @param x not above 0; NaN gives NaN, -∞ gives exp(-700)
   */
  static double forFloatSum(double x) {
    double bounded = x < LOWEST_FOR_FLOAT ? LOWEST_FOR_FLOAT : x;
    double shifted = Math.fma(bounded, LOG2_E, SHIFT);
    double k = shifted - SHIFT;
    double r = Math.fma(k, -LN2, bounded);
    double square = r * r;
    double even = Math.fma(square, P8, P6);
    even = Math.fma(even, square, P4);
    even = Math.fma(even, square, P2);
    even = Math.fma(even, square, P0);
    double odd = Math.fma(square, P9, P7);
    odd = Math.fma(odd, square, P5);
    odd = Math.fma(odd, square, P3);
    odd = Math.fma(odd, square, P1);
    return powerOfTwo(shifted) * (1 + Math.fma(square, Math.fma(odd, r, even), r));
  }

  /** The whole number nearest to x / ln 2, for |x| ≤ 746. */
  static double exponent(double x) {
    return Math.fma(x, LOG2_E, SHIFT) - SHIFT;
  }

  /** x - k ln 2 without its last bits, exact. */
  static double reducedHigh(double x, double k) {
    return Math.fma(k, -LN2_HIGH, x);
  }

  /** What {@link #reducedHigh} leaves out, with the tail of the argument itself. */
  static double reducedLow(double tail, double k) {
    return Math.fma(k, -LN2_LOW, tail);
  }

  /**
   * What is missing from 1 + reducedHigh to be exp(reducedHigh + reducedLow), rounding of that sum
   * included; absolute error below 2^-56.
   */
  static double mantissaLow(double reducedHigh, double reducedLow) {
    double high = 1 + reducedHigh;
    double lost = reducedHigh - (high - 1);
    double r = reducedHigh + reducedLow;
    return lost + Math.fma(r * r, q(r), reducedLow);
  }

  /**
   * 2^k for k + {@link #SHIFT}, -2^k for k + {@link #NEGATING_SHIFT}; k a whole number in [-1022,
   * 1023].
   */
  static double powerOfTwo(double shifted) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(shifted) << MANTISSA_BITS);
  }

  /** The first of two factors that make 2^k, for k down to -1100, where 2^k is no normal number. */
  static double firstHalf(double k) {
    return Math.fma(k, 0.5, SHIFT);
  }

  /** The second factor. */
  static double secondHalf(double k, double firstHalf) {
    return (k - (firstHalf - SHIFT)) + SHIFT;
  }

  /** (exp(r) - 1 - r) / r², even and odd powers apart so that two chains run side by side. */
  static double q(double r) {
    double square = r * r;
    double even = Math.fma(square, Q10, Q8);
    even = Math.fma(even, square, Q6);
    even = Math.fma(even, square, Q4);
    even = Math.fma(even, square, Q2);
    even = Math.fma(even, square, Q0);
    double odd = Math.fma(square, Q9, Q7);
    odd = Math.fma(odd, square, Q5);
    odd = Math.fma(odd, square, Q3);
    odd = Math.fma(odd, square, Q1);
    return Math.fma(odd, r, even);
  }
}
