package dev.sigmax.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** The steps of {@link Exponential}, one for one, on all lanes at once. */
final class VectorExponential {
  private VectorExponential() {}

  static DoubleVector forFloat(DoubleVector x) {
    DoubleVector bounded =
        x.blend(
            Exponential.LOWEST_FOR_FLOAT,
            x.compare(VectorOperators.LT, Exponential.LOWEST_FOR_FLOAT));
    DoubleVector shifted =
        bounded.fma(constant(x, Exponential.LOG2_E), constant(x, Exponential.SHIFT));
    DoubleVector k = shifted.sub(Exponential.SHIFT);
    DoubleVector r = reducedLow(reducedHigh(bounded, k), k);
    return powerOfTwo(shifted).mul(r.mul(r).fma(q(r), r).add(1));
  }

  static DoubleVector exponent(DoubleVector x) {
    return x.fma(constant(x, Exponential.LOG2_E), constant(x, Exponential.SHIFT))
        .sub(Exponential.SHIFT);
  }

  static DoubleVector reducedHigh(DoubleVector x, DoubleVector k) {
    return k.fma(constant(x, -Exponential.LN2_HIGH), x);
  }

  static DoubleVector reducedLow(DoubleVector tail, DoubleVector k) {
    return k.fma(constant(tail, -Exponential.LN2_LOW), tail);
  }

  static DoubleVector mantissaLow(DoubleVector reducedHigh, DoubleVector reducedLow) {
    DoubleVector high = reducedHigh.add(1);
    DoubleVector lost = reducedHigh.sub(high.sub(1));
    DoubleVector r = reducedHigh.add(reducedLow);
    return lost.add(r.mul(r).fma(q(r), reducedLow));
  }

  static DoubleVector powerOfTwo(DoubleVector shifted) {
    LongVector bits =
        shifted
            .reinterpretAsLongs()
            .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
            .add(Exponential.ONE_BITS);
    return bits.reinterpretAsDoubles();
  }

  static DoubleVector firstHalf(DoubleVector k) {
    return k.fma(constant(k, 0.5), constant(k, Exponential.SHIFT));
  }

  static DoubleVector secondHalf(DoubleVector k, DoubleVector firstHalf) {
    return k.sub(firstHalf.sub(Exponential.SHIFT)).add(Exponential.SHIFT);
  }

  private static DoubleVector q(DoubleVector r) {
    DoubleVector square = r.mul(r);
    DoubleVector even = square.fma(constant(r, Exponential.Q10), constant(r, Exponential.Q8));
    even = even.fma(square, constant(r, Exponential.Q6));
    even = even.fma(square, constant(r, Exponential.Q4));
    even = even.fma(square, constant(r, Exponential.Q2));
    even = even.fma(square, constant(r, Exponential.Q0));
    DoubleVector odd = square.fma(constant(r, Exponential.Q9), constant(r, Exponential.Q7));
    odd = odd.fma(square, constant(r, Exponential.Q5));
    odd = odd.fma(square, constant(r, Exponential.Q3));
    odd = odd.fma(square, constant(r, Exponential.Q1));
    return odd.fma(r, even);
  }

  private static DoubleVector constant(DoubleVector like, double value) {
    return like.broadcast(value);
  }
}
