package dev.sigmax.spark.calls;

import dev.sigmax.function.SigmaxCatalog;
import dev.sigmax.function.SigmaxFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Puts arguments by name of calls by a catalog ({@code sigmax.softmax(logits, temperature => 2)})
 * in their places before Spark resolves the calls: it binds a catalog's function by places only.
 */
public final class CatalogArguments extends ExpressionRule {
  private final SparkSession session;

  /** The rule for one session. */
  public CatalogArguments(SparkSession session) {
    this.session = session;
  }

  @Override
  Expression rewritten(Expression expression) {
    return placed(expression);
  }

  private Expression placed(Expression expression) {
    Expression inner = expression.mapChildren(this::placed);
    if (!(inner instanceof UnresolvedFunction call)
        || !call.arguments().exists(argument -> argument instanceof NamedArgumentExpression)) {
      return inner;
    }
    return function(call).map(function -> placed(call, function)).orElse(inner);
  }

  private Optional<SigmaxFunction> function(UnresolvedFunction call) {
    List<String> name = CollectionConverters.asJava(call.nameParts());
    if (name.size() != 2) {
      return Optional.empty();
    }
    // What decides is this setting; Spark's own lookup is another one from Spark 4.2 on.
    String catalog = session.conf().get("spark.sql.catalog." + name.get(0), "");
    return catalog.equals(SigmaxCatalog.class.getName())
        ? SigmaxCatalog.function(name.get(1))
        : Optional.empty();
  }

  private static Expression placed(UnresolvedFunction call, SigmaxFunction function) {
    List<Expression> arguments = CollectionConverters.asJava(call.arguments());
    List<Expression> others =
        CollectionConverters.asJava(call.children())
            .subList(arguments.size(), call.children().size());
    try {
      List<Expression> children = new ArrayList<>();
      children.addAll(PositionalArguments.of(function.usage(), arguments));
      children.addAll(others);
      return call.withNewChildren(CollectionConverters.asScala(children).toSeq());
    } catch (Exception failure) {
      throw CallPosition.add(failure, call);
    }
  }
}
