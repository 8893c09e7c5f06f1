package dev.sigmax.function;

import dev.sigmax.kernel.Calibration;
import dev.sigmax.kernel.NonFinite;
import dev.sigmax.kernel.ScoringRule;
import dev.sigmax.kernel.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  private static final String SLOPES = "slopes";
  private static final String OFFSETS = "offsets";

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
        SUM_TOLERANCE + "=" + rule.sumTolerance() + calibration(rule.calibration()));
  }

  private static String calibration(Calibration calibration) {
    return calibration.isNone()
        ? ""
        : " "
            + String.join(
                " ",
                SLOPES + "=" + numbers(calibration.classes(), calibration::slope),
                OFFSETS + "=" + numbers(calibration.classes(), calibration::offset));
  }

  private static String numbers(int count, IntToDoubleFunction number) {
    return IntStream.range(0, count)
        .mapToObj(i -> Double.toString(number.applyAsDouble(i)))
        .collect(Collectors.joining(","));
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
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
        Double.parseDouble(values.get(SUM_TOLERANCE)),
        values.containsKey(SLOPES)
            ? Calibration.of(numbers(values.get(SLOPES)), numbers(values.get(OFFSETS)))
            : Calibration.NONE);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
