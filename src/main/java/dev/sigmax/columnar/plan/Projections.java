package dev.sigmax.columnar.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import scala.Option;
import scala.PartialFunction;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractPartialFunction;

/** Two projections, one over the other, as one. */
final class Projections {
  private Projections() {}

  /** The outer projections with the inner ones' expressions in place of their names. */
  static List<NamedExpression> over(List<NamedExpression> outer, List<NamedExpression> inner) {
    Map<ExprId, Expression> named = new HashMap<>();
    for (NamedExpression expression : inner) {
      if (expression instanceof Alias alias) {
        named.put(alias.exprId(), alias.child());
      }
    }
    PartialFunction<Expression, Expression> substitution =
        new AbstractPartialFunction<>() {
          @Override
          public boolean isDefinedAt(Expression expression) {
            return expression instanceof Attribute attribute
                && named.containsKey(attribute.exprId());
          }

          @Override
          public Expression apply(Expression expression) {
            return named.get(((Attribute) expression).exprId());
          }
        };
    return outer.stream().map(expression -> substitute(expression, substitution)).toList();
  }

  @SuppressWarnings("unchecked")
  private static Seq<String> noNames() {
    return (Seq<String>) (Seq<?>) Nil$.MODULE$;
  }

  private static NamedExpression substitute(
      NamedExpression expression, PartialFunction<Expression, Expression> substitution) {
    Expression replaced = ((Expression) expression).transformUp(substitution);
    if (replaced instanceof NamedExpression still) {
      return still;
    }
    return new Alias(
        replaced,
        expression.name(),
        expression.exprId(),
        expression.qualifier(),
        Option.empty(),
        noNames());
  }
}
