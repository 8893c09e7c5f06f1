package dev.sigmax.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The steps of {@link Exponential}, one for one, on all lanes at once.
 *
 * <p>The constants are vectors made once: C2 gives up inlining in a method of many vector
 * operations, and then every vector is an object; a broadcast at each use would count as an
 * operation.
 */
final class VectorExponential {
  static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  static final DoubleVector ONE = all(1);
  static final DoubleVector ZERO = all(0);
  static final DoubleVector SHIFT = all(Exponential.SHIFT);

  private static final DoubleVector LOWEST_FOR_FLOAT = all(Exponential.LOWEST_FOR_FLOAT);
  private static final DoubleVector LOG2_E = all(Exponential.LOG2_E);
  private static final DoubleVector MINUS_LN2_HIGH = all(-Exponential.LN2_HIGH);
  private static final DoubleVector MINUS_LN2_LOW = all(-Exponential.LN2_LOW);
  private static final LongVector ONE_BITS =
      LongVector.broadcast(
          VectorSpecies.of(long.class, DOUBLES.vectorShape()), Exponential.ONE_BITS);
  private static final DoubleVector Q0 = all(Exponential.Q0);
  private static final DoubleVector Q1 = all(Exponential.Q1);
  private static final DoubleVector Q2 = all(Exponential.Q2);
  private static final DoubleVector Q3 = all(Exponential.Q3);
  private static final DoubleVector Q4 = all(Exponential.Q4);
  private static final DoubleVector Q5 = all(Exponential.Q5);
  private static final DoubleVector Q6 = all(Exponential.Q6);
  private static final DoubleVector Q7 = all(Exponential.Q7);
  private static final DoubleVector Q8 = all(Exponential.Q8);
  private static final DoubleVector Q9 = all(Exponential.Q9);
  private static final DoubleVector Q10 = all(Exponential.Q10);

  private VectorExponential() {}

  static DoubleVector all(double value) {
    return DoubleVector.broadcast(DOUBLES, value);
  }

  static DoubleVector forFloat(DoubleVector x) {
    DoubleVector bounded =
        x.blend(LOWEST_FOR_FLOAT, x.compare(VectorOperators.LT, LOWEST_FOR_FLOAT));
    DoubleVector shifted = bounded.fma(LOG2_E, SHIFT);
    DoubleVector k = shifted.sub(SHIFT);
    DoubleVector r = reducedLow(reducedHigh(bounded, k), k);
    return powerOfTwo(shifted).mul(r.mul(r).fma(q(r), r).add(ONE));
  }

  static DoubleVector exponent(DoubleVector x) {
    return x.fma(LOG2_E, SHIFT).sub(SHIFT);
  }

  static DoubleVector reducedHigh(DoubleVector x, DoubleVector k) {
    return k.fma(MINUS_LN2_HIGH, x);
  }

  static DoubleVector reducedLow(DoubleVector tail, DoubleVector k) {
    return k.fma(MINUS_LN2_LOW, tail);
  }

  static DoubleVector mantissaLow(DoubleVector reducedHigh, DoubleVector reducedLow) {
    DoubleVector lost = reducedHigh.sub(reducedHigh.add(ONE).sub(ONE));
    DoubleVector r = reducedHigh.add(reducedLow);
    return lost.add(r.mul(r).fma(q(r), reducedLow));
  }

  static DoubleVector powerOfTwo(DoubleVector shifted) {
    return shifted
        .reinterpretAsLongs()
        .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
        .add(ONE_BITS)
        .reinterpretAsDoubles();
  }

  private static DoubleVector q(DoubleVector r) {
    DoubleVector square = r.mul(r);
    DoubleVector even = square.fma(Q10, Q8).fma(square, Q6).fma(square, Q4).fma(square, Q2);
    DoubleVector odd = square.fma(Q9, Q7).fma(square, Q5).fma(square, Q3).fma(square, Q1);
    return odd.fma(r, even.fma(square, Q0));
  }
}
