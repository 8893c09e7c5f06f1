package dev.sigmax.report.html;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A share of a whole in percent, in as many digits as people read. */
public final class PercentText {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal NEARLY_ALL = new BigDecimal("99.9");
  private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_EVEN);

  private PercentText() {}

  /**
   * One digit behind the point from 1 % on, at most two that count below, and never a power of ten:
   * {@code 12.5 %}, {@code 0.00012 %}. Only all is {@code 100 %}, and only none {@code 0 %}.
   *
   * @param part from 0 to {@code whole}
   * @param whole above 0
   */
  public static String of(long part, long whole) {
    return digits(part, whole) + " %";
  }

  private static String digits(long part, long whole) {
    if (part == 0 || part == whole) {
      return part == 0 ? "0" : "100";
    }
    BigDecimal percent =
        BigDecimal.valueOf(part)
            .multiply(HUNDRED)
            .divide(BigDecimal.valueOf(whole), MathContext.DECIMAL64);
    BigDecimal rounded =
        percent.compareTo(BigDecimal.ONE) < 0
            ? percent.round(TWO_DIGITS)
            : percent.setScale(1, RoundingMode.HALF_EVEN).min(NEARLY_ALL);
    return rounded.toPlainString();
  }
}
