package dev.sigmax.kernel;

import static dev.sigmax.kernel.VectorExponential.DOUBLES;
import static dev.sigmax.kernel.VectorExponential.ONE;
import static dev.sigmax.kernel.VectorExponential.SHIFT;
import static dev.sigmax.kernel.VectorExponential.ZERO;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API, as wide as the machine prefers. All arithmetic is double, so floats
 * travel in vectors of half the width. What does not fill a vector goes to the {@link
 * ScalarKernel}, element by element the same.
 *
 * <p>Each loop is a method of its own and small enough for C2 to inline all of it: where it gives
 * up, vectors become objects and a logit costs ten times as much. No vector crosses a method that
 * may not be inlined.
 *
 * <p>Only the classes whose names begin with Vector name the incubating module; {@link Kernels}
 * loads this one by name, and does without it where the module is missing.
 */
final class VectorKernel implements Kernel {
  private static final int LANES = DOUBLES.length();
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(LANES * Float.SIZE));
  private static final ScalarKernel SCALAR = ScalarKernel.INSTANCE;
  private static final DoubleVector NEAR_ZERO = VectorExponential.all(Sigmoid.NEAR_ZERO);
  private static final DoubleVector LOWEST_NORMAL =
      VectorExponential.all(Exponential.LOWEST_FOR_FLOAT);
  private static final FloatVector LOWEST_FLOAT =
      FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
  private static final DoubleVector LOWEST_DOUBLE = VectorExponential.all(Double.NEGATIVE_INFINITY);

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
    int i = start;
    for (; i + LANES <= count; i += LANES) {
      DoubleVector z = widened(logits, logitsFrom + i).mul(inverseTemperature);
      DoubleVector magnitude = z.abs();
      if (magnitude.compare(VectorOperators.LT, NEAR_ZERO).anyTrue()) {
        return i;
      }
      DoubleVector t = VectorExponential.forFloat(magnitude.neg());
      DoubleVector numerator = t.blend(ONE, z.compare(VectorOperators.GE, ZERO));
      narrowed(numerator.mul(ONE.div(t.add(ONE)))).intoArray(probabilities, probabilitiesFrom + i);
    }
    return i;
  }

  @Override
  public void sigmoid(
      double[] logits,
      int logitsFrom,
      double[] probabilities,
      int probabilitiesFrom,
      int count,
      double temperature) {
    int i = 0;
    while (i < count) {
      // Stops in front of a vector with a logit so far out that 2^k is no normal number.
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
    double inverseTemperature = Exponential.inverse(temperature);
    int i = start;
    for (; i + LANES <= count; i += LANES) {
      DoubleVector logit = DoubleVector.fromArray(DOUBLES, logits, logitsFrom + i);
      DoubleVector z = logit.mul(inverseTemperature);
      DoubleVector x = z.abs().neg();
      if (x.compare(VectorOperators.LT, LOWEST_NORMAL).anyTrue()) {
        return i;
      }
      DoubleVector tail =
          z.neg().fma(VectorExponential.all(temperature), logit).mul(inverseTemperature);
      VectorMask<Double> upper = z.compare(VectorOperators.GE, ZERO);

      DoubleVector k = VectorExponential.exponent(x);
      DoubleVector reducedHigh = VectorExponential.reducedHigh(x, k);
      DoubleVector one = reducedHigh.add(ONE);
      DoubleVector rest =
          VectorExponential.mantissaLow(
              reducedHigh, VectorExponential.reducedLow(tail.blend(tail.neg(), upper), k));
      DoubleVector high = one.add(rest);
      DoubleVector low = rest.sub(high.sub(one));

      DoubleVector normal = VectorExponential.powerOfTwo(k.add(SHIFT));
      DoubleVector t = high.mul(normal);
      DoubleVector denominator = t.add(ONE);
      DoubleVector denominatorLow = low.fma(normal, t.sub(denominator.sub(ONE)));
      DoubleVector inverse = ONE.div(denominator);

      DoubleVector numerator = high.blend(ONE, upper);
      DoubleVector quotient = numerator.mul(inverse);
      DoubleVector negative = quotient.neg();
      negative
          .fma(denominator, numerator)
          .add(negative.fma(denominatorLow, low.blend(ZERO, upper)))
          .fma(inverse, quotient)
          .mul(normal.blend(ONE, upper))
          .intoArray(probabilities, probabilitiesFrom + i);
    }
    return i;
  }

  @Override
  public float max(float[] logits, int from, int count) {
    int whole = FLOATS.loopBound(count);
    FloatVector largest = LOWEST_FLOAT;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector z = FloatVector.fromArray(FLOATS, logits, from + i);
      largest = largest.blend(z, z.compare(VectorOperators.GT, largest));
    }
    return Math.max(
        largest.reduceLanes(VectorOperators.MAX), SCALAR.max(logits, from + whole, count - whole));
  }

  @Override
  public double max(double[] logits, int from, int count) {
    int whole = DOUBLES.loopBound(count);
    DoubleVector largest = LOWEST_DOUBLE;
    for (int i = 0; i < whole; i += LANES) {
      DoubleVector z = DoubleVector.fromArray(DOUBLES, logits, from + i);
      largest = largest.blend(z, z.compare(VectorOperators.GT, largest));
    }
    return Math.max(
        largest.reduceLanes(VectorOperators.MAX), SCALAR.max(logits, from + whole, count - whole));
  }

  @Override
  public void exponentials(
      float[] logits, int from, int count, float max, double temperature, double[] exponentials) {
    int whole = DOUBLES.loopBound(count);
    DoubleVector largest = VectorExponential.all(max);
    DoubleVector inverse = VectorExponential.all(Exponential.inverse(temperature));
    for (int i = 0; i < whole; i += LANES) {
      VectorExponential.forFloat(widened(logits, from + i).sub(largest).mul(inverse))
          .intoArray(exponentials, i);
    }
    SCALAR.exponentials(logits, from, whole, count, max, temperature, exponentials);
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
    DoubleVector largest = VectorExponential.all(max);
    DoubleVector divisor = VectorExponential.all(temperature);
    DoubleVector inverse = VectorExponential.all(Exponential.inverse(temperature));
    int i = start;
    for (; i + LANES <= count; i += LANES) {
      DoubleVector logit = DoubleVector.fromArray(DOUBLES, logits, from + i);
      DoubleVector difference = logit.sub(largest);
      DoubleVector x = difference.mul(inverse);
      if (x.compare(VectorOperators.LT, LOWEST_NORMAL).anyTrue()) {
        return i;
      }
      DoubleVector taken = difference.sub(logit);
      DoubleVector lost = logit.sub(difference.sub(taken)).sub(taken.add(largest));
      DoubleVector tail = x.neg().fma(divisor, difference).add(lost).mul(inverse);

      DoubleVector k = VectorExponential.exponent(x);
      DoubleVector reducedHigh = VectorExponential.reducedHigh(x, k);
      DoubleVector one = reducedHigh.add(ONE);
      DoubleVector rest =
          VectorExponential.mantissaLow(reducedHigh, VectorExponential.reducedLow(tail, k));
      DoubleVector mantissa = one.add(rest);
      DoubleVector scale = VectorExponential.powerOfTwo(k.add(SHIFT));
      mantissa.mul(scale).intoArray(high, i);
      rest.sub(mantissa.sub(one)).mul(scale).intoArray(low, i);
    }
    return i;
  }

  @Override
  public void normalise(
      double[] exponentials, int count, double inverseSum, float[] probabilities, int from) {
    int whole = DOUBLES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      narrowed(DoubleVector.fromArray(DOUBLES, exponentials, i).mul(inverseSum))
          .intoArray(probabilities, from + i);
    }
    SCALAR.normalise(exponentials, whole, count, inverseSum, probabilities, from);
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
    DoubleVector inverse = VectorExponential.all(1 / sum);
    DoubleVector sums = VectorExponential.all(sum);
    DoubleVector sumsLow = VectorExponential.all(sumLow);
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
  public void softmaxTile(
      float[] tile,
      int stride,
      int rows,
      int classes,
      double temperature,
      double[] exponentials,
      double[] sums) {
    int whole = DOUBLES.loopBound(rows);
    double inverse = Exponential.inverse(temperature);
    for (int row = 0; row < whole; row += LANES) {
      exponentialsAcross(tile, stride, row, classes, inverse, exponentials);
      VectorStripedSum.of(exponentials, classes, sums, row);
      normaliseAcross(tile, stride, row, classes, exponentials, sums);
      VectorStripedSum.of(exponentials, classes, sums, row);
    }
    SCALAR.softmaxTile(tile, stride, whole, rows, classes, temperature, exponentials, sums);
  }

  private static void exponentialsAcross(
      float[] tile,
      int stride,
      int row,
      int classes,
      double inverseTemperature,
      double[] exponentials) {
    FloatVector largest = LOWEST_FLOAT;
    for (int c = 0; c < classes; c++) {
      FloatVector z = FloatVector.fromArray(FLOATS, tile, c * stride + row);
      largest = largest.blend(z, z.compare(VectorOperators.GT, largest));
    }
    DoubleVector max = (DoubleVector) largest.convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector inverse = VectorExponential.all(inverseTemperature);
    for (int c = 0; c < classes; c++) {
      VectorExponential.forFloat(widened(tile, c * stride + row).sub(max).mul(inverse))
          .intoArray(exponentials, c * LANES);
    }
  }

  /** Divides by the sums, and leaves the probabilities as written in place of the exponentials. */
  private static void normaliseAcross(
      float[] tile, int stride, int row, int classes, double[] exponentials, double[] sums) {
    DoubleVector inverse = ONE.div(DoubleVector.fromArray(DOUBLES, sums, row));
    for (int c = 0; c < classes; c++) {
      FloatVector probability =
          narrowed(DoubleVector.fromArray(DOUBLES, exponentials, c * LANES).mul(inverse));
      probability.intoArray(tile, c * stride + row);
      ((DoubleVector) probability.convertShape(VectorOperators.F2D, DOUBLES, 0))
          .intoArray(exponentials, c * LANES);
    }
  }

  private static DoubleVector widened(float[] logits, int from) {
    return (DoubleVector)
        FloatVector.fromArray(FLOATS, logits, from).convertShape(VectorOperators.F2D, DOUBLES, 0);
  }

  private static FloatVector narrowed(DoubleVector values) {
    return (FloatVector) values.convertShape(VectorOperators.D2F, FLOATS, 0);
  }
}
