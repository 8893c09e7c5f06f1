package dev.sigmax.tally;

import java.io.Serializable;

/**
 * The sum of doubles without an error: whatever the order of the terms, and however they are spread
 * over sums that are merged later, {@link #value()} is the true sum, rounded once.
 *
 * <p>A fixed-point number from 2^-1088 up, in digits of 32 bits that are kept where the terms lie.
 * Not thread-safe.
 */
public final class ExactSum implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int DIGIT = 32;
  private static final long MASK = (1L << DIGIT) - 1;

  /** The exponent of the lowest bit; a multiple of {@link #DIGIT} below the least subnormal's. */
  private static final int LOWEST = -1088;

  /** As many terms below 2^32 fit into a digit beside what a carry left there. */
  private static final int MOST_TERMS = 1 << 30;

  private static final int EXPONENT_BIAS = 1075;
  private static final int MANTISSA_BITS = 52;

  private long[] digits = new long[0];
  private int first;
  private int terms;
  private boolean plusInfinity;
  private boolean minusInfinity;
  private boolean nan;

  /** The sum of nothing: 0. */
  public ExactSum() {}

  /** Adds a term. NaN, and +∞ beside -∞, make the sum NaN; an infinity makes it infinite. */
  public void add(double term) {
    if (!Double.isFinite(term)) {
      plusInfinity |= term == Double.POSITIVE_INFINITY;
      minusInfinity |= term == Double.NEGATIVE_INFINITY;
      nan |= Double.isNaN(term);
      return;
    }
    long bits = Double.doubleToRawLongBits(term);
    int exponent = (int) (bits >>> MANTISSA_BITS) & 0x7ff;
    long mantissa = bits & ((1L << MANTISSA_BITS) - 1);
    if (exponent == 0) {
      exponent = 1;
    } else {
      mantissa |= 1L << MANTISSA_BITS;
    }
    if (mantissa == 0) {
      return;
    }
    int place = exponent - EXPONENT_BIAS - LOWEST;
    int offset = place & (DIGIT - 1);
    long rest = mantissa >>> (DIGIT - offset);
    addDigits(
        place / DIGIT, (mantissa << offset) & MASK, rest & MASK, rest >>> DIGIT, bits < 0 ? -1 : 1);
  }

  /**
   * Adds {@code a * b} with what its rounding loses; exact unless the product's last bits lie below
   * 2^-1074.
   */
  public void addProduct(double a, double b) {
    double product = a * b;
    add(product);
    if (Double.isFinite(product)) {
      add(Math.fma(a, b, -product));
    }
  }

  /** Adds another sum, which stays as it is. */
  public void add(ExactSum other) {
    add(other, 1);
  }

  /** Takes another sum away, which stays as it is. */
  public void subtract(ExactSum other) {
    add(other, -1);
  }

  private void add(ExactSum other, int sign) {
    plusInfinity |= sign > 0 ? other.plusInfinity : other.minusInfinity;
    minusInfinity |= sign > 0 ? other.minusInfinity : other.plusInfinity;
    nan |= other.nan;
    if (other.digits.length == 0) {
      return;
    }
    other.carry();
    carry();
    cover(other.first, other.first + other.digits.length);
    for (int i = 0; i < other.digits.length; i++) {
      digits[other.first + i - first] += sign * other.digits[i];
    }
    terms++;
  }

  /** A sum of its own with the same value. */
  public ExactSum copy() {
    ExactSum copy = new ExactSum();
    copy.add(this);
    return copy;
  }

  /** The sum, rounded to the nearest double, ties to even. Of no terms 0. */
  public double value() {
    if (nan || (plusInfinity && minusInfinity)) {
      return Double.NaN;
    }
    if (plusInfinity || minusInfinity) {
      return plusInfinity ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    carry();
    boolean negative = digits.length > 0 && digits[digits.length - 1] < 0;
    double magnitude = magnitude(negative ? negated() : digits);
    return negative ? -magnitude : magnitude;
  }

  private double magnitude(long[] magnitude) {
    int top = magnitude.length - 1;
    while (top >= 0 && magnitude[top] == 0) {
      top--;
    }
    if (top < 0) {
      return 0;
    }
    // The 64 bits from the first one on; the last of them stands for all below.
    int zeros = Long.numberOfLeadingZeros(magnitude[top]) - DIGIT;
    long third = digitAt(magnitude, top - 2);
    long bits = ((magnitude[top] << DIGIT) | digitAt(magnitude, top - 1)) << zeros;
    bits |= third >>> (DIGIT - zeros);
    boolean more = ((third << zeros) & MASK) != 0;
    for (int i = top - 3; i >= 0 && !more; i--) {
      more = magnitude[i] != 0;
    }
    long rounded = (bits >>> 1) | (bits & 1) | (more ? 1 : 0);
    return Math.scalb((double) rounded, (first + top - 1) * DIGIT + LOWEST - zeros + 1);
  }

  private static long digitAt(long[] magnitude, int i) {
    return i < 0 ? 0 : magnitude[i];
  }

  private long[] negated() {
    long[] negated = new long[digits.length];
    long carry = 0;
    for (int i = 0; i < digits.length; i++) {
      long digit = carry - digits[i];
      negated[i] = digit & MASK;
      carry = digit >> DIGIT;
    }
    return negated;
  }

  private void addDigits(int at, long low, long middle, long high, int sign) {
    if (terms >= MOST_TERMS) {
      carry();
    }
    terms++;
    cover(at, at + 3);
    digits[at - first] += sign * low;
    digits[at + 1 - first] += sign * middle;
    digits[at + 2 - first] += sign * high;
  }

  /** Brings every digit but the last, which has the sign, into [0, 2^32). */
  private void carry() {
    if (terms == 0) {
      return;
    }
    terms = 0;
    int end = first + digits.length;
    if (Math.abs(digits[digits.length - 1]) > MASK >>> 2) {
      cover(first, end + 2);
    }
    long carry = 0;
    for (int i = 0; i < digits.length - 1; i++) {
      long digit = digits[i] + carry;
      digits[i] = digit & MASK;
      carry = digit >> DIGIT;
    }
    digits[digits.length - 1] += carry;
  }

  private void cover(int from, int to) {
    if (digits.length == 0) {
      first = from;
      digits = new long[to - from];
    } else if (from < first || to > first + digits.length) {
      int newFirst = Math.min(from, first);
      long[] wider = new long[Math.max(to, first + digits.length) - newFirst];
      System.arraycopy(digits, 0, wider, first - newFirst, digits.length);
      // What was the last digit may be negative; the carry takes that up.
      terms++;
      first = newFirst;
      digits = wider;
    }
  }
}
