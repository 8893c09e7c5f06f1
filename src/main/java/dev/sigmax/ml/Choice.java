package dev.sigmax.ml;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable;

/** A parameter that has one of a few values, and names them where it is set to another. */
final class Choice {
  private Choice() {}

  /** Setting another value throws an IllegalArgumentException. */
  static Param<String> of(Identifiable owner, String name, String doc, List<String> values) {
    return new Param<>(
        owner,
        name,
        doc,
        value -> {
          if (!values.contains(value)) {
            throw new IllegalArgumentException(
                name + " is " + value + "; it can be " + String.join(", ", values));
          }
          return true;
        });
  }
}
