package dev.sigmax.function;

import dev.sigmax.kernel.ArgMax;
import java.util.List;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code argmax(logits)}: the class with the largest logit, counted from 0, the first of equals.
 * array of float or double → int. null gives null, as does an array with a null or a NaN in it, and
 * an empty one.
 */
public final class ArgMaxFunction extends SigmaxFunction {
  private static final String NAME = "argmax";

  /** The function, before its types are known. */
  public ArgMaxFunction() {
    super(
        new Usage(
            NAME,
            List.of(Parameter.logits("logits", Usage.ARRAY, "the logits of one row, one a class")),
            "Returns the class with the largest logit, counted from 0; the first of equals.",
            "null gives null, as do an empty array and one with a null or a NaN in " + "it.",
            "SELECT _FUNC_(array(1.0, 3.0, 2.0))",
            "1"));
  }

  @Override
  public BoundFunction bind(StructType inputType) {
    return Signature.of(usage(), inputType).bindArray(OfFloats::new, OfDoubles::new);
  }

  /** array of float → int. */
  public static final class OfFloats extends TypedFunction<Integer> {
    private static final long serialVersionUID = 1L;

    OfFloats(List<DataType> types) {
      super(NAME, types, DataTypes.IntegerType);
    }

    /** The index of the largest logit; null where there is none. */
    public static Integer invoke(ArrayData logits) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      int largest = ArgMax.of(logits.toFloatArray(), 0, logits.numElements());
      return largest == ArgMax.NONE ? null : largest;
    }
  }

  /** array of double → int. */
  public static final class OfDoubles extends TypedFunction<Integer> {
    private static final long serialVersionUID = 1L;

    OfDoubles(List<DataType> types) {
      super(NAME, types, DataTypes.IntegerType);
    }

    /** The index of the largest logit; null where there is none. */
    public static Integer invoke(ArrayData logits) {
      if (LogitArrays.isIncomplete(logits)) {
        return null;
      }
      int largest = ArgMax.of(logits.toDoubleArray(), 0, logits.numElements());
      return largest == ArgMax.NONE ? null : largest;
    }
  }
}
