package dev.sigmax.report;

import dev.sigmax.error.Counted;
import dev.sigmax.kernel.rule.MarginPair;
import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.kernel.rule.ScoreNames;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;

/** A scored row for a terminal: its columns, and what its logits come to. */
public final class RowText {
  private static final int MOST_PROBABILITIES = 20;

  private final ScoringRule rule;
  private final RawLayout layout;
  private final List<String> names;
  private final Set<String> columns;

  /**
   * Rows scored by one rule.
   *
   * @param layout that the job of the rule names
   * @param labels one for each probability
   * @param columns those to show
   */
  public RowText(ScoringRule rule, RawLayout layout, List<String> labels, List<String> columns) {
    this.rule = rule;
    this.layout = layout;
    // A binary task has one logit for two probabilities: that of the second.
    this.names = rule.task() == Task.BINARY ? labels.subList(1, 2) : labels;
    this.columns = Set.copyOf(columns);
  }

  /** A row whose last column is an array of its logits as doubles. */
  public String of(Row row) {
    int last = row.size() - 1;
    StringBuilder text = new StringBuilder("\n").append(columns(row, columns));
    text.append("\nfrom its logits");
    if (layout == RawLayout.DOUBLED_MARGIN) {
      text.append(", doubled as the raw-layout says");
    }
    if (!rule.calibration().isNone()) {
      text.append(", calibrated");
    }
    double temperature = temperature();
    if (temperature != 1) {
      text.append(", divided by the temperature ").append(temperature);
    }
    text.append('\n');
    List<Double> logits = row.isNullAt(last) ? null : row.getList(last);
    if (logits == null || logits.isEmpty() || logits.contains(null)) {
      return text.append("  ").append(logits).append('\n').toString();
    }
    double[] scores = logits.stream().mapToDouble(Double::doubleValue).toArray();
    if (rule.pairs()
        && scores.length == rule.rowLength()
        && MarginPair.cancels(scores[0], scores[1])) {
      scores = rule.logits(scores);
    }
    if (rule.calibration().classes() == scores.length) {
      rule.calibration().apply(scores, scores.length, scores);
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= rule.temperature();
    }
    return text.append(
            scores.length == names.size() ? ScoresText.of(names, scores) : ScoresText.of(scores))
        .toString();
  }

  /** The job's own: without a calibration, the rule's divides by what the layout does as well. */
  private double temperature() {
    return rule.calibration().isNone() ? rule.temperature() / layout.divisor() : rule.temperature();
  }

  /** All of a row's columns, and of many probabilities the first. */
  public static String columns(Row row) {
    return columns(row, Set.of(row.schema().fieldNames()));
  }

  private static String columns(Row row, Set<String> wanted) {
    TextTable table = new TextTable();
    int probabilities = 0;
    for (int i = 0; i < row.size(); i++) {
      String name = row.schema().fieldNames()[i];
      if (!wanted.contains(name)) {
        continue;
      }
      probabilities += name.startsWith(ScoreNames.PROBABILITY_PREFIX) ? 1 : 0;
      if (name.startsWith(ScoreNames.PROBABILITY_PREFIX) && probabilities > MOST_PROBABILITIES) {
        continue;
      }
      table.row(name, row.isNullAt(i) ? "null" : text(row.get(i)));
    }
    if (probabilities > MOST_PROBABILITIES) {
      table.row(
          "…",
          Counted.of(probabilities - MOST_PROBABILITIES, "more probability", "more probabilities"));
    }
    return table.text("  ");
  }

  private static String text(Object value) {
    if (value instanceof scala.collection.Seq<?> seq) {
      return seq.size() > MOST_PROBABILITIES
          ? seq.take(MOST_PROBABILITIES).mkString("[", ", ", ", …]")
          : seq.mkString("[", ", ", "]");
    }
    return String.valueOf(value);
  }
}
