package dev.sigmax.function;

import dev.sigmax.kernel.NonFinite;
import dev.sigmax.kernel.ScoringRule;
import dev.sigmax.kernel.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The arguments of {@link ScoreFunction}: logits, and a {@link ScoringRule} as one literal that
 * people can read in a plan. The only place that writes or reads that literal.
 */
public final class ScoreArguments {
  private static final String TASK = "task";
  private static final String CLASSES = "classes";
  private static final String TEMPERATURE = "temperature";
  private static final String NON_FINITE = "non_finite";
  private static final String SUM_TOLERANCE = "sum_tolerance";

  private ScoreArguments() {}

  /** The arguments as columns. */
  public static Column[] toColumns(Column logits, ScoringRule rule) {
    return new Column[] {logits, functions.lit(toLiteral(rule))};
  }

  /** The types of the arguments. */
  static List<DataType> types(DataType logits) {
    return List.of(logits, DataTypes.StringType);
  }

  static String toLiteral(ScoringRule rule) {
    return String.join(
        " ",
        TASK + "=" + lower(rule.task()),
        CLASSES + "=" + rule.classes(),
        TEMPERATURE + "=" + rule.temperature(),
        NON_FINITE + "=" + lower(rule.nonFinite()),
        SUM_TOLERANCE + "=" + rule.sumTolerance());
  }

  /** The rule that {@link #toColumns} wrote. */
  public static ScoringRule fromLiteral(String literal) {
    Map<String, String> values =
        Arrays.stream(literal.split(" ", -1))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    return new ScoringRule(
        Task.valueOf(values.get(TASK).toUpperCase(Locale.ROOT)),
        Integer.parseInt(values.get(CLASSES)),
        Double.parseDouble(values.get(TEMPERATURE)),
        NonFinite.valueOf(values.get(NON_FINITE).toUpperCase(Locale.ROOT)),
        Double.parseDouble(values.get(SUM_TOLERANCE)));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
