package dev.sigmax.report.html;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;

/**
 * What the lower and the upper edge of a picture stand for: round numbers around all values.
 *
 * @param largest more than {@code least}
 */
public record Scale(double least, double largest) {
  private static final int STEPS = 4;
  private static final MathContext DIGITS = new MathContext(6);

  /** A scale that begins with 0; values are 0 or more, or NaN where there is none. */
  public static Scale fromZero(DoubleStream values) {
    return around(DoubleStream.concat(DoubleStream.of(0), values));
  }

  /** A scale around values, of which NaN are left out. */
  public static Scale around(DoubleStream values) {
    DoubleSummaryStatistics range = values.filter(Double::isFinite).summaryStatistics();
    if (range.getCount() == 0) {
      return new Scale(0, 1);
    }
    double span = range.getMax() - range.getMin();
    double size = span > 0 ? span : Math.abs(range.getMax());
    double step = step(size > 0 ? size : STEPS);
    double least = Math.floor(range.getMin() / step) * step;
    double largest = Math.ceil(range.getMax() / step) * step;
    return new Scale(least, largest > least ? largest : least + step);
  }

  /** 1, 2 or 5 times a power of ten, some fourth part of a span. */
  private static double step(double span) {
    double power = Math.pow(10, Math.floor(Math.log10(span / STEPS)));
    double times = span / STEPS / power;
    return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
  }

  /** A number of a scale without the digits that arithmetic adds. */
  static String text(double number) {
    return new BigDecimal(number, DIGITS).stripTrailingZeros().toPlainString();
  }
}
