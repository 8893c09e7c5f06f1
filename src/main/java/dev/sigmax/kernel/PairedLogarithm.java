package dev.sigmax.kernel;

/**
 * log(1 + u) for u ≥ 0 as an unevaluated sum {@code high + low}, within 2^-54 of the truth,
 * relative.
 *
 * <p>Method: fdlibm's log1p ({@link StrictMath}, the same bits on every machine) to one ULP, then
 * one step of Newton's method, y + ((1 + u) / exp(y) - 1), with exp(y) as a pair. Not thread-safe.
 */
final class PairedLogarithm {
  /** The logarithm, rounded. */
  double high;

  /** What that rounding lost. */
  double low;

  /**
   * Takes log(1 + u + uLow); +∞ gives +∞, NaN gives NaN.
   *
   * @param u at least 0, up to 2^1000
   * @param uLow what u lacks; at most half an ULP of u
   */
  void ofOnePlus(double u, double uLow) {
    double first = StrictMath.log1p(u);
    if (first == 0 || !(first < Double.POSITIVE_INFINITY)) {
      high = first;
      low = 0;
      return;
    }
    double k = Exponential.exponent(first);
    double scale = Exponential.powerOfTwo(k + Exponential.SHIFT);
    double reducedHigh = Exponential.reducedHigh(first, k);
    double reducedLow = Exponential.reducedLow(0, k);
    double r = reducedHigh + reducedLow;
    double rest = Math.fma(r * r, Exponential.q(r), reducedLow);
    // (1 + u) - 2^k (1 + reducedHigh + rest), the large parts first: those differences are exact.
    double sum = 1 + u;
    double bigger = Math.max(u, 1);
    double sumLow = (Math.min(u, 1) - (sum - bigger)) + uLow;
    double difference = ((sum - scale) - scale * reducedHigh) + (sumLow - scale * rest);
    double step = difference / sum;
    high = first + step;
    low = step - (high - first);
  }
}
