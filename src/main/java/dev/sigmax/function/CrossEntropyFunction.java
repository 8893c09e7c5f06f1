package dev.sigmax.function;

import dev.sigmax.error.Counted;
import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.LogSoftmax;
import java.util.List;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code cross_entropy(logits, label)}: what the class that holds costs, -log softmax of it;
 * classes count from 0. (array of float, bigint) → float, (array of double, bigint) → double. null
 * gives null, as does an array with a null in it; NaN, +∞ or nothing above -∞ gives NaN; a label
 * that is no class of the row fails the query.
 */
public final class CrossEntropyFunction extends SigmaxFunction {
  private static final String NAME = "cross_entropy";
  private static final ThreadLocal<LogSoftmax> LOGARITHMS =
      ThreadLocal.withInitial(() -> new LogSoftmax(Kernels.kernel()));

  /** The function, before its types are known. */
  public CrossEntropyFunction() {
    super(
        new Usage(
            NAME,
            List.of(
                Parameter.logits("logits", Usage.ARRAY, "the logits of one row, one a class"),
                Parameter.classIndex()),
            "Returns the loss of a row, minus the logarithm of the softmax of the "
                + "class that holds.",
            "null gives null, as does an array with a null in it. NaN, Infinity or "
                + "nothing above -Infinity gives NaN.",
            "SELECT _FUNC_(array(0.0, 1000.0), 0)",
            "1000.0"));
  }

  @Override
  public BoundFunction bind(StructType inputType) {
    return Signature.of(usage(), inputType).bindArray(OfFloats::new, OfDoubles::new);
  }

  /** (array of float, bigint) → float. */
  public static final class OfFloats extends TypedFunction<Float> {
    private static final long serialVersionUID = 1L;

    OfFloats(List<DataType> types) {
      super(NAME, types, DataTypes.FloatType);
    }

    /** The loss of a row; null for null or an array with a null. */
    public static Float invoke(ArrayData logits, long label) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      float[] values = logits.toFloatArray();
      requireClass(label, values.length);
      return LOGARITHMS.get().crossEntropy(values, 0, values.length, (int) label);
    }
  }

  /** (array of double, bigint) → double. */
  public static final class OfDoubles extends TypedFunction<Double> {
    private static final long serialVersionUID = 1L;

    OfDoubles(List<DataType> types) {
      super(NAME, types, DataTypes.DoubleType);
    }

    /** The loss of a row; null for null or an array with a null. */
    public static Double invoke(ArrayData logits, long label) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      double[] values = logits.toDoubleArray();
      requireClass(label, values.length);
      return LOGARITHMS.get().crossEntropy(values, 0, values.length, (int) label);
    }
  }

  /** The kernel refuses it too, but does not know the function's name. */
  private static void requireClass(long label, int classes) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          NAME
              + ": the label is "
              + label
              + ", but the row has "
              + Counted.of(classes, "class", "classes")
              + ", counted from 0");
    }
  }
}
