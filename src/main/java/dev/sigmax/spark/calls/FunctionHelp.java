package dev.sigmax.spark.calls;

import dev.sigmax.function.SigmaxFunction;
import dev.sigmax.function.Usage;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;

/** What a session tells of a function. */
final class FunctionHelp {
  private static final String SINCE = "0.1.0";

  private FunctionHelp() {}

  /** What Spark's {@code DESCRIBE FUNCTION} prints, in the layout of its own functions. */
  static ExpressionInfo of(SigmaxFunction function) {
    Usage usage = function.usage();
    String arguments =
        usage.parameters().stream()
            .map(
                parameter ->
                    "\n      * "
                        + parameter.name()
                        + " - "
                        + parameter.takes().replace("\"", "")
                        + ": "
                        + parameter.meaning()
                        + ".")
            .collect(Collectors.joining("", "\n    Arguments:", "\n  "));
    return new ExpressionInfo(
        function.getClass().getName(),
        null,
        usage.name(),
        usage.signature() + " - " + usage.does(),
        arguments,
        "\n    Examples:\n      > " + usage.example() + ";\n       " + usage.result() + "\n  ",
        "\n    " + usage.edges() + "\n  ",
        "",
        SINCE,
        "",
        "");
  }
}
