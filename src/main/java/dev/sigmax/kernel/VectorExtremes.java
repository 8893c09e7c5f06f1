package dev.sigmax.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The least and the greatest of many on the Vector API, as {@link Kernel} describes them. */
final class VectorExtremes {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final ScalarKernel SCALAR = ScalarKernel.INSTANCE;

  private VectorExtremes() {}

  static float max(float[] logits, int from, int count) {
    int whole = FLOATS.loopBound(count);
    FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < whole; i += FLOATS.length()) {
      FloatVector z = FloatVector.fromArray(FLOATS, logits, from + i);
      largest = largest.blend(z, z.compare(VectorOperators.GT, largest));
    }
    return Math.max(
        largest.reduceLanes(VectorOperators.MAX), SCALAR.max(logits, from + whole, count - whole));
  }

  static double max(double[] logits, int from, int count) {
    int whole = DOUBLES.loopBound(count);
    DoubleVector largest = DoubleVector.broadcast(DOUBLES, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < whole; i += DOUBLES.length()) {
      DoubleVector z = DoubleVector.fromArray(DOUBLES, logits, from + i);
      largest = largest.blend(z, z.compare(VectorOperators.GT, largest));
    }
    return Math.max(
        largest.reduceLanes(VectorOperators.MAX), SCALAR.max(logits, from + whole, count - whole));
  }

  static float minOrNaN(float[] values, int from, int count) {
    int whole = FLOATS.loopBound(count);
    FloatVector least = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
    for (int i = 0; i < whole; i += FLOATS.length()) {
      least = least.min(FloatVector.fromArray(FLOATS, values, from + i));
    }
    return Math.min(
        least.reduceLanes(VectorOperators.MIN),
        SCALAR.minOrNaN(values, from + whole, count - whole));
  }

  static double minOrNaN(double[] values, int from, int count) {
    int whole = DOUBLES.loopBound(count);
    DoubleVector least = DoubleVector.broadcast(DOUBLES, Double.POSITIVE_INFINITY);
    for (int i = 0; i < whole; i += DOUBLES.length()) {
      least = least.min(DoubleVector.fromArray(DOUBLES, values, from + i));
    }
    return Math.min(
        least.reduceLanes(VectorOperators.MIN),
        SCALAR.minOrNaN(values, from + whole, count - whole));
  }

  static float maxOrNaN(float[] values, int from, int count) {
    int whole = FLOATS.loopBound(count);
    FloatVector greatest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < whole; i += FLOATS.length()) {
      greatest = greatest.max(FloatVector.fromArray(FLOATS, values, from + i));
    }
    return Math.max(
        greatest.reduceLanes(VectorOperators.MAX),
        SCALAR.maxOrNaN(values, from + whole, count - whole));
  }

  static double maxOrNaN(double[] values, int from, int count) {
    int whole = DOUBLES.loopBound(count);
    DoubleVector greatest = DoubleVector.broadcast(DOUBLES, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < whole; i += DOUBLES.length()) {
      greatest = greatest.max(DoubleVector.fromArray(DOUBLES, values, from + i));
    }
    return Math.max(
        greatest.reduceLanes(VectorOperators.MAX),
        SCALAR.maxOrNaN(values, from + whole, count - whole));
  }
}
