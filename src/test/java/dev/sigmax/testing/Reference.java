package dev.sigmax.testing;

import java.math.BigDecimal;
import java.math.MathContext;

/** Sigmoid and softmax in 60 digits, by Taylor's series: no code in common with the kernel. */
public final class Reference {
  private static final MathContext DIGITS = new MathContext(80);
  private static final int HALVINGS = 12;
  private static final int TERMS = 40;

  private Reference() {}

  /** The softmax of finite logits. */
  public static BigDecimal[] softmax(double... logits) {
    BigDecimal[] exponentials = new BigDecimal[logits.length];
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < logits.length; i++) {
      exponentials[i] = exp(new BigDecimal(logits[i]));
      sum = sum.add(exponentials[i]);
    }
    for (int i = 0; i < logits.length; i++) {
      exponentials[i] = exponentials[i].divide(sum, DIGITS);
    }
    return exponentials;
  }

  /** The sigmoid of a finite logit. */
  public static BigDecimal sigmoid(double logit) {
    return BigDecimal.ONE.divide(BigDecimal.ONE.add(exp(new BigDecimal(logit).negate())), DIGITS);
  }

  /** How far {@code actual} is from {@code expected}, in ULP of the double nearest to it. */
  public static double ulps(BigDecimal expected, double actual) {
    return new BigDecimal(actual).subtract(expected).abs().doubleValue()
        / Math.ulp(expected.doubleValue());
  }

  private static BigDecimal exp(BigDecimal x) {
    BigDecimal r = x.divide(BigDecimal.valueOf(1L << HALVINGS), DIGITS);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int n = 1; n < TERMS; n++) {
      term = term.multiply(r, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int n = 0; n < HALVINGS; n++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }
}
