package dev.sigmax.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link StripedSum} of as many rows as there are lanes, term c of all rows at {@code c * lanes}.
 */
final class VectorStripedSum {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();

  private VectorStripedSum() {}

  static DoubleVector of(double[] terms, int count) {
    DoubleVector s0 = DoubleVector.zero(DOUBLES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    DoubleVector s4 = s0;
    DoubleVector s5 = s0;
    DoubleVector s6 = s0;
    DoubleVector s7 = s0;
    int whole = count & -StripedSum.STRIPES;
    for (int c = 0; c < whole; c += StripedSum.STRIPES) {
      s0 = s0.add(term(terms, c));
      s1 = s1.add(term(terms, c + 1));
      s2 = s2.add(term(terms, c + 2));
      s3 = s3.add(term(terms, c + 3));
      s4 = s4.add(term(terms, c + 4));
      s5 = s5.add(term(terms, c + 5));
      s6 = s6.add(term(terms, c + 6));
      s7 = s7.add(term(terms, c + 7));
    }
    int rest = count - whole;
    s0 = rest > 0 ? s0.add(term(terms, whole)) : s0;
    s1 = rest > 1 ? s1.add(term(terms, whole + 1)) : s1;
    s2 = rest > 2 ? s2.add(term(terms, whole + 2)) : s2;
    s3 = rest > 3 ? s3.add(term(terms, whole + 3)) : s3;
    s4 = rest > 4 ? s4.add(term(terms, whole + 4)) : s4;
    s5 = rest > 5 ? s5.add(term(terms, whole + 5)) : s5;
    s6 = rest > 6 ? s6.add(term(terms, whole + 6)) : s6;
    return s0.add(s4).add(s2.add(s6)).add(s1.add(s5).add(s3.add(s7)));
  }

  private static DoubleVector term(double[] terms, int c) {
    return DoubleVector.fromArray(DOUBLES, terms, c * LANES);
  }
}
