package dev.sigmax.function;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.LogSoftmax;
import java.util.List;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code logsumexp(logits)}: log Σ exp(z_j). array of float → float, array of double → double. null
 * gives null, as does an array with a null in it; NaN gives NaN, else +∞ gives +∞; an empty array
 * gives -∞.
 */
public final class LogSumExpFunction extends SigmaxFunction {
  private static final String NAME = "logsumexp";
  private static final ThreadLocal<LogSoftmax> LOGARITHMS =
      ThreadLocal.withInitial(() -> new LogSoftmax(Kernels.kernel()));

  /** The function, before its types are known. */
  public LogSumExpFunction() {
    super(
        new Usage(
            NAME,
            List.of(Parameter.logits("logits", Usage.ARRAY, "the logits of one row, one a class")),
            "Returns the logarithm of the sum of the exponentials of the elements "
                + "of an array.",
            "null gives null, as does an array with a null in it. NaN gives NaN, "
                + "else Infinity gives Infinity. An empty array gives -Infinity.",
            "SELECT _FUNC_(array(0.0, 1000.0))",
            "1000.0"));
  }

  @Override
  public BoundFunction bind(StructType inputType) {
    return Signature.of(usage(), inputType).bindArray(OfFloats::new, OfDoubles::new);
  }

  /** array of float → float. */
  public static final class OfFloats extends TypedFunction<Float> {
    private static final long serialVersionUID = 1L;

    OfFloats(List<DataType> types) {
      super(NAME, types, DataTypes.FloatType);
    }

    /** The logarithm of the row's sum of exponentials; null for null or an array with a null. */
    public static Float invoke(ArrayData logits) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      float[] values = logits.toFloatArray();
      return LOGARITHMS.get().logSumExp(values, 0, values.length);
    }
  }

  /** array of double → double. */
  public static final class OfDoubles extends TypedFunction<Double> {
    private static final long serialVersionUID = 1L;

    OfDoubles(List<DataType> types) {
      super(NAME, types, DataTypes.DoubleType);
    }

    /** The logarithm of the row's sum of exponentials; null for null or an array with a null. */
    public static Double invoke(ArrayData logits) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      double[] values = logits.toDoubleArray();
      return LOGARITHMS.get().logSumExp(values, 0, values.length);
    }
  }
}
