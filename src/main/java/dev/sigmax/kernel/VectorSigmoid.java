package dev.sigmax.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The sigmoid of {@link VectorKernel}; its loops are cut as that class says. */
final class VectorSigmoid {
  private static final VectorSpecies<Double> DOUBLES = VectorKernel.DOUBLES;
  private static final int LANES = DOUBLES.length();
  private static final ScalarKernel SCALAR = ScalarKernel.INSTANCE;

  private VectorSigmoid() {}

  /** As {@link Kernel#sigmoid(float[], int, float[], int, int, double)}. */
  static void sigmoid(
      float[] logits,
      int logitsFrom,
      float[] probabilities,
      int probabilitiesFrom,
      int count,
      double temperature) {
    int i = 0;
    while (i < count) {
      // Stops in front of a vector with a logit next to zero, which needs another way.
      i =
          wholeVectors(
              logits,
              logitsFrom,
              probabilities,
              probabilitiesFrom,
              i,
              count,
              Exponential.inverse(temperature));
      int rest = Math.min(LANES, count - i);
      SCALAR.sigmoid(
          logits, logitsFrom + i, probabilities, probabilitiesFrom + i, rest, temperature);
      i += rest;
    }
  }

  private static int wholeVectors(
      float[] logits,
      int logitsFrom,
      float[] probabilities,
      int probabilitiesFrom,
      int start,
      int count,
      double inverseTemperature) {
    DoubleVector lowest = DoubleVector.broadcast(DOUBLES, Exponential.LOWEST_FOR_FLOAT);
    DoubleVector log2e = DoubleVector.broadcast(DOUBLES, Exponential.LOG2_E);
    DoubleVector shift = DoubleVector.broadcast(DOUBLES, Exponential.SHIFT);
    DoubleVector minusLn2High = DoubleVector.broadcast(DOUBLES, -Exponential.LN2_HIGH);
    DoubleVector minusLn2Low = DoubleVector.broadcast(DOUBLES, -Exponential.LN2_LOW);
    DoubleVector q0 = DoubleVector.broadcast(DOUBLES, Exponential.Q0);
    DoubleVector q1 = DoubleVector.broadcast(DOUBLES, Exponential.Q1);
    DoubleVector q2 = DoubleVector.broadcast(DOUBLES, Exponential.Q2);
    DoubleVector q3 = DoubleVector.broadcast(DOUBLES, Exponential.Q3);
    DoubleVector q4 = DoubleVector.broadcast(DOUBLES, Exponential.Q4);
    DoubleVector q5 = DoubleVector.broadcast(DOUBLES, Exponential.Q5);
    DoubleVector q6 = DoubleVector.broadcast(DOUBLES, Exponential.Q6);
    DoubleVector q7 = DoubleVector.broadcast(DOUBLES, Exponential.Q7);
    DoubleVector q8 = DoubleVector.broadcast(DOUBLES, Exponential.Q8);
    DoubleVector q9 = DoubleVector.broadcast(DOUBLES, Exponential.Q9);
    DoubleVector q10 = DoubleVector.broadcast(DOUBLES, Exponential.Q10);
    DoubleVector unit = DoubleVector.broadcast(DOUBLES, 1);
    DoubleVector zero = DoubleVector.broadcast(DOUBLES, 0);
    DoubleVector nearZero = DoubleVector.broadcast(DOUBLES, Sigmoid.NEAR_ZERO);
    int i = start;
    for (; i + LANES <= count; i += LANES) {
      DoubleVector z = VectorKernel.widened(logits, logitsFrom + i).mul(inverseTemperature);
      DoubleVector magnitude = z.abs();
      if (magnitude.compare(VectorOperators.LT, nearZero).anyTrue()) {
        return i;
      }
      DoubleVector negative = magnitude.neg();
      DoubleVector x = negative.blend(lowest, negative.compare(VectorOperators.LT, lowest));
      DoubleVector shifted = x.fma(log2e, shift);
      DoubleVector k = shifted.sub(shift);
      DoubleVector r = k.fma(minusLn2Low, k.fma(minusLn2High, x));
      DoubleVector square = r.mul(r);
      DoubleVector even = square.fma(q10, q8).fma(square, q6).fma(square, q4).fma(square, q2);
      DoubleVector odd = square.fma(q9, q7).fma(square, q5).fma(square, q3).fma(square, q1);
      DoubleVector q = odd.fma(r, even.fma(square, q0));
      DoubleVector t =
          shifted
              .reinterpretAsLongs()
              .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
              .reinterpretAsDoubles()
              .mul(square.fma(q, r).add(unit));
      DoubleVector numerator = t.blend(unit, z.compare(VectorOperators.GE, zero));
      VectorKernel.narrowed(numerator.mul(unit.div(t.add(unit))))
          .intoArray(probabilities, probabilitiesFrom + i);
    }
    return i;
  }

