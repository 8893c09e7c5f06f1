package dev.sigmax.kernel;

import java.util.Objects;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link StripedSum} of as many rows as there are lanes, term c of all rows at {@code c * lanes}.
 */
final class VectorStripedSum {
  private static final VectorSpecies<Double> DOUBLES = VectorKernel.DOUBLES;
  private static final int LANES = DOUBLES.length();

  private VectorStripedSum() {}

  /** The sums of {@code count} terms a row, into {@code sums[from … from + lanes)}. */
  static void of(double[] terms, int count, double[] sums, int from) {
    DoubleVector s0 = DoubleVector.zero(DOUBLES);
    DoubleVector s1 = DoubleVector.zero(DOUBLES);
    DoubleVector s2 = DoubleVector.zero(DOUBLES);
    DoubleVector s3 = DoubleVector.zero(DOUBLES);
    DoubleVector s4 = DoubleVector.zero(DOUBLES);
    DoubleVector s5 = DoubleVector.zero(DOUBLES);
    DoubleVector s6 = DoubleVector.zero(DOUBLES);
    DoubleVector s7 = DoubleVector.zero(DOUBLES);
    // Spelt out, so that it is too large for C2 to add to a caller's vector operations.
    Objects.checkIndex((count - 1) * LANES, terms.length);
    Objects.checkFromIndexSize(from, LANES, sums.length);
    for (int c = 0; c < count; c += StripedSum.STRIPES) {
      s0 = s0.add(DoubleVector.fromArray(DOUBLES, terms, c * LANES));
      s1 = s1.add(DoubleVector.fromArray(DOUBLES, terms, (c + 1) * LANES));
      s2 = s2.add(DoubleVector.fromArray(DOUBLES, terms, (c + 2) * LANES));
      s3 = s3.add(DoubleVector.fromArray(DOUBLES, terms, (c + 3) * LANES));
      s4 = s4.add(DoubleVector.fromArray(DOUBLES, terms, (c + 4) * LANES));
      s5 = s5.add(DoubleVector.fromArray(DOUBLES, terms, (c + 5) * LANES));
      s6 = s6.add(DoubleVector.fromArray(DOUBLES, terms, (c + 6) * LANES));
      s7 = s7.add(DoubleVector.fromArray(DOUBLES, terms, (c + 7) * LANES));
    }
    s0.add(s4).add(s2.add(s6)).add(s1.add(s5).add(s3.add(s7))).intoArray(sums, from);
  }
}
