package dev.sigmax.kernel;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * log Σ exp(z_j) where the sum lies near 1, so that its logarithm is whatever the sum's distance
 * from 1 is: the usual way, m + log(1 + R), would subtract two equal numbers. This is so wherever
 * logits are logarithms of probabilities already.
 *
 * <p>Method: D = Σ exp(z_j) - 1 with exponentials of two doubles (some 100 bits), then log(1 + D).
 * Where even they leave D too few bits, D is taken in 50 digits, or in twice as many until enough
 * are left: some 10 microseconds a class.
 */
final class LogOfSumNearOne {
  /**
   * The exponentials' own error is below 2^-98; a D above this has 53 bits that are right, for as
   * many terms as an array holds.
   */
  private static final double TOO_SMALL = 0x1p-36;

  /** Beyond this an exponential is lost in any number of digits that is ever taken. */
  private static final double LOWEST = -2000;

  private static final int FEWEST_DIGITS = 50;
  private static final int NEEDED_DIGITS = 25;
  private static final int HALVINGS = 10;

  private LogOfSumNearOne() {}

  /**
   * log Σ exp(z_j), within 2 ULP.
   *
   * @param logits finite or -∞, all below 0, their sum of exponentials between 0.5 and 1.5, but not
   *     1
   */
  static double of(double[] logits, int from, int count) {
    DoubleDouble sum = new DoubleDouble();
    DoubleDouble exponential = new DoubleDouble();
    sum.add(-1, 0);
    for (int i = from; i < from + count; i++) {
      if (logits[i] > Exponential.LOWEST_FOR_FLOAT) {
        exponential.exponential(logits[i]);
        sum.add(exponential.high, exponential.low);
      }
    }
    if (Math.abs(sum.high) < TOO_SMALL) {
      return inDigits(logits, from, count);
    }
    return logOfOnePlus(sum.high, sum.low);
  }

  /** log(1 + d + dLow): fdlibm's logarithm, and its derivative for what d lacks. */
  private static double logOfOnePlus(double d, double dLow) {
    return StrictMath.log1p(d) + dLow / (1 + d);
  }

  /** In so many digits that {@link #NEEDED_DIGITS} of the difference are left. */
  private static double inDigits(double[] logits, int from, int count) {
    for (int digits = FEWEST_DIGITS; ; digits *= 2) {
      MathContext context = new MathContext(digits);
      BigDecimal difference = BigDecimal.ONE.negate();
      for (int i = from; i < from + count; i++) {
        if (logits[i] > LOWEST) {
          difference = difference.add(exponential(new BigDecimal(logits[i]), context));
        }
      }
      if (decimalExponent(difference) > NEEDED_DIGITS - digits) {
        return logOfOnePlus(difference, context);
      }
    }
  }

  /** d - d²/2 + d³/3: below 2^-36 the next term is below 2^-108 of the first. */
  private static double logOfOnePlus(BigDecimal d, MathContext context) {
    BigDecimal square = d.multiply(d, context);
    BigDecimal cube = square.multiply(d, context);
    return d.subtract(square.divide(BigDecimal.valueOf(2), context))
        .add(cube.divide(BigDecimal.valueOf(3), context))
        .doubleValue();
  }

  /** Taylor's series of x / 2^10, squared ten times. */
  private static BigDecimal exponential(BigDecimal x, MathContext context) {
    BigDecimal r = x.divide(BigDecimal.valueOf(1L << HALVINGS), context);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = r;
    for (int n = 2; decimalExponent(term) > -context.getPrecision(); n++) {
      sum = sum.add(term, context);
      term = term.multiply(r, context).divide(BigDecimal.valueOf(n), context);
    }
    for (int n = 0; n < HALVINGS; n++) {
      sum = sum.multiply(sum, context);
    }
    return sum;
  }

  private static int decimalExponent(BigDecimal number) {
    return number.signum() == 0 ? Integer.MIN_VALUE : number.precision() - number.scale();
  }
}
