package dev.sigmax.function;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.Softmax;
import dev.sigmax.kernel.rule.Temperature;
import dev.sigmax.spark.SparkValues;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * {@code softmax(logits [, temperature])}: array of float → array of float, array of double → array
 * of double, ML vector → ML vector (dense). null gives null, as does an array with a null in it;
 * NaN, +∞ or nothing above -∞ gives all NaN; an empty array gives an empty array.
 */
public final class SoftmaxFunction extends SigmaxFunction {
  private static final String NAME = "softmax";
  private static final ThreadLocal<Softmax> SOFTMAX =
      ThreadLocal.withInitial(() -> new Softmax(Kernels.kernel()));

  /** The function, before its types are known. */
  public SoftmaxFunction() {
    super(
        new Usage(
            NAME,
            List.of(
                Parameter.logits(
                    "logits", Usage.ARRAY_OR_VECTOR, "the logits of one row, one a class"),
                Parameter.temperature()),
            "Returns the probabilities of classes that exclude each other, "
                + "exp(logit / temperature) of each over their sum.",
            "null gives null, as does an array with a null in it. NaN, Infinity or "
                + "nothing above -Infinity gives all NaN. An empty array gives an empty "
                + "array.",
            "SELECT _FUNC_(array(1F, 1F))",
            "[0.5,0.5]"));
  }

  @Override
  public BoundFunction bind(StructType inputType) {
    Signature signature = Signature.of(usage(), inputType);
    return switch (signature.logits()) {
      case FLOAT_ARRAY -> new OfFloatArray(signature.types(Signature.FLOATS));
      case DOUBLE_ARRAY -> new OfDoubleArray(signature.types(Signature.DOUBLES));
      case VECTOR -> new OfVector(signature.types(inputType.fields()[0].dataType()));
      case FLOAT, DOUBLE -> throw signature.unsupported();
    };
  }

  private static double[] softmax(double[] values, double temperature) {
    SOFTMAX.get().softmax(values, 0, values.length, Temperature.require(temperature), values, 0);
    return values;
  }

  /** array of float → array of float. */
  public static final class OfFloatArray extends TypedFunction<ArrayData> {
    private static final long serialVersionUID = 1L;

    OfFloatArray(List<DataType> types) {
      super(NAME, types, Signature.FLOATS);
    }

    /** The softmax of the array. */
    public static ArrayData invoke(ArrayData logits) {
      return invoke(logits, 1);
    }

    /** The softmax of the array, divided by the temperature first. */
    public static ArrayData invoke(ArrayData logits, double temperature) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      float[] values = logits.toFloatArray();
      SOFTMAX.get().softmax(values, 0, values.length, Temperature.require(temperature), values, 0);
      return SparkValues.array(values);
    }
  }

  /** array of double → array of double. */
  public static final class OfDoubleArray extends TypedFunction<ArrayData> {
    private static final long serialVersionUID = 1L;

    OfDoubleArray(List<DataType> types) {
      super(NAME, types, Signature.DOUBLES);
    }

    /** The softmax of the array. */
    public static ArrayData invoke(ArrayData logits) {
      return invoke(logits, 1);
    }

    /** The softmax of the array, divided by the temperature first. */
    public static ArrayData invoke(ArrayData logits, double temperature) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      return SparkValues.array(softmax(logits.toDoubleArray(), temperature));
    }
  }

  /** ML vector → dense ML vector. */
  public static final class OfVector extends TypedFunction<InternalRow> {
    private static final long serialVersionUID = 1L;

    OfVector(List<DataType> types) {
      super(NAME, types, types.get(0));
    }

    /**
     * The softmax of the vector; what a sparse vector leaves out is a logit of 0. For a
     * user-defined type Spark looks for a method that takes an Object, and calls it with the type's
     * row.
     */
    public static InternalRow invoke(Object vector) {
      return invoke(vector, 1);
    }

    /** The softmax of the vector, divided by the temperature first. */
    public static InternalRow invoke(Object vector, double temperature) {
      return vector == null
          ? null
          : MlVectors.dense(softmax(MlVectors.values((InternalRow) vector), temperature));
    }
  }
}
