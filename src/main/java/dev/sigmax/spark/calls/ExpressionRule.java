package dev.sigmax.spark.calls;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.runtime.AbstractPartialFunction;

/** A rule of Spark's analyser that looks at each expression of a plan that is not resolved yet. */
abstract class ExpressionRule extends Rule<LogicalPlan> {
  @Override
  public final LogicalPlan apply(LogicalPlan plan) {
    return plan.resolveOperatorsUp(
        new AbstractPartialFunction<LogicalPlan, LogicalPlan>() {
          @Override
          public boolean isDefinedAt(LogicalPlan node) {
            return true;
          }

          @Override
          public LogicalPlan apply(LogicalPlan node) {
            return node.mapExpressions(ExpressionRule.this::rewritten);
          }
        });
  }

  /** What takes the expression's place; itself where there is nothing to do. */
  abstract Expression rewritten(Expression expression);
}
