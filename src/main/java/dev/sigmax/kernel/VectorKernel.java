package dev.sigmax.kernel;

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
 * <p>Only this class and {@link VectorExponential} name the incubating module; {@link Kernels}
 * loads it by name, and does without it where the module is missing.
 */
final class VectorKernel implements Kernel {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.length() * Float.SIZE));
  private static final int LANES = DOUBLES.length();
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
    int whole = DOUBLES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      DoubleVector z = scaled(widened(logits, logitsFrom + i), temperature);
      DoubleVector magnitude = z.abs();
      if (magnitude.compare(VectorOperators.LT, Sigmoid.NEAR_ZERO).anyTrue()) {
        SCALAR.sigmoid(
            logits, logitsFrom + i, probabilities, probabilitiesFrom + i, LANES, temperature);
        continue;
      }
      DoubleVector t = VectorExponential.forFloat(magnitude.neg());
      DoubleVector upper = z.broadcast(1).div(t.add(1));
      DoubleVector lower = t.mul(upper);
      narrowed(lower.blend(upper, z.compare(VectorOperators.GE, 0)))
          .intoArray(probabilities, probabilitiesFrom + i);
    }
    SCALAR.sigmoid(
        logits,
        logitsFrom + whole,
        probabilities,
        probabilitiesFrom + whole,
        count - whole,
        temperature);
  }

  @Override
  public void sigmoid(
      double[] logits,
      int logitsFrom,
      double[] probabilities,
      int probabilitiesFrom,
      int count,
      double temperature) {
    int whole = DOUBLES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      sigmoid(DoubleVector.fromArray(DOUBLES, logits, logitsFrom + i), temperature)
          .intoArray(probabilities, probabilitiesFrom + i);
    }
    SCALAR.sigmoid(
        logits,
        logitsFrom + whole,
        probabilities,
        probabilitiesFrom + whole,
        count - whole,
        temperature);
  }

  private static DoubleVector sigmoid(DoubleVector logit, double temperature) {
    DoubleVector z = scaled(logit, temperature);
    DoubleVector zero = z.broadcast(0);
    DoubleVector tail =
        temperature == 1 ? zero : z.neg().fma(z.broadcast(temperature), logit).div(temperature);
    VectorMask<Double> upper = z.compare(VectorOperators.GE, 0);
    DoubleVector x = z.abs().neg();
    VectorMask<Double> beyond = x.compare(VectorOperators.LT, Exponential.LOWEST_FOR_DOUBLE);
    x = x.blend(Exponential.LOWEST_FOR_DOUBLE, beyond);
    DoubleVector xTail = tail.blend(tail.neg(), upper).blend(0, beyond);

    DoubleVector k = VectorExponential.exponent(x);
    DoubleVector reducedHigh = VectorExponential.reducedHigh(x, k);
    DoubleVector one = reducedHigh.add(1);
    DoubleVector rest =
        VectorExponential.mantissaLow(reducedHigh, VectorExponential.reducedLow(xTail, k));
    DoubleVector high = one.add(rest);
    DoubleVector low = rest.sub(high.sub(one));

    DoubleVector bounded = k.blend(-1000, k.compare(VectorOperators.LT, -1000));
    DoubleVector normal = VectorExponential.powerOfTwo(bounded.add(Exponential.SHIFT));
    DoubleVector t = high.mul(normal);
    DoubleVector denominator = t.add(1);
    DoubleVector denominatorLow = low.fma(normal, t.sub(denominator.sub(1)));
    DoubleVector inverse = z.broadcast(1).div(denominator);

    DoubleVector numerator = high.blend(1, upper);
    DoubleVector numeratorLow = low.blend(0, upper);
    DoubleVector quotient = numerator.mul(inverse);
    DoubleVector negative = quotient.neg();
    DoubleVector remainder =
        negative.fma(denominator, numerator).add(negative.fma(denominatorLow, numeratorLow));
    DoubleVector probability = remainder.fma(inverse, quotient);
    DoubleVector exponent = k.blend(0, upper);
    DoubleVector first = VectorExponential.firstHalf(exponent);
    DoubleVector second = VectorExponential.secondHalf(exponent, first);
    return probability
        .mul(VectorExponential.powerOfTwo(first))
        .mul(VectorExponential.powerOfTwo(second));
  }

  @Override
  public float max(float[] logits, int from, int count) {
    int whole = FLOATS.loopBound(count);
    FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
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
    DoubleVector largest = DoubleVector.broadcast(DOUBLES, Double.NEGATIVE_INFINITY);
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
    for (int i = 0; i < whole; i += LANES) {
      DoubleVector x = scaled(widened(logits, from + i).sub(max), temperature);
      VectorExponential.forFloat(x).intoArray(exponentials, i);
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
    int whole = DOUBLES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      DoubleVector logit = DoubleVector.fromArray(DOUBLES, logits, from + i);
      DoubleVector x = logit.sub(max);
      DoubleVector taken = x.sub(logit);
      DoubleVector tail = logit.sub(x.sub(taken)).sub(taken.add(max));
      if (temperature != 1) {
        DoubleVector difference = x;
        x = difference.div(temperature);
        tail = x.neg().fma(x.broadcast(temperature), difference).add(tail).div(temperature);
      }
      VectorMask<Double> beyond = x.compare(VectorOperators.LT, Exponential.LOWEST_FOR_DOUBLE);
      x = x.blend(Exponential.LOWEST_FOR_DOUBLE, beyond);
      tail = tail.blend(0, beyond);

      DoubleVector k = VectorExponential.exponent(x);
      DoubleVector reducedHigh = VectorExponential.reducedHigh(x, k);
      DoubleVector one = reducedHigh.add(1);
      DoubleVector rest =
          VectorExponential.mantissaLow(reducedHigh, VectorExponential.reducedLow(tail, k));
      DoubleVector mantissa = one.add(rest);
      DoubleVector mantissaLow = rest.sub(mantissa.sub(one));
      DoubleVector first = VectorExponential.firstHalf(k);
      DoubleVector scale = VectorExponential.powerOfTwo(first);
      DoubleVector scaleAgain =
          VectorExponential.powerOfTwo(VectorExponential.secondHalf(k, first));
      mantissa.mul(scale).mul(scaleAgain).intoArray(high, i);
      mantissaLow.mul(scale).mul(scaleAgain).intoArray(low, i);
    }
    SCALAR.exponentials(logits, from, whole, count, max, temperature, high, low);
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
    double inverse = 1 / sum;
    for (int i = 0; i < whole; i += LANES) {
      DoubleVector exponential = DoubleVector.fromArray(DOUBLES, exponentials, i);
      DoubleVector quotient = exponential.mul(inverse);
      DoubleVector negative = quotient.neg();
      DoubleVector rest =
          negative.fma(
              negative.broadcast(sumLow), negative.fma(negative.broadcast(sum), exponential));
      rest.fma(negative.broadcast(inverse), quotient).intoArray(probabilities, from + i);
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
    for (int row = 0; row < whole; row += LANES) {
      FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
      for (int c = 0; c < classes; c++) {
        FloatVector z = FloatVector.fromArray(FLOATS, tile, c * stride + row);
        largest = largest.blend(z, z.compare(VectorOperators.GT, largest));
      }
      DoubleVector max = (DoubleVector) largest.convertShape(VectorOperators.F2D, DOUBLES, 0);
      for (int c = 0; c < classes; c++) {
        DoubleVector x = scaled(widened(tile, c * stride + row).sub(max), temperature);
        VectorExponential.forFloat(x).intoArray(exponentials, c * LANES);
      }
      DoubleVector inverse =
          DoubleVector.broadcast(DOUBLES, 1).div(VectorStripedSum.of(exponentials, classes));
      for (int c = 0; c < classes; c++) {
        FloatVector probability =
            narrowed(DoubleVector.fromArray(DOUBLES, exponentials, c * LANES).mul(inverse));
        probability.intoArray(tile, c * stride + row);
        ((DoubleVector) probability.convertShape(VectorOperators.F2D, DOUBLES, 0))
            .intoArray(exponentials, c * LANES);
      }
      VectorStripedSum.of(exponentials, classes).intoArray(sums, row);
    }
    SCALAR.softmaxTile(tile, stride, whole, rows, classes, temperature, exponentials, sums);
  }

  private static DoubleVector widened(float[] logits, int from) {
    return (DoubleVector)
        FloatVector.fromArray(FLOATS, logits, from).convertShape(VectorOperators.F2D, DOUBLES, 0);
  }

  private static FloatVector narrowed(DoubleVector values) {
    return (FloatVector) values.convertShape(VectorOperators.D2F, FLOATS, 0);
  }

  private static DoubleVector scaled(DoubleVector values, double temperature) {
    return temperature == 1 ? values : values.div(temperature);
  }
}
