package dev.sigmax.function;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.LogSoftmax;
import java.util.List;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code cross_entropy(logits, label)}: what the class that holds costs, -log softmax of it;
 * classes count from 0. (array of float, int) → float, (array of double, int) → double. null gives
 * null, as does an array with a null in it; NaN, +∞ or nothing above -∞ gives NaN; a label that is
 * no class of the row fails the query.
 */
public final class CrossEntropyFunction implements UnboundFunction {
  private static final String NAME = "cross_entropy";
  private static final ThreadLocal<LogSoftmax> LOGARITHMS =
      ThreadLocal.withInitial(() -> new LogSoftmax(Kernels.kernel()));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return NAME
        + "(logits, label): the loss of a row whose class is the label, counted from 0, for an array"
        + " of float or double";
  }

  @Override
  public BoundFunction bind(StructType inputType) {
    Signature signature = Signature.ofLogitsAndLabel(NAME, inputType, DataTypes.IntegerType);
    return switch (signature.logits()) {
      case FLOAT_ARRAY -> new OfFloats(signature.types(Signature.FLOATS));
      case DOUBLE_ARRAY -> new OfDoubles(signature.types(Signature.DOUBLES));
      case FLOAT, DOUBLE, VECTOR -> throw signature.unsupported("an array of float or double");
    };
  }

  /** (array of float, int) → float. */
  public static final class OfFloats extends TypedFunction<Float> {
    private static final long serialVersionUID = 1L;

    OfFloats(List<DataType> types) {
      super(NAME, types, DataTypes.FloatType);
    }

    /** The loss of a row; null for null or an array with a null. */
    public static Float invoke(ArrayData logits, int label) {
      if (logits == null || LogitArrays.hasNull(logits)) {
        return null;
      }
      float[] values = logits.toFloatArray();
      return LOGARITHMS.get().crossEntropy(values, 0, values.length, label);
    }
  }

  /** (array of double, int) → double. */
  public static final class OfDoubles extends TypedFunction<Double> {
    private static final long serialVersionUID = 1L;

    OfDoubles(List<DataType> types) {
      super(NAME, types, DataTypes.DoubleType);
    }

    /** The loss of a row; null for null or an array with a null. */
    public static Double invoke(ArrayData logits, int label) {
      if (logits == null || LogitArrays.hasNull(logits)) {
        return null;
      }
      double[] values = logits.toDoubleArray();
      return LOGARITHMS.get().crossEntropy(values, 0, values.length, label);
    }
  }
}
