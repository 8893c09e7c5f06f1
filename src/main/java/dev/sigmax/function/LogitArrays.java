package dev.sigmax.function;

import org.apache.spark.sql.catalyst.util.ArrayData;

/** Looks at Spark's arrays without boxing an element. */
public final class LogitArrays {
  private LogitArrays() {}

  /**
   * Whether there is no array, or a null in it: a row without a score. To be asked before a bulk
   * read: {@code toFloatArray} and {@code toDoubleArray} take a null for whatever lies in its place
   * (SPARK-48019).
   */
  public static boolean isIncomplete(ArrayData logits) {
    if (logits == null) {
      return true;
    }
    int count = logits.numElements();
    for (int i = 0; i < count; i++) {
      if (logits.isNullAt(i)) {
        return true;
      }
    }
    return false;
  }
}