  /** As {@link Kernel#sigmoid(double[], int, double[], int, int, double)}. */
  static void sigmoid(
      double[] logits,
      int logitsFrom,
      double[] probabilities,
      int probabilitiesFrom,
      int count,
      double temperature) {
    int i = 0;
    while (i < count) {
      // Stops in front of a vector with a logit that needs another way.
      i = wholeVectors(logits, logitsFrom, probabilities, probabilitiesFrom, i, count, temperature);
      int rest = Math.min(LANES, count - i);
      SCALAR.sigmoid(
          logits, logitsFrom + i, probabilities, probabilitiesFrom + i, rest, temperature);
      i += rest;
    }
  }

  private static int wholeVectors(
      double[] logits,
      int logitsFrom,
      double[] probabilities,
      int probabilitiesFrom,
      int start,
      int count,
      double temperature) {
    DoubleVector log2e = DoubleVector.broadcast(DOUBLES, Exponential.LOG2_E);
    DoubleVector shift = DoubleVector.broadcast(DOUBLES, Exponential.NEGATING_SHIFT);
    DoubleVector minusLn2High = DoubleVector.broadcast(DOUBLES, -Exponential.LN2_HIGH);
    DoubleVector minusLn2Low = DoubleVector.broadcast(DOUBLES, -Exponential.LN2_LOW);
    DoubleVector q0 = DoubleVector.broadcast(DOUBLES, Exponential.Q0);
    DoubleVector q1 = DoubleVector.broadcast(DOUBLES, Exponential.Q1);
    DoubleVector q2 = DoubleVector.broadcast(DOUBLES, Exponential.Q2);
    DoubleVector q3 = DoubleVector.broadcast(DOUBLES, Exponential.Q3);
    DoubleVector q4 = DoubleVector.broadcast(DOUBLES, Exponential.Q4);
    DoubleVector q5 = DoubleVector.broadcast(DOUBLES, Exponential.Q5);
    DoubleVector q6 = DoubleVector.broadcast(DOUBLES, Exponential.Q6);
    DoubleVector q7 = DoubleVector.broadcast(DOUBLES, Exponential.Q7);
    DoubleVector q8 = DoubleVector.broadcast(DOUBLES, Exponential.Q8);
    DoubleVector q9 = DoubleVector.broadcast(DOUBLES, Exponential.Q9);
    DoubleVector q10 = DoubleVector.broadcast(DOUBLES, Exponential.Q10);
    DoubleVector unit = DoubleVector.broadcast(DOUBLES, 1);
    DoubleVector minusUnit = DoubleVector.broadcast(DOUBLES, -1);
    DoubleVector near = DoubleVector.broadcast(DOUBLES, Sigmoid.BAND - Sigmoid.BAND_WIDTH);
    DoubleVector band = DoubleVector.broadcast(DOUBLES, Sigmoid.BAND);
    DoubleVector bandWidth = DoubleVector.broadcast(DOUBLES, Sigmoid.BAND_WIDTH);
    DoubleVector reach = DoubleVector.broadcast(DOUBLES, Sigmoid.REACH);
    DoubleVector divisor = DoubleVector.broadcast(DOUBLES, temperature);
    DoubleVector minusInverse = DoubleVector.broadcast(DOUBLES, -Exponential.inverse(temperature));
    int i = start;
    for (; i + LANES <= count; i += LANES) {
      DoubleVector logit = DoubleVector.fromArray(DOUBLES, logits, logitsFrom + i);
      DoubleVector x = logit.mul(minusInverse);
      DoubleVector magnitude = x.abs();
      if (magnitude.compare(VectorOperators.GT, near).anyTrue()
          && !magnitude
              .sub(band)
              .abs()
              .compare(VectorOperators.GT, bandWidth)
              .and(magnitude.compare(VectorOperators.LE, reach))
              .allTrue()) {
        return i;
      }
      DoubleVector tail = x.fma(divisor, logit).mul(minusInverse);
      DoubleVector shifted = x.fma(log2e, shift);
      DoubleVector k = shifted.sub(shift);
      DoubleVector reducedHigh = k.fma(minusLn2High, x);
      DoubleVector reducedLow = k.fma(minusLn2Low, tail);
      DoubleVector r = reducedHigh.add(reducedLow);
      DoubleVector square = r.mul(r);
      DoubleVector even = square.fma(q10, q8).fma(square, q6).fma(square, q4).fma(square, q2);
      DoubleVector odd = square.fma(q9, q7).fma(square, q5).fma(square, q3).fma(square, q1);
      DoubleVector q = odd.fma(r, even.fma(square, q0));
      DoubleVector e = reducedHigh.add(square.fma(q, reducedLow));
      DoubleVector minusScale =
          shifted
              .reinterpretAsLongs()
              .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
              .reinterpretAsDoubles();
      DoubleVector minusWhole = minusScale.sub(unit);
      DoubleVector minusDenominator = minusScale.fma(e, minusWhole);
      DoubleVector minusDenominatorLow = minusScale.fma(e, minusWhole.sub(minusDenominator));
      DoubleVector inverse = minusUnit.div(minusDenominator);
      inverse
          .fma(minusDenominatorLow, inverse.fma(minusDenominator, unit))
          .fma(inverse, inverse)
          .intoArray(probabilities, probabilitiesFrom + i);
    }
    return i;
  }
}
