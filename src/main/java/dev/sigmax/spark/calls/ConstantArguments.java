package dev.sigmax.spark.calls;

import dev.sigmax.function.CallErrors;
import dev.sigmax.function.Parameter;
import dev.sigmax.function.Usage;
import dev.sigmax.kernel.rule.Temperature;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.StructType;

/** Refuses what no row can make right, so that it need not wait for one. */
record ConstantArguments(Usage usage, List<Expression> given, StructType types) {

  /** Throws Spark's AnalysisException for a constant that is out of its range. */
  void require() {
    argument(Parameter.temperature())
        .flatMap(Constant::number)
        .filter(temperature -> !Temperature.isServed(temperature.doubleValue()))
        .ifPresent(
            temperature -> {
              throw outOfRange(Parameter.temperature(), "1e-300 and 1e300", temperature);
            });
    argument(Parameter.count())
        .flatMap(Constant::number)
        .filter(k -> k.longValue() < 1)
        .ifPresent(
            k -> {
              throw outOfRange(Parameter.count(), "1 and the number of classes", k);
            });
    argument(Parameter.labels()).ifPresent(this::requireLabelForEach);
  }

  private void requireLabelForEach(Expression labels) {
    OptionalInt named = Constant.length(labels);
    OptionalInt scored = Constant.length(given.get(0));
    if (named.isPresent() && scored.isPresent() && named.getAsInt() != scored.getAsInt()) {
      throw CallErrors.notAsMany(
          usage,
          usage.indexOf(Parameter.labels().name()),
          named.getAsInt(),
          scored.getAsInt(),
          types);
    }
  }

  private Optional<Expression> argument(Parameter parameter) {
    int place = usage.parameters().indexOf(parameter);
    return place >= 0 && place < given.size() ? Optional.of(given.get(place)) : Optional.empty();
  }

  private RuntimeException outOfRange(Parameter parameter, String range, Number value) {
    return CallErrors.outOfRange(usage, usage.parameters().indexOf(parameter), types, range, value);
  }
}
