package dev.sigmax.function;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Gives calls by a catalog's name ({@code sigmax.softmax(logits)}) what those by the extension's
 * have: the call's name for an unnamed column, arguments by name, temperatures checked early. Spark
 * resolves them to a call of the static method and leaves no room for more.
 */
public final class CatalogCalls extends Rule<LogicalPlan> {
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan.resolveOperatorsUp(
        new AbstractPartialFunction<LogicalPlan, LogicalPlan>() {
          @Override
          public boolean isDefinedAt(LogicalPlan node) {
            return true;
          }

          @Override
          public LogicalPlan apply(LogicalPlan node) {
            return (LogicalPlan) node.mapExpressions(CatalogCalls::named);
          }
        });
  }

  /** The expression with its calls by a catalog named; itself if there are none. */
  static Expression named(Expression expression) {
    if (expression instanceof FunctionCall) {
      return expression;
    }
    if (expression instanceof StaticInvoke call && called(call).isPresent()) {
      return named(call, called(call).get());
    }
    Expression changed = expression.mapChildren(CatalogCalls::named);
    if (changed != expression
        && changed instanceof Alias alias
        && alias.name().equals(PrettySql.of(((Alias) expression).child()))) {
      return (Expression) alias.withName(PrettySql.of(alias.child()));
    }
    return changed;
  }

  private static Optional<SigmaxFunction> called(StaticInvoke call) {
    return call.scalarFunction().isDefined()
            && call.scalarFunction().get() instanceof TypedFunction<?> function
        ? Optional.ofNullable(SigmaxCatalog.functions().get(function.name()))
        : Optional.empty();
  }

  private static Expression named(StaticInvoke call, SigmaxFunction function) {
    List<Expression> arguments =
        CollectionConverters.asJava(call.arguments()).stream().map(CatalogCalls::uncast).toList();
    Seq<Expression> given = CollectionConverters.asScala(arguments).toSeq();
    try {
      return FunctionCall.of(function, given);
    } catch (Exception failure) {
      throw located(failure, call);
    }
  }

  /** A named argument without the cast that Spark put over it. */
  private static Expression uncast(Expression argument) {
    return argument instanceof Cast cast && cast.child() instanceof NamedArgumentExpression named
        ? named
        : argument;
  }

  private static RuntimeException located(Exception failure, StaticInvoke call) {
    Exception located =
        failure instanceof AnalysisException wrong ? wrong.withPosition(call.origin()) : failure;
    throw CallErrors.undeclared(located);
  }
}
