package dev.sigmax.spark.calls;

import dev.sigmax.function.SigmaxCatalog;
import dev.sigmax.function.SigmaxFunction;
import dev.sigmax.function.TypedFunction;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;

/**
 * Gives calls by a catalog's name ({@code sigmax.softmax(logits)}) what those by the extension's
 * have: the call's name for an unnamed column, and constant temperatures checked early.
 */
public final class CatalogCalls extends ExpressionRule {
  @Override
  Expression rewritten(Expression expression) {
    return named(expression);
  }

  /** The expression with its calls by a catalog named; itself if there are none. */
  static Expression named(Expression expression) {
    if (expression instanceof FunctionCall || expression instanceof NamedCall) {
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
        ? SigmaxCatalog.function(function.name())
        : Optional.empty();
  }

  private static Expression named(StaticInvoke call, SigmaxFunction function) {
    try {
      return FunctionCall.of(function, call.arguments());
    } catch (Exception failure) {
      throw CallPosition.add(failure, call);
    }
  }
}
