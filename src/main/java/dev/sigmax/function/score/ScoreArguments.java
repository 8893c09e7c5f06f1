package dev.sigmax.function.score;

import dev.sigmax.kernel.rule.Addition;
import dev.sigmax.kernel.rule.Additions;
import dev.sigmax.kernel.rule.Calibration;
import dev.sigmax.kernel.rule.NonFinite;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.tally.TallyRule;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The arguments of {@link ScoreFunction}: logits, and a {@link ScoringRule} with the {@link
 * Additions} to it and the {@link TallyRule} of its rows as one literal that people can read in a
 * plan. The only place that writes or reads that literal.
 */
public final class ScoreArguments {
  private static final String TASK = "task";
  private static final String CLASSES = "classes";
  private static final String TEMPERATURE = "temperature";
  private static final String NON_FINITE = "non_finite";
  private static final String SUM_TOLERANCE = "sum_tolerance";
  private static final String SLOPES = "slopes";
  private static final String OFFSETS = "offsets";
  private static final String PAIRS = "pairs";
  private static final String ADD = "add";
  private static final String TOP_K = "top_k";
  private static final String LABELS = "labels";
  private static final String THRESHOLDS = "thresholds";
  private static final String TALLY_EVERY = "tally_every";
  private static final String TALLY_THRESHOLDS = "tally_thresholds";

  private ScoreArguments() {}

  /** The arguments as columns. */
  public static Column[] toColumns(Column logits, ScoringRule rule) {
    return toColumns(logits, rule, Additions.NONE, TallyRule.NONE);
  }

  /** The arguments as columns, of a score with columns beside it and a tally of its rows. */
  public static Column[] toColumns(
      Column logits, ScoringRule rule, Additions additions, TallyRule tally) {
    StringBuilder literal = new StringBuilder(toLiteral(rule));
    if (!additions.isEmpty()) {
      literal.append(' ').append(toLiteral(additions));
    }
    if (!tally.isNone()) {
      literal.append(' ').append(toLiteral(tally));
    }
    return new Column[] {logits, functions.lit(literal.toString())};
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
        SUM_TOLERANCE + "=" + rule.sumTolerance() + calibration(rule.calibration()) + pairs(rule));
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

  private static String pairs(ScoringRule rule) {
    return rule.pairs() ? " " + PAIRS + "=" + true : "";
  }

  private static String numbers(int count, IntToDoubleFunction number) {
    return list(
        IntStream.range(0, count).mapToObj(number::applyAsDouble).toList(), String::valueOf);
  }

  private static double[] numbers(String text) {
    return list(text, Double::valueOf).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static String toLiteral(Additions additions) {
    return String.join(
        " ",
        ADD + "=" + list(additions.columns(), Addition::columnName),
        TOP_K + "=" + additions.topK(),
        LABELS + "=" + list(additions.labels(), ScoreArguments::encoded),
        THRESHOLDS + "=" + list(additions.thresholds(), String::valueOf));
  }

  private static String toLiteral(TallyRule tally) {
    return String.join(
        " ",
        TALLY_EVERY + "=" + tally.every(),
        TALLY_THRESHOLDS + "=" + list(tally.thresholds(), String::valueOf));
  }

  /** The tally that {@link #toColumns} wrote. */
  public static TallyRule tallyFromLiteral(String literal) {
    Map<String, String> values = values(literal);
    if (!values.containsKey(TALLY_EVERY)) {
      return TallyRule.NONE;
    }
    ScoringRule rule = fromLiteral(literal);
    return new TallyRule(
        rule.task(),
        rule.probabilities(),
        Integer.parseInt(values.get(TALLY_EVERY)),
        list(values.get(TALLY_THRESHOLDS), Double::valueOf));
  }

  /** The additions that {@link #toColumns} wrote. */
  public static Additions additionsFromLiteral(String literal) {
    Map<String, String> values = values(literal);
    if (!values.containsKey(ADD)) {
      return Additions.NONE;
    }
    return new Additions(
        list(values.get(ADD), name -> Addition.valueOf(name.toUpperCase(Locale.ROOT))),
        Integer.parseInt(values.get(TOP_K)),
        list(values.get(LABELS), label -> URLDecoder.decode(label, StandardCharsets.UTF_8)),
        list(values.get(THRESHOLDS), Double::valueOf));
  }

  /** A label of any characters as a word without spaces and commas. */
  private static String encoded(String label) {
    return URLEncoder.encode(label, StandardCharsets.UTF_8);
  }

  private static <T> String list(List<T> items, Function<T, String> text) {
    return items.stream().map(text).collect(Collectors.joining(","));
  }

  /** Of a list without empty items. */
  private static <T> List<T> list(String text, Function<String, T> item) {
    return text.isEmpty() ? List.of() : Arrays.stream(text.split(",", -1)).map(item).toList();
  }

  private static Map<String, String> values(String literal) {
    return Arrays.stream(literal.split(" ", -1))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  /** The rule that {@link #toColumns} wrote. */
  public static ScoringRule fromLiteral(String literal) {
    Map<String, String> values = values(literal);
    return new ScoringRule(
        Task.valueOf(values.get(TASK).toUpperCase(Locale.ROOT)),
        Integer.parseInt(values.get(CLASSES)),
        Double.parseDouble(values.get(TEMPERATURE)),
        NonFinite.valueOf(values.get(NON_FINITE).toUpperCase(Locale.ROOT)),
        Double.parseDouble(values.get(SUM_TOLERANCE)),
        values.containsKey(SLOPES)
            ? Calibration.of(numbers(values.get(SLOPES)), numbers(values.get(OFFSETS)))
            : Calibration.NONE,
        Boolean.parseBoolean(values.get(PAIRS)));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
