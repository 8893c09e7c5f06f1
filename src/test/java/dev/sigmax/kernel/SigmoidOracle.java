package dev.sigmax.kernel;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The correctly rounded float sigmoid, by other means than the kernel's: exp in double-double from
 * a table of exp(j / 256) made with {@link BigDecimal}, Taylor between its points, and where the
 * result is closer than 2^-90 to a tie, the decision in 60 decimal digits. Shares no code with the
 * kernel.
 */
final class SigmoidOracle {
  private static final MathContext DIGITS = new MathContext(60);
  private static final int STEPS = 256;
  private static final int LARGEST = 106;
  private static final double[] TABLE_HIGH = new double[LARGEST * STEPS + 1];
  private static final double[] TABLE_LOW = new double[LARGEST * STEPS + 1];
  private static final double[] INVERSE_FACTORIAL_HIGH = new double[12];
  private static final double[] INVERSE_FACTORIAL_LOW = new double[12];
  private static final double TOO_CLOSE = 0x1p-90;

  static {
    BigDecimal step = exp(BigDecimal.ONE.divide(BigDecimal.valueOf(-STEPS), DIGITS));
    BigDecimal value = BigDecimal.ONE;
    for (int j = 0; j < TABLE_HIGH.length; j++) {
      TABLE_HIGH[j] = value.doubleValue();
      TABLE_LOW[j] = value.subtract(new BigDecimal(TABLE_HIGH[j])).doubleValue();
      value = value.multiply(step, DIGITS);
    }
    BigDecimal factorial = BigDecimal.ONE;
    for (int n = 0; n < INVERSE_FACTORIAL_HIGH.length; n++) {
      factorial = n == 0 ? factorial : factorial.multiply(BigDecimal.valueOf(n));
      BigDecimal inverse = BigDecimal.ONE.divide(factorial, DIGITS);
      INVERSE_FACTORIAL_HIGH[n] = inverse.doubleValue();
      INVERSE_FACTORIAL_LOW[n] =
          inverse.subtract(new BigDecimal(INVERSE_FACTORIAL_HIGH[n])).doubleValue();
    }
  }

  /** exp(-|z|) as high + low. */
  private double high;

  private double low;

  /** How many results needed the 60 digits. */
  long decidedInDigits;

  /** How far from a tie, in ULP of the result, the closest true value was. */
  double closest = 0.5;

  /** The logit of that value. */
  double closestLogit;

  /** σ(x) and σ(-x), correctly rounded, into the array's first two places; x ≥ 0 or NaN. */
  void both(float x, float[] results) {
    if (Float.isNaN(x)) {
      results[0] = Float.NaN;
      results[1] = Float.NaN;
    } else if (x >= LARGEST - 1) {
      // exp(-105) is below 2^-151: nothing of it is left in a float, above or below.
      results[0] = 1;
      results[1] = 0;
    } else {
      exponential(x);
      double h = high;
      double l = low;
      double one = 1 + h;
      double oneLow = (h - (one - 1)) + l;
      // 1 / (one + oneLow), then times (h + l) for the other tail.
      double q = 1 / one;
      double qLow = (Math.fma(-q, one, 1) - q * oneLow) / one;
      double q2Low = qLow + q * secondCorrection(q, qLow, one, oneLow);
      results[0] = round(q, q2Low, x);
      double p = h * q;
      double pLow = Math.fma(h, q, -p) + (h * q2Low + l * q);
      double sum = p + pLow;
      results[1] = round(sum, pLow - (sum - p), -x);
    }
  }

  /** What 1 - (q + qLow)(one + oneLow) still is. */
  private static double secondCorrection(double q, double qLow, double one, double oneLow) {
    double product = q * one;
    double productLow = Math.fma(q, one, -product);
    return ((1 - product) - productLow) - (q * oneLow + qLow * one) - qLow * oneLow;
  }

  private void exponential(double x) {
    int j = (int) Math.rint(x * STEPS);
    double r = (double) j / STEPS - x; // exact; |r| <= 2^-9; exp(-x) = exp(-j / 256) exp(r)
    double tail = INVERSE_FACTORIAL_HIGH[10];
    for (int n = 9; n >= 5; n--) {
      tail = Math.fma(tail, r, INVERSE_FACTORIAL_HIGH[n]);
    }
    double sumHigh = tail;
    double sumLow = 0;
    for (int n = 4; n >= 0; n--) {
      double productHigh = sumHigh * r;
      double productLow = Math.fma(sumHigh, r, -productHigh) + sumLow * r;
      double s = INVERSE_FACTORIAL_HIGH[n] + productHigh;
      sumLow =
          (productHigh - (s - INVERSE_FACTORIAL_HIGH[n])) + (productLow + INVERSE_FACTORIAL_LOW[n]);
      sumHigh = s;
    }
    double product = TABLE_HIGH[j] * sumHigh;
    double rest =
        Math.fma(TABLE_HIGH[j], sumHigh, -product)
            + (TABLE_HIGH[j] * sumLow + TABLE_LOW[j] * sumHigh);
    high = product + rest;
    low = rest - (high - product);
  }

  private float round(double valueHigh, double valueLow, double logit) {
    float nearest = (float) valueHigh;
    double away = valueHigh - nearest;
    double rest = away + valueLow;
    float other = rest >= 0 ? Math.nextUp(nearest) : Math.nextDown(nearest);
    double middle = ((double) nearest + (double) other) / 2;
    double beyond = (valueHigh - middle) + valueLow;
    double ulps = Math.abs(beyond / ((double) other - (double) nearest));
    if (ulps < closest) {
      closest = ulps;
      closestLogit = logit;
    }
    if (Math.abs(beyond) < TOO_CLOSE * valueHigh) {
      decidedInDigits++;
      return inDigits(logit, nearest, other);
    }
    return (beyond > 0) == (other > nearest) ? other : nearest;
  }

  private static float inDigits(double logit, float one, float other) {
    BigDecimal exact =
        BigDecimal.ONE.divide(
            BigDecimal.ONE.add(exp(new BigDecimal(logit).negate()), DIGITS), DIGITS);
    BigDecimal toOne = exact.subtract(new BigDecimal(one)).abs();
    BigDecimal toOther = exact.subtract(new BigDecimal(other)).abs();
    int order = toOne.compareTo(toOther);
    if (order == 0) {
      return (Float.floatToIntBits(one) & 1) == 0 ? one : other;
    }
    return order < 0 ? one : other;
  }

  /** exp by Taylor's series of x / 2^10, squared ten times. */
  private static BigDecimal exp(BigDecimal x) {
    MathContext digits = new MathContext(80);
    BigDecimal r = x.divide(BigDecimal.valueOf(1024), digits);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int n = 1; n < 60; n++) {
      term = term.multiply(r, digits).divide(BigDecimal.valueOf(n), digits);
      sum = sum.add(term, digits);
    }
    for (int n = 0; n < 10; n++) {
      sum = sum.multiply(sum, digits);
    }
    return sum;
  }
}
