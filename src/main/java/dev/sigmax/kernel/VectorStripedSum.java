package dev.sigmax.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link StripedSum} of as many rows as there are lanes, term c of all rows at {@code c * lanes}.
 */
final class VectorStripedSum {
  private static final VectorSpecies<Double> DOUBLES = VectorExponential.DOUBLES;
  private static final int LANES = DOUBLES.length();

  private VectorStripedSum() {}

  /** The sums of {@code count} terms a row, into {@code sums[from … from + lanes)}. */
  static void of(double[] terms, int count, double[] sums, int from) {
    DoubleVector s0 = VectorExponential.ZERO;
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    DoubleVector s4 = s0;
    DoubleVector s5 = s0;
    DoubleVector s6 = s0;
    DoubleVector s7 = s0;
    for (int c = 0; c < count; c += StripedSum.STRIPES) {
      s0 = s0.add(term(terms, c));
      s1 = s1.add(term(terms, c + 1));
      s2 = s2.add(term(terms, c + 2));
      s3 = s3.add(term(terms, c + 3));
      s4 = s4.add(term(terms, c + 4));
      s5 = s5.add(term(terms, c + 5));
      s6 = s6.add(term(terms, c + 6));
      s7 = s7.add(term(terms, c + 7));
    }
    s0.add(s4).add(s2.add(s6)).add(s1.add(s5).add(s3.add(s7))).intoArray(sums, from);
  }

  private static DoubleVector term(double[] terms, int c) {
    return DoubleVector.fromArray(DOUBLES, terms, c * LANES);
  }
}
