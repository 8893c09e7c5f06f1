package dev.sigmax.kernel;

/**
 * A number of some 104 bits, held as the unevaluated sum {@code high + low} of two doubles. The
 * steps are Dekker's and Knuth's with a fused multiply-add. Not thread-safe.
 */
final class DoubleDouble {
  /** ln 2 in three parts, the first with 42 bits, so that k times it is exact for |k| < 2^11. */
  private static final double LN2_HIGH = Exponential.LN2_HIGH;

  private static final double LN2_MIDDLE = Exponential.LN2_LOW;
  private static final double LN2_LOW = 0x1.f97b57a079a19p-103;

  private static final int HALVINGS = 8;
  private static final int TERMS = 11;

  /** The number, rounded. */
  double high;

  /** What that rounding lost. */
  double low;

  /** Adds another number. */
  void add(double otherHigh, double otherLow) {
    double sum = high + otherHigh;
    double taken = sum - high;
    double lost = (high - (sum - taken)) + (otherHigh - taken);
    double tail = low + otherLow;
    double tailTaken = tail - low;
    double tailLost = (low - (tail - tailTaken)) + (otherLow - tailTaken);
    normalise(sum, lost + tail);
    normalise(high, low + tailLost);
  }

  /** Multiplies by another number. */
  void multiply(double otherHigh, double otherLow) {
    double product = high * otherHigh;
    double lost = Math.fma(high, otherHigh, -product) + (high * otherLow + low * otherHigh);
    normalise(product, lost);
  }

  /** Divides by a whole number below 2^53. */
  private void divide(double divisor) {
    double quotient = high / divisor;
    double rest = Math.fma(-quotient, divisor, high) + low;
    normalise(quotient, rest / divisor);
  }

  /** Takes exp(x), relative error below 2^-98, for |x| ≤ 700. */
  void exponential(double x) {
    double k = Exponential.exponent(x);
    double scale = Exponential.powerOfTwo(k + Exponential.SHIFT);
    high = Math.fma(k, -LN2_HIGH, x);
    low = 0;
    double middle = k * -LN2_MIDDLE;
    add(middle, Math.fma(k, -LN2_MIDDLE, -middle) - k * LN2_LOW);
    double r = high / (1 << HALVINGS);
    double rLow = low / (1 << HALVINGS);
    // exp(r) - 1 = r (1 + r / 2 (1 + r / 3 (…))), so that nothing is lost beside a 1.
    high = 1;
    low = 0;
    for (int n = TERMS; n > 1; n--) {
      multiply(r, rLow);
      divide(n);
      add(1, 0);
    }
    multiply(r, rLow);
    for (int n = 0; n < HALVINGS; n++) {
      // (1 + y)² - 1 = y (2 + y)
      double y = high;
      double yLow = low;
      add(2, 0);
      multiply(y, yLow);
    }
    add(1, 0);
    high *= scale;
    low *= scale;
  }

  private void normalise(double larger, double smaller) {
    high = larger + smaller;
    low = smaller - (high - larger);
  }
}
