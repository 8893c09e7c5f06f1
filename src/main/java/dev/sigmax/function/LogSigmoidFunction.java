package dev.sigmax.function;

import dev.sigmax.kernel.LogSigmoid;
import dev.sigmax.spark.SparkValues;
import java.util.List;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code log_sigmoid(logit)}: the logarithm of the probability of a yes. float → float, double →
 * double, and each element of an array of either. null gives null, as does an array with a null in
 * it; NaN gives NaN, -∞ gives -∞, +∞ gives -0.
 */
public final class LogSigmoidFunction extends SigmaxFunction {
  private static final String NAME = "log_sigmoid";

  /** The function, before its types are known. */
  public LogSigmoidFunction() {
    super(
        new Usage(
            NAME,
            List.of(
                Parameter.logits(
                    "logit",
                    Usage.NUMBER_OR_ARRAY,
                    "one logit, or an array of logits, each on its own")),
            "Returns the logarithm of sigmoid(logit), exact in both tails; of each "
                + "element of an array.",
            "null gives null, as does an array with a null in it. NaN gives NaN, "
                + "-Infinity gives -Infinity and Infinity -0.0.",
            "SELECT _FUNC_(-1000.0)",
            "-1000.0"));
  }

  @Override
  public BoundFunction bind(StructType inputType) {
    Signature signature = Signature.of(usage(), inputType);
    return switch (signature.logits()) {
      case FLOAT -> new OfFloat(signature.types(DataTypes.FloatType));
      case DOUBLE -> new OfDouble(signature.types(DataTypes.DoubleType));
      case FLOAT_ARRAY -> new OfFloatArray(signature.types(Signature.FLOATS));
      case DOUBLE_ARRAY -> new OfDoubleArray(signature.types(Signature.DOUBLES));
      case VECTOR -> throw signature.unsupported();
    };
  }

  /** float → float. */
  public static final class OfFloat extends TypedFunction<Float> {
    private static final long serialVersionUID = 1L;

    OfFloat(List<DataType> types) {
      super(NAME, types, DataTypes.FloatType);
    }

    /** log σ(logit). */
    public static float invoke(float logit) {
      return LogSigmoid.of(logit);
    }
  }

  /** double → double. */
  public static final class OfDouble extends TypedFunction<Double> {
    private static final long serialVersionUID = 1L;

    OfDouble(List<DataType> types) {
      super(NAME, types, DataTypes.DoubleType);
    }

    /** log σ(logit). */
    public static double invoke(double logit) {
      return LogSigmoid.of(logit);
    }
  }

  /** array of float → array of float. */
  public static final class OfFloatArray extends TypedFunction<ArrayData> {
    private static final long serialVersionUID = 1L;

    OfFloatArray(List<DataType> types) {
      super(NAME, types, Signature.FLOATS);
    }

    /** log σ of each element. */
    public static ArrayData invoke(ArrayData logits) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      float[] values = logits.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        values[i] = LogSigmoid.of(values[i]);
      }
      return SparkValues.array(values);
    }
  }

  /** array of double → array of double. */
  public static final class OfDoubleArray extends TypedFunction<ArrayData> {
    private static final long serialVersionUID = 1L;

    OfDoubleArray(List<DataType> types) {
      super(NAME, types, Signature.DOUBLES);
    }

    /** log σ of each element. */
    public static ArrayData invoke(ArrayData logits) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      double[] values = logits.toDoubleArray();
      for (int i = 0; i < values.length; i++) {
        values[i] = LogSigmoid.of(values[i]);
      }
      return SparkValues.array(values);
    }
  }
}
