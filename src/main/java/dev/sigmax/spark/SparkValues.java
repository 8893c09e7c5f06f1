package dev.sigmax.spark;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;

/** Values as a function hands them to Spark. */
public final class SparkValues {
  private SparkValues() {}

  /** A copy of an array, without nulls. */
  public static ArrayData array(float[] values) {
    return UnsafeArrayData.fromPrimitiveArray(values);
  }

  /** A copy of an array, without nulls. */
  public static ArrayData array(double[] values) {
    return UnsafeArrayData.fromPrimitiveArray(values);
  }

  /** An array of Spark's own values, without a copy. */
  public static ArrayData array(Object[] values) {
    return new GenericArrayData(values);
  }

  /** A struct of these fields, as Spark represents them; null is null. */
  public static InternalRow row(Object... fields) {
    return new GenericInternalRow(fields);
  }
}
