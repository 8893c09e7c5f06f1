package dev.sigmax.function;

import dev.sigmax.kernel.LogSigmoid;
import java.util.List;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code binary_cross_entropy(logit, label)}: what a yes expected with probability {@code label}
 * costs, -(y log σ(z) + (1 - y) log σ(-z)). (float, number) → float, (double, number) → double.
 * null gives null, NaN logits give NaN; a label outside [0, 1] fails the query.
 */
public final class BinaryCrossEntropyFunction extends SigmaxFunction {
  private static final String NAME = "binary_cross_entropy";

  /** The function, before its types are known. */
  public BinaryCrossEntropyFunction() {
    super(
        new Usage(
            NAME,
            List.of(Parameter.logits("logit", Usage.NUMBER, "one logit"), Parameter.probability()),
            "Returns the loss of a logit, -(label * log(sigmoid(logit)) + (1 - "
                + "label) * log(sigmoid(-logit))).",
            "null gives null, a NaN logit NaN.",
            "SELECT _FUNC_(-1000.0, 1)",
            "1000.0"));
  }

  @Override
  public BoundFunction bind(StructType inputType) {
    Signature signature = Signature.of(usage(), inputType);
    return switch (signature.logits()) {
      case FLOAT -> new OfFloat(signature.types(DataTypes.FloatType));
      case DOUBLE -> new OfDouble(signature.types(DataTypes.DoubleType));
      case FLOAT_ARRAY, DOUBLE_ARRAY, VECTOR -> throw signature.unsupported();
    };
  }

  /** (float, double) → float. */
  public static final class OfFloat extends TypedFunction<Float> {
    private static final long serialVersionUID = 1L;

    OfFloat(List<DataType> types) {
      super(NAME, types, DataTypes.FloatType);
    }

    /** The loss of one logit. */
    public static float invoke(float logit, double label) {
      requireProbability(label);
      return LogSigmoid.crossEntropy(logit, label);
    }
  }

  /** (double, double) → double. */
  public static final class OfDouble extends TypedFunction<Double> {
    private static final long serialVersionUID = 1L;

    OfDouble(List<DataType> types) {
      super(NAME, types, DataTypes.DoubleType);
    }

    /** The loss of one logit. */
    public static double invoke(double logit, double label) {
      requireProbability(label);
      return LogSigmoid.crossEntropy(logit, label);
    }
  }

  /** The kernel refuses it too, but does not know the function's name. */
  private static void requireProbability(double label) {
    if (!(label >= 0 && label <= 1)) {
      throw new IllegalArgumentException(
          NAME + ": the label is " + label + ", not a number from 0 to 1");
    }
  }
}
