package dev.sigmax.function;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.LogSoftmax;
import dev.sigmax.spark.SparkValues;
import java.util.List;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * {@code log_softmax(logits)}: the logarithms of the probabilities of classes that exclude each
 * other. array of float → array of float, array of double → array of double. null gives null, as
 * does an array with a null in it; NaN, +∞ or nothing above -∞ gives all NaN.
 */
public final class LogSoftmaxFunction extends SigmaxFunction {
  private static final String NAME = "log_softmax";
  private static final ThreadLocal<LogSoftmax> LOGARITHMS =
      ThreadLocal.withInitial(() -> new LogSoftmax(Kernels.kernel()));

  /** The function, before its types are known. */
  public LogSoftmaxFunction() {
    super(
        new Usage(
            NAME,
            List.of(Parameter.logits("logits", Usage.ARRAY, "the logits of one row, one a class")),
            "Returns the logarithm of each probability of softmax(logits).",
            "null gives null, as does an array with a null in it. NaN, Infinity or "
                + "nothing above -Infinity gives all NaN.",
            "SELECT _FUNC_(array(1.0, 1.0))",
            "[-0.6931471805599453,-0.6931471805599453]"));
  }

  @Override
  public BoundFunction bind(StructType inputType) {
    return Signature.of(usage(), inputType).bindArray(OfFloats::new, OfDoubles::new);
  }

  /** array of float → array of float. */
  public static final class OfFloats extends TypedFunction<ArrayData> {
    private static final long serialVersionUID = 1L;

    OfFloats(List<DataType> types) {
      super(NAME, types, Signature.FLOATS);
    }

    /** The logarithm of each probability. */
    public static ArrayData invoke(ArrayData logits) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      float[] values = logits.toFloatArray();
      LOGARITHMS.get().logSoftmax(values, 0, values.length, values, 0);
      return SparkValues.array(values);
    }
  }

  /** array of double → array of double. */
  public static final class OfDoubles extends TypedFunction<ArrayData> {
    private static final long serialVersionUID = 1L;

    OfDoubles(List<DataType> types) {
      super(NAME, types, Signature.DOUBLES);
    }

    /** The logarithm of each probability. */
    public static ArrayData invoke(ArrayData logits) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      double[] values = logits.toDoubleArray();
      LOGARITHMS.get().logSoftmax(values, 0, values.length, values, 0);
      return SparkValues.array(values);
    }
  }
}
