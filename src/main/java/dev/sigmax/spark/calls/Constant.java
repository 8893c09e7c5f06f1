package dev.sigmax.spark.calls;

import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.Decimal;

/** What is known of an argument before there is a row. */
final class Constant {
  private Constant() {}

  /** The value of a number; none if it is null or not known yet. */
  static Optional<Number> number(Expression argument) {
    return value(argument)
        .map(value -> value instanceof Decimal decimal ? decimal.toDouble() : (Number) value);
  }

  /** How many elements an array has; none if it is null or not known yet. */
  static OptionalInt length(Expression argument) {
    if (argument instanceof Cast cast) {
      return length(cast.child());
    }
    if (argument instanceof CreateArray array) {
      return OptionalInt.of(array.children().length());
    }
    return value(argument)
        .map(array -> OptionalInt.of(((ArrayData) array).numElements()))
        .orElse(OptionalInt.empty());
  }

  private static Optional<Object> value(Expression argument) {
    return argument.foldable() ? Optional.ofNullable(argument.eval(null)) : Optional.empty();
  }
}
