package dev.sigmax.spark.calls;

import dev.sigmax.function.CallErrors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** Where in a query a call stands that cannot be understood. */
final class CallPosition {
  private CallPosition() {}

  /** The failure to understand {@code call}, with its position in the query. */
  static RuntimeException add(Exception failure, Expression call) {
    throw CallErrors.undeclared(
        failure instanceof AnalysisException wrong ? wrong.withPosition(call.origin()) : failure);
  }
}
