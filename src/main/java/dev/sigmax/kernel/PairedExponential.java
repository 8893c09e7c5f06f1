package dev.sigmax.kernel;

/**
 * exp(x + tail) for x ≤ 0 as an unevaluated sum {@code high + low}: within 2^-55 of the truth,
 * relative, where it is a normal number. Method: {@link Exponential}'s, the last addition left
 * open. Not thread-safe.
 */
final class PairedExponential {
  /** The exponential, rounded. */
  double high;

  /** What that rounding lost. */
  double low;

  /**
   * Takes exp(x + tail). NaN gives NaN, -∞ gives 0.
   *
   * @param x not above 0
   * @param tail what x lacks; at most half an ULP of x
   */
  void of(double x, double tail) {
    boolean gone = x < Exponential.LOWEST_FOR_DOUBLE;
    double bounded = gone ? Exponential.LOWEST_FOR_DOUBLE : x;
    double k = Exponential.exponent(bounded);
    double reducedHigh = Exponential.reducedHigh(bounded, k);
    double one = 1 + reducedHigh;
    double rest = Exponential.mantissaLow(reducedHigh, Exponential.reducedLow(gone ? 0 : tail, k));
    double mantissa = one + rest;
    double mantissaLow = rest - (mantissa - one);
    double first = Exponential.firstHalf(k);
    double scale = Exponential.powerOfTwo(first);
    double scaleAgain = Exponential.powerOfTwo(Exponential.secondHalf(k, first));
    high = mantissa * scale * scaleAgain;
    low = mantissaLow * scale * scaleAgain;
  }
}
