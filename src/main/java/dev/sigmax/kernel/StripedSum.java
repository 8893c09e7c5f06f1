package dev.sigmax.kernel;

/**
 * Sums whose order of additions is fixed by the index alone: term i goes to stripe i mod 8, and the
 * eight stripes are added as a balanced tree. So the bits do not depend on who adds.
 */
final class StripedSum {
  static final int STRIPES = 8;

  private StripedSum() {}

  /** Σ terms in plain double arithmetic; relative error at most (count / 8 + 3) 2^-53. */
  static double of(double[] terms, int count) {
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    int whole = count & -STRIPES;
    for (int i = 0; i < whole; i += STRIPES) {
      s0 += terms[i];
      s1 += terms[i + 1];
      s2 += terms[i + 2];
      s3 += terms[i + 3];
      s4 += terms[i + 4];
      s5 += terms[i + 5];
      s6 += terms[i + 6];
      s7 += terms[i + 7];
    }
    int rest = count - whole;
    s0 = rest > 0 ? s0 + terms[whole] : s0;
    s1 = rest > 1 ? s1 + terms[whole + 1] : s1;
    s2 = rest > 2 ? s2 + terms[whole + 2] : s2;
    s3 = rest > 3 ? s3 + terms[whole + 3] : s3;
    s4 = rest > 4 ? s4 + terms[whole + 4] : s4;
    s5 = rest > 5 ? s5 + terms[whole + 5] : s5;
    s6 = rest > 6 ? s6 + terms[whole + 6] : s6;
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  /** Σ of float terms from an offset, as {@link #of(double[], int)}. */
  static double of(float[] terms, int from, int count) {
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    int whole = from + (count & -STRIPES);
    for (int i = from; i < whole; i += STRIPES) {
      s0 += terms[i];
      s1 += terms[i + 1];
      s2 += terms[i + 2];
      s3 += terms[i + 3];
      s4 += terms[i + 4];
      s5 += terms[i + 5];
      s6 += terms[i + 6];
      s7 += terms[i + 7];
    }
    int rest = from + count - whole;
    s0 = rest > 0 ? s0 + terms[whole] : s0;
    s1 = rest > 1 ? s1 + terms[whole + 1] : s1;
    s2 = rest > 2 ? s2 + terms[whole + 2] : s2;
    s3 = rest > 3 ? s3 + terms[whole + 3] : s3;
    s4 = rest > 4 ? s4 + terms[whole + 4] : s4;
    s5 = rest > 5 ? s5 + terms[whole + 5] : s5;
    s6 = rest > 6 ? s6 + terms[whole + 6] : s6;
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  /**
   * Σ (terms + tails), each addition's rounding carried along (Knuth's two-sum), so that the result
   * is within 2^-52 of the true sum of non-negative terms whatever their number.
   *
   * @param tails what each term lacks, or null where the terms are exact
   * @param carry one element: receives what the returned sum still lacks
   */
  static double compensated(double[] terms, double[] tails, int from, int count, double[] carry) {
    double sum = 0;
    double lost = 0;
    for (int i = from; i < from + count; i++) {
      double term = terms[i];
      double next = sum + term;
      double taken = next - sum;
      lost += (sum - (next - taken)) + (term - taken);
      if (tails != null) {
        lost += tails[i];
      }
      sum = next;
    }
    double total = sum + lost;
    carry[0] = lost - (total - sum);
    return total;
  }
}
