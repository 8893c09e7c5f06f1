package dev.sigmax.function;

import dev.sigmax.kernel.Kernel;
import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.rule.Temperature;
import dev.sigmax.spark.SparkValues;
import java.util.List;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code sigmoid(logit [, temperature])}: float → float, double → double, and each element of an
 * array of either. null gives null, as does an array with a null in it; NaN gives NaN, ±∞ its
 * limit.
 */
public final class SigmoidFunction extends SigmaxFunction {
  private static final String NAME = "sigmoid";

  /** The function, before its types are known. */
  public SigmoidFunction() {
    super(
        new Usage(
            NAME,
            List.of(
                Parameter.logits(
                    "logit",
                    Usage.NUMBER_OR_ARRAY,
                    "one logit, or an array of logits, each on its own"),
                Parameter.temperature()),
            "Returns the probability of a yes, 1 / (1 + exp(-logit / temperature));"
                + " of each element of an array.",
            "null gives null, as does an array with a null in it. NaN gives NaN, "
                + "-Infinity 0 and Infinity 1.",
            "SELECT _FUNC_(0.0)",
            "0.5"));
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

    /** σ(logit). */
    public static float invoke(float logit) {
      return Kernels.sigmoid(logit, 1);
    }

    /** σ(logit / temperature). */
    public static float invoke(float logit, double temperature) {
      return Kernels.sigmoid(logit, Temperature.require(temperature));
    }
  }

  /** double → double. */
  public static final class OfDouble extends TypedFunction<Double> {
    private static final long serialVersionUID = 1L;

    OfDouble(List<DataType> types) {
      super(NAME, types, DataTypes.DoubleType);
    }

    /** σ(logit). */
    public static double invoke(double logit) {
      return Kernels.sigmoid(logit, 1);
    }

    /** σ(logit / temperature). */
    public static double invoke(double logit, double temperature) {
      return Kernels.sigmoid(logit, Temperature.require(temperature));
    }
  }

  /** array of float → array of float. */
  public static final class OfFloatArray extends TypedFunction<ArrayData> {
    private static final long serialVersionUID = 1L;

    OfFloatArray(List<DataType> types) {
      super(NAME, types, Signature.FLOATS);
    }

    /** σ of each element. */
    public static ArrayData invoke(ArrayData logits) {
      return invoke(logits, 1);
    }

    /** σ of each element, divided by the temperature first. */
    public static ArrayData invoke(ArrayData logits, double temperature) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      Kernel kernel = Kernels.kernel();
      float[] values = logits.toFloatArray();
      kernel.sigmoid(values, 0, values, 0, values.length, Temperature.require(temperature));
      return SparkValues.array(values);
    }
  }

  /** array of double → array of double. */
  public static final class OfDoubleArray extends TypedFunction<ArrayData> {
    private static final long serialVersionUID = 1L;

    OfDoubleArray(List<DataType> types) {
      super(NAME, types, Signature.DOUBLES);
    }

    /** σ of each element. */
    public static ArrayData invoke(ArrayData logits) {
      return invoke(logits, 1);
    }

    /** σ of each element, divided by the temperature first. */
    public static ArrayData invoke(ArrayData logits, double temperature) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      Kernel kernel = Kernels.kernel();
      double[] values = logits.toDoubleArray();
      kernel.sigmoid(values, 0, values, 0, values.length, Temperature.require(temperature));
      return SparkValues.array(values);
    }
  }
}
