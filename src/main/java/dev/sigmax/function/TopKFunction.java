package dev.sigmax.function;

import dev.sigmax.error.Counted;
import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.TopClasses;
import dev.sigmax.kernel.rule.ScoreNames;
import dev.sigmax.spark.SparkValues;
import java.util.List;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * {@code top_k(probabilities, k[, labels])}: the most probable classes of a row, the most probable
 * first and of equals the one that comes first, each with its label, or without labels with its
 * index from 0 as a text. (array of float, bigint, array of string) → array of (label string,
 * probability float), and with double. null gives null, as does an array with a null in it; a NaN
 * is never among them; a {@code k} below 1 and labels that are not as many as probabilities fail
 * the query.
 */
public final class TopKFunction extends SigmaxFunction {
  private static final String NAME = "top_k";

  /** That of the last row on this thread; rows of a query are mostly alike. */
  private static final ThreadLocal<TopClasses> TOP = new ThreadLocal<>();

  /** The function, before its types are known. */
  public TopKFunction() {
    super(
        new Usage(
            NAME,
            List.of(
                Parameter.logits(
                    "probabilities", Usage.ARRAY, "the probabilities of one row, one a class"),
                Parameter.count(),
                Parameter.labels()),
            "Returns the most probable classes of a row with their probabilities, the most probable "
                + "first and of equals the one that comes first.",
            "null gives null, as does an array with a null in it. NaN is never among them. There "
                + "are fewer than k where the row has fewer.",
            "SELECT _FUNC_(array(0.25D, 0.5D, 0.25D), 2, array('a', 'b', 'c')).label",
            "[b,a]"));
  }

  @Override
  public BoundFunction bind(StructType inputType) {
    return Signature.of(usage(), inputType).bindArray(OfFloats::new, OfDoubles::new);
  }

  private static DataType classes(DataType probability) {
    return DataTypes.createArrayType(
        new StructType()
            .add(ScoreNames.LABEL, DataTypes.StringType, false)
            .add(ScoreNames.PROBABILITY, probability, false),
        false);
  }

  /** (array of float, bigint, array of string) → array of (string, float). */
  public static final class OfFloats extends TypedFunction<ArrayData> {
    private static final long serialVersionUID = 1L;

    OfFloats(List<DataType> types) {
      super(NAME, types, classes(DataTypes.FloatType));
    }

    /** The classes of a row by their indexes. */
    public static ArrayData invoke(ArrayData probabilities, long k) {
      if (LogitArrays.isIncomplete(probabilities)) {
        return null;
      }
      return named(top(probabilities.toFloatArray(), k), null, true);
    }

    /** The classes of a row by their labels. */
    public static ArrayData invoke(ArrayData probabilities, long k, ArrayData labels) {
      if (anyNull(probabilities, labels)) {
        return null;
      }
      return named(top(probabilities.toFloatArray(), k), labels, true);
    }
  }

  /** (array of double, bigint, array of string) → array of (string, double). */
  public static final class OfDoubles extends TypedFunction<ArrayData> {
    private static final long serialVersionUID = 1L;

    OfDoubles(List<DataType> types) {
      super(NAME, types, classes(DataTypes.DoubleType));
    }

    /** The classes of a row by their indexes. */
    public static ArrayData invoke(ArrayData probabilities, long k) {
      if (LogitArrays.isIncomplete(probabilities)) {
        return null;
      }
      return named(top(probabilities.toDoubleArray(), k), null, false);
    }

    /** The classes of a row by their labels. */
    public static ArrayData invoke(ArrayData probabilities, long k, ArrayData labels) {
      if (anyNull(probabilities, labels)) {
        return null;
      }
      return named(top(probabilities.toDoubleArray(), k), labels, false);
    }
  }

  private static boolean anyNull(ArrayData probabilities, ArrayData labels) {
    if (LogitArrays.isIncomplete(probabilities) || LogitArrays.isIncomplete(labels)) {
      return true;
    }
    if (labels.numElements() != probabilities.numElements()) {
      throw new IllegalArgumentException(
          "top_k has "
              + Counted.of(labels.numElements(), "label")
              + " for "
              + Counted.of(probabilities.numElements(), "probability", "probabilities"));
    }
    return false;
  }

  private static TopClasses top(float[] probabilities, long k) {
    TopClasses top = room(probabilities.length, k);
    top.take(probabilities, 0, probabilities.length);
    return top;
  }

  private static TopClasses top(double[] probabilities, long k) {
    TopClasses top = room(probabilities.length, k);
    top.take(probabilities, 0, probabilities.length);
    return top;
  }

  private static TopClasses room(int classes, long k) {
    if (k < 1) {
      throw new IllegalArgumentException("top_k takes a k from 1 up, not " + k);
    }
    int most = (int) Math.min(k, classes);
    TopClasses top = TOP.get();
    if (top == null || top.most() != most) {
      top = new TopClasses(most, Kernels.kernel());
      TOP.set(top);
    }
    return top;
  }

  private static ArrayData named(TopClasses top, ArrayData labels, boolean floats) {
    Object[] classes = new Object[top.count()];
    for (int i = 0; i < classes.length; i++) {
      int index = top.classAt(i);
      UTF8String label =
          labels == null
              ? UTF8String.fromString(Integer.toString(index))
              : labels.getUTF8String(index);
      classes[i] =
          floats
              ? SparkValues.row(label, (float) top.probabilityAt(i))
              : SparkValues.row(label, top.probabilityAt(i));
    }
    return SparkValues.array(classes);
  }
}
