package dev.sigmax.columnar.plan;

import dev.sigmax.function.ScoreFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.execution.SparkPlan;
import scala.jdk.javaapi.CollectionConverters;

/** Looks for calls of our functions in a physical plan. */
final class ScoreCalls {
  private static final String PACKAGE = ScoreFunction.class.getPackageName() + ".";

  private ScoreCalls() {}

  /** Whether a plan calls one of our functions anywhere. */
  static boolean in(SparkPlan plan) {
    for (Expression expression : CollectionConverters.asJava(plan.expressions())) {
      if (in(expression)) {
        return true;
      }
    }
    for (SparkPlan child : CollectionConverters.asJava(plan.children())) {
      if (in(child)) {
        return true;
      }
    }
    return false;
  }

  private static boolean in(Expression expression) {
    if (expression instanceof StaticInvoke call
        && call.staticObject().getName().startsWith(PACKAGE)) {
      return true;
    }
    for (Expression child : CollectionConverters.asJava(expression.children())) {
      if (in(child)) {
        return true;
      }
    }
    return false;
  }
}
