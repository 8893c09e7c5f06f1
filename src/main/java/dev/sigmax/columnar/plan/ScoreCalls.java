package dev.sigmax.columnar.plan;

import dev.sigmax.function.SoftmaxFunction;
import dev.sigmax.function.score.ScoreFunction;
import dev.sigmax.kernel.rule.ScoreNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.execution.SparkPlan;
import scala.jdk.javaapi.CollectionConverters;

/** Looks for calls of our functions in a physical plan. */
final class ScoreCalls {
  /** Of all our functions, that of jobs in a room below included. */
  private static final String PACKAGE = SoftmaxFunction.class.getPackageName() + ".";

  private ScoreCalls() {}

  /** Whether a plan calls one of our functions anywhere. */
  static boolean in(SparkPlan plan) {
    return any(plan, function -> function.getName().startsWith(PACKAGE));
  }

  /**
   * The output column, counted from 0, with the issue of each row; empty where rows are not judged.
   */
  static Optional<Integer> issueColumn(SparkPlan plan) {
    if (!any(plan, function -> function.getEnclosingClass() == ScoreFunction.class)) {
      return Optional.empty();
    }
    List<Attribute> output = List.copyOf(CollectionConverters.asJava(plan.output()));
    return IntStream.range(0, output.size())
        .filter(i -> output.get(i).name().equals(ScoreNames.ROW_ISSUE))
        .boxed()
        .findFirst();
  }

  private static boolean any(SparkPlan plan, Predicate<Class<?>> function) {
    for (Expression expression : CollectionConverters.asJava(plan.expressions())) {
      if (any(expression, function)) {
        return true;
      }
    }
    for (SparkPlan child : CollectionConverters.asJava(plan.children())) {
      if (any(child, function)) {
        return true;
      }
    }
    return false;
  }

  private static boolean any(Expression expression, Predicate<Class<?>> function) {
    if (expression instanceof StaticInvoke call && function.test(call.staticObject())) {
      return true;
    }
    for (Expression child : CollectionConverters.asJava(expression.children())) {
      if (any(child, function)) {
        return true;
      }
    }
    return false;
  }
}
