package dev.sigmax.function;

import dev.sigmax.spark.SparkValues;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.UserDefinedType;

/**
 * Spark ML's vectors as their rows: (type, size, indices, values), type 0 sparse and 1 dense. Known
 * by their shape, so that Spark ML need not be on the class path.
 */
final class MlVectors {
  private static final String CLASS = "org.apache.spark.ml.linalg.VectorUDT";
  private static final byte DENSE = 1;
  private static final int TYPE = 0;
  private static final int SIZE = 1;
  private static final int INDICES = 2;
  private static final int VALUES = 3;

  private MlVectors() {}

  static boolean isVector(DataType type) {
    return type instanceof UserDefinedType<?> && type.getClass().getName().equals(CLASS);
  }

  /** The vector's elements in an array of its own. */
  static double[] values(InternalRow vector) {
    double[] values = vector.getArray(VALUES).toDoubleArray();
    if (vector.getByte(TYPE) == DENSE) {
      return values;
    }
    double[] all = new double[vector.getInt(SIZE)];
    ArrayData indices = vector.getArray(INDICES);
    for (int i = 0; i < values.length; i++) {
      all[indices.getInt(i)] = values[i];
    }
    return all;
  }

  /**
   * A vector of these elements, whose array it keeps. Spark compares the bits of vectors where it
   * groups, so every NaN becomes the same one.
   */
  static InternalRow dense(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.isNaN(values[i]) ? Double.NaN : values[i];
    }
    return SparkValues.row(DENSE, null, null, SparkValues.array(values));
  }
}
