package dev.sigmax.spark.calls;

import dev.sigmax.function.CallErrors;
import dev.sigmax.function.Usage;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;

/** A call's arguments in the order of the parameters, whether they came by place or by name. */
final class PositionalArguments {
  private PositionalArguments() {}

  /** As many arguments as were given: what was left out is left out at the end. */
  static List<Expression> of(Usage usage, List<Expression> arguments) {
    int most = usage.parameters().size();
    Expression[] placed = new Expression[most];
    String named = null;
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof NamedArgumentExpression argument) {
        named = argument.key();
        int place = usage.indexOf(named);
        if (place < 0) {
          throw CallErrors.unknownName(usage, named);
        }
        if (placed[place] != null) {
          throw arguments.get(place) instanceof NamedArgumentExpression
              ? CallErrors.namedTwice(usage, named)
              : CallErrors.namedAndPositional(usage, named);
        }
        placed[place] = argument.value();
      } else if (named != null) {
        throw CallErrors.positionalAfterNamed(usage, named);
      } else if (i < most) {
        placed[i] = arguments.get(i);
      }
    }
    if (arguments.size() > most || (named == null && arguments.size() < usage.required())) {
      throw CallErrors.wrongCount(usage, arguments.size());
    }
    List<Expression> given = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      if (placed[i] != null) {
        given.add(placed[i]);
      } else if (!usage.parameters().get(i).optional()) {
        throw CallErrors.missing(usage, i);
      }
    }
    return given;
  }
}
