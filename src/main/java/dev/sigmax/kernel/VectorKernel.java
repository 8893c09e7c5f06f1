package dev.sigmax.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API, as wide as the machine prefers. All arithmetic is double, so floats
 * travel in vectors of half the width. What does not fill a vector goes to the {@link
 * ScalarKernel}, element by element the same.
 *
 * <p>How the loops are cut follows from how C2 inlines. It stops in a method of more than some
 * fifty vector operations, and then every vector becomes an object and a logit costs ten times as
 * much. So each loop over exponentials is a method of its own, with its steps spelt out rather than
 * called: that makes it larger than the 325 bytes of byte code that C2 inlines elsewhere, and no
 * caller's operations are added to its own. No vector crosses such a method's border, and what a
 * loop carries along begins as a new vector, never as a constant.
 *
 * <p>Only the classes whose names begin with Vector name the incubating module; {@link Kernels}
 * loads this one by name, and does without it where the module is missing.
 */
final class VectorKernel implements Kernel {
  static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  private static final int LANES = DOUBLES.length();
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(LANES * Float.SIZE));
  private static final VectorSpecies<Float> WIDE_FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final ScalarKernel SCALAR = ScalarKernel.INSTANCE;

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void sigmoid(
      float[] logits,
      int logitsFrom,
      float[] probabilities,
      int probabilitiesFrom,
      int count,
      double temperature) {
    VectorSigmoid.sigmoid(logits, logitsFrom, probabilities, probabilitiesFrom, count, temperature);
  }

  @Override
  public void sigmoid(
      double[] logits,
      int logitsFrom,
      double[] probabilities,
      int probabilitiesFrom,
      int count,
      double temperature) {
    VectorSigmoid.sigmoid(logits, logitsFrom, probabilities, probabilitiesFrom, count, temperature);
  }

  @Override
  public float max(float[] logits, int from, int count) {
    return VectorExtremes.max(logits, from, count);
  }

  @Override
  public double max(double[] logits, int from, int count) {
    return VectorExtremes.max(logits, from, count);
  }

  @Override
  public float minOrNaN(float[] values, int from, int count) {
    return VectorExtremes.minOrNaN(values, from, count);
  }

  @Override
  public double minOrNaN(double[] values, int from, int count) {
    return VectorExtremes.minOrNaN(values, from, count);
  }

  @Override
  public float maxOrNaN(float[] values, int from, int count) {
    return VectorExtremes.maxOrNaN(values, from, count);
  }

  @Override
  public double maxOrNaN(double[] values, int from, int count) {
    return VectorExtremes.maxOrNaN(values, from, count);
  }

  @Override
  public void maxInto(float[] logits, int from, int count, float[] maxima) {
    int whole = WIDE_FLOATS.loopBound(count);
    for (int i = 0; i < whole; i += WIDE_FLOATS.length()) {
      FloatVector z = FloatVector.fromArray(WIDE_FLOATS, logits, from + i);
      FloatVector max = FloatVector.fromArray(WIDE_FLOATS, maxima, i);
      max.blend(z, z.compare(VectorOperators.GT, max)).intoArray(maxima, i);
    }
    SCALAR.maxInto(logits, from, whole, count, maxima);
  }

  /** The last vector may overlap the one before, and computes the same there. */
  @Override
  public void exponentials(
      float[] logits,
      int from,
      int count,
      double[] maxima,
      int maximaStep,
      double temperature,
      double[] exponentials,
      int to) {
    if (count < LANES) {
      SCALAR.exponentials(logits, from, count, maxima, maximaStep, temperature, exponentials, to);
      return;
    }
    double inverseTemperature = Exponential.inverse(temperature);
    DoubleVector lowest = DoubleVector.broadcast(DOUBLES, Exponential.LOWEST_FOR_FLOAT);
    DoubleVector log2e = DoubleVector.broadcast(DOUBLES, Exponential.LOG2_E);
    DoubleVector shift = DoubleVector.broadcast(DOUBLES, Exponential.SHIFT);
    DoubleVector minusLn2 = DoubleVector.broadcast(DOUBLES, -Exponential.LN2);
    DoubleVector p0 = DoubleVector.broadcast(DOUBLES, Exponential.P0);
    DoubleVector p1 = DoubleVector.broadcast(DOUBLES, Exponential.P1);
    DoubleVector p2 = DoubleVector.broadcast(DOUBLES, Exponential.P2);
    DoubleVector p3 = DoubleVector.broadcast(DOUBLES, Exponential.P3);
    DoubleVector p4 = DoubleVector.broadcast(DOUBLES, Exponential.P4);
    DoubleVector p5 = DoubleVector.broadcast(DOUBLES, Exponential.P5);
    DoubleVector p6 = DoubleVector.broadcast(DOUBLES, Exponential.P6);
    DoubleVector p7 = DoubleVector.broadcast(DOUBLES, Exponential.P7);
    DoubleVector p8 = DoubleVector.broadcast(DOUBLES, Exponential.P8);
    DoubleVector p9 = DoubleVector.broadcast(DOUBLES, Exponential.P9);
    DoubleVector unit = DoubleVector.broadcast(DOUBLES, 1);
    DoubleVector inverse = DoubleVector.broadcast(DOUBLES, inverseTemperature);
    for (int i = 0; i < count; i += LANES) {
      int at = Math.min(i, count - LANES);
      DoubleVector max = DoubleVector.fromArray(DOUBLES, maxima, at * maximaStep);
      DoubleVector scaled = widened(logits, from + at).sub(max).mul(inverse);
      DoubleVector x = scaled.blend(lowest, scaled.compare(VectorOperators.LT, lowest));
      DoubleVector shifted = x.fma(log2e, shift);
      DoubleVector k = shifted.sub(shift);
      DoubleVector r = k.fma(minusLn2, x);
      DoubleVector square = r.mul(r);
      DoubleVector even = square.fma(p8, p6).fma(square, p4).fma(square, p2).fma(square, p0);
      DoubleVector odd = square.fma(p9, p7).fma(square, p5).fma(square, p3).fma(square, p1);
      DoubleVector q = odd.fma(r, even);
      shifted
          .reinterpretAsLongs()
          .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
          .reinterpretAsDoubles()
          .mul(square.fma(q, r).add(unit))
          .intoArray(exponentials, to + at);
    }
  }

  @Override
  public void exponentials(
      double[] logits,
      int from,
      int count,
      double max,
      double temperature,
      double[] high,
      double[] low) {
    int i = 0;
    while (i < count) {
      // Stops in front of a vector with a logit so far down that 2^k is no normal number.
      i = wholeVectors(logits, from, i, count, max, temperature, high, low);
      int end = Math.min(count, i + LANES);
      SCALAR.exponentials(logits, from, i, end, max, temperature, high, low);
      i = end;
    }
  }

  private static int wholeVectors(
      double[] logits,
      int from,
      int start,
      int count,
      double max,
      double temperature,
      double[] high,
      double[] low) {
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
    DoubleVector lowest = DoubleVector.broadcast(DOUBLES, Exponential.LOWEST_FOR_FLOAT);
    DoubleVector largest = DoubleVector.broadcast(DOUBLES, max);
    DoubleVector divisor = DoubleVector.broadcast(DOUBLES, temperature);
    DoubleVector inverse = DoubleVector.broadcast(DOUBLES, Exponential.inverse(temperature));
    int i = start;
    for (; i + LANES <= count; i += LANES) {
      DoubleVector logit = DoubleVector.fromArray(DOUBLES, logits, from + i);
      DoubleVector difference = logit.sub(largest);
      DoubleVector x = difference.mul(inverse);
      if (x.compare(VectorOperators.LT, lowest).anyTrue()) {
        return i;
      }
      DoubleVector taken = difference.sub(logit);
      DoubleVector lost = logit.sub(difference.sub(taken)).sub(taken.add(largest));
      DoubleVector tail = x.neg().fma(divisor, difference).add(lost).mul(inverse);

      DoubleVector shifted = x.fma(log2e, shift);
      DoubleVector k = shifted.sub(shift);
      DoubleVector reducedHigh = k.fma(minusLn2High, x);
      DoubleVector reducedLow = k.fma(minusLn2Low, tail);
      DoubleVector r = reducedHigh.add(reducedLow);
      DoubleVector square = r.mul(r);
      DoubleVector even = square.fma(q10, q8).fma(square, q6).fma(square, q4).fma(square, q2);
      DoubleVector odd = square.fma(q9, q7).fma(square, q5).fma(square, q3).fma(square, q1);
      DoubleVector q = odd.fma(r, even.fma(square, q0));
      DoubleVector one = reducedHigh.add(unit);
      DoubleVector rest = reducedHigh.sub(one.sub(unit)).add(square.fma(q, reducedLow));
      DoubleVector mantissa = one.add(rest);
      DoubleVector scale =
          shifted
              .reinterpretAsLongs()
              .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
              .reinterpretAsDoubles();
      mantissa.mul(scale).intoArray(high, i);
      rest.sub(mantissa.sub(one)).mul(scale).intoArray(low, i);
    }
    return i;
  }

  @Override
  public void normalise(
      double[] exponentials, int count, double inverseSum, float[] probabilities, int from) {
    if (count < LANES) {
      SCALAR.normalise(exponentials, 0, count, inverseSum, probabilities, from);
      return;
    }
    DoubleVector inverse = DoubleVector.broadcast(DOUBLES, inverseSum);
    for (int i = 0; i < count; i += LANES) {
      int at = Math.min(i, count - LANES);
      narrowed(DoubleVector.fromArray(DOUBLES, exponentials, at).mul(inverse))
          .intoArray(probabilities, from + at);
    }
  }

  @Override
  public void normalise(
      double[] exponentials,
      int count,
      double sum,
      double sumLow,
      double[] probabilities,
      int from) {
    int whole = DOUBLES.loopBound(count);
    DoubleVector inverse = DoubleVector.broadcast(DOUBLES, 1 / sum);
    DoubleVector sums = DoubleVector.broadcast(DOUBLES, sum);
    DoubleVector sumsLow = DoubleVector.broadcast(DOUBLES, sumLow);
    for (int i = 0; i < whole; i += LANES) {
      DoubleVector exponential = DoubleVector.fromArray(DOUBLES, exponentials, i);
      DoubleVector quotient = exponential.mul(inverse);
      DoubleVector negative = quotient.neg();
      negative
          .fma(sumsLow, negative.fma(sums, exponential))
          .fma(inverse, quotient)
          .intoArray(probabilities, from + i);
    }
    SCALAR.normalise(exponentials, whole, count, sum, sumLow, probabilities, from);
  }

  @Override
  public void normalise(
      double[] exponentials,
      int at,
      int count,
      double[] inverses,
      float[] probabilities,
      int from,
      double[] sums,
      int sumsFrom) {
    int whole = DOUBLES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector probability =
          narrowed(
              DoubleVector.fromArray(DOUBLES, exponentials, at + i)
                  .mul(DoubleVector.fromArray(DOUBLES, inverses, i)));
      probability.intoArray(probabilities, from + i);
      DoubleVector.fromArray(DOUBLES, sums, sumsFrom + i)
          .add((DoubleVector) probability.convertShape(VectorOperators.F2D, DOUBLES, 0))
          .intoArray(sums, sumsFrom + i);
    }
    SCALAR.normalise(exponentials, at, whole, count, inverses, probabilities, from, sums, sumsFrom);
  }

  @Override
  public void add(double[] terms, int at, int count, double[] sums, int sumsFrom) {
    int whole = DOUBLES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      DoubleVector.fromArray(DOUBLES, sums, sumsFrom + i)
          .add(DoubleVector.fromArray(DOUBLES, terms, at + i))
          .intoArray(sums, sumsFrom + i);
    }
    SCALAR.add(terms, at + whole, count - whole, sums, sumsFrom + whole);
  }

  @Override
  public void addStripes(double[] stripes, int stride, int count, double[] sums, int sumsFrom) {
    int whole = DOUBLES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      int at = i + 4 * stride;
      DoubleVector even = pair(stripes, i, at).add(pair(stripes, i + 2 * stride, at + 2 * stride));
      DoubleVector odd =
          pair(stripes, i + stride, at + stride)
              .add(pair(stripes, i + 3 * stride, at + 3 * stride));
      even.add(odd).intoArray(sums, sumsFrom + i);
    }
    SCALAR.addStripes(stripes, stride, whole, count, sums, sumsFrom);
  }

  private static DoubleVector pair(double[] terms, int one, int other) {
    return DoubleVector.fromArray(DOUBLES, terms, one)
        .add(DoubleVector.fromArray(DOUBLES, terms, other));
  }

  static DoubleVector widened(float[] logits, int from) {
    return (DoubleVector)
        FloatVector.fromArray(FLOATS, logits, from).convertShape(VectorOperators.F2D, DOUBLES, 0);
  }

  static FloatVector narrowed(DoubleVector values) {
    return (FloatVector) values.convertShape(VectorOperators.D2F, FLOATS, 0);
  }
}
