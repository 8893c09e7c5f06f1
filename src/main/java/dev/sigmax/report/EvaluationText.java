package dev.sigmax.report;

import dev.sigmax.report.Evaluation.Bin;
import dev.sigmax.report.Evaluation.ClassQuality;
import dev.sigmax.report.Evaluation.Confused;
import dev.sigmax.report.Evaluation.WrongFunction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An evaluation for a terminal. */
public final class EvaluationText {
  private static final int WIDTH = 24;
  private static final int MOST_CLASSES = 40;
  private static final int SQUARE = 16;

  private final Evaluation evaluation;
  private final StringBuilder text = new StringBuilder();

  private EvaluationText(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** The whole of it. */
  public static String of(Evaluation evaluation) {
    return of(evaluation, Optional.empty());
  }

  /**
   * The whole of it.
   *
   * @param before the same rows without their calibration, to stand beside it
   */
  public static String of(Evaluation evaluation, Optional<Evaluation> before) {
    EvaluationText made = new EvaluationText(evaluation);
    made.measures();
    before.ifPresent(made::calibration);
    made.classes();
    made.confusion();
    made.reliability(
        "reliability: mean probability (|) and observed share (█), in bins of equal mass",
        evaluation.reliability());
    evaluation.wrongFunction().ifPresent(made::wrongFunction);
    return made.text.toString();
  }

  private void measures() {
    boolean multiclass = evaluation.task().equals("multiclass");
    text.append(evaluation.source()).append('\n');
    TextTable table =
        new TextTable()
            .row("task", evaluation.task())
            .row("rows", count(evaluation.rows()))
            .row("labelled", count(evaluation.labelled()));
    if (evaluation.labelled() < evaluation.rows()) {
      table.row(
          "unlabelled",
          count(evaluation.rows() - evaluation.labelled())
              + (evaluation.task().equals("multilabel")
                  ? ", null in the label or among the labels: left out"
                  : ", null in the label: left out"));
    }
    if (evaluation.badRows() > 0) {
      table.row("bad rows", count(evaluation.badRows()) + ", without probabilities: left out");
    }
    table
        .row(
            "loss",
            number(evaluation.loss())
                + (multiclass ? "  cross-entropy, nats" : "  binary cross-entropy, nats"))
        .row("brier", number(evaluation.brier()))
        .row("accuracy", number(evaluation.accuracy()));
    if (!evaluation.topK().isEmpty()) {
      table.row(
          "top k",
          evaluation.topK().entrySet().stream()
              .map(e -> e.getKey() + ": " + number(e.getValue()))
              .collect(Collectors.joining("  ")));
    }
    table.row("ece", number(evaluation.ece()) + "  expected calibration error");
    text.append(table.text("  "));
    evaluation.tiesTold().ifPresent(told -> text.append("  ").append(told).append('\n'));
  }

  private void calibration(Evaluation before) {
    text.append("\nwhat the calibration changes\n")
        .append(
            new TextTable()
                .row("", "before", "after")
                .row("loss", number(before.loss()), number(evaluation.loss()))
                .row("brier", number(before.brier()), number(evaluation.brier()))
                .row("accuracy", number(before.accuracy()), number(evaluation.accuracy()))
                .row("ece", number(before.ece()), number(evaluation.ece()))
                .text("  "));
  }

  private void classes() {
    text.append("\nclasses\n");
    TextTable table =
        new TextTable()
            .row(
                "label", "support", "precision", "recall", "f1", "auc", "average precision", "ece");
    evaluation.classes().entrySet().stream()
        .limit(MOST_CLASSES)
        .forEach(entry -> classRow(table, entry));
    text.append(table.text("  "));
    more(evaluation.classes().size() - MOST_CLASSES, "classes");
  }

  private static void classRow(TextTable table, Map.Entry<String, ClassQuality> entry) {
    ClassQuality quality = entry.getValue();
    table.row(
        entry.getKey(),
        weight(quality.support()),
        number(quality.precision()),
        number(quality.recall()),
        number(quality.f1()),
        number(quality.auc()),
        number(quality.averagePrecision()),
        number(quality.ece()));
  }

  private void confusion() {
    List<String> labels = List.copyOf(evaluation.classes().keySet());
    if (evaluation.task().equals("multilabel")) {
      return;
    }
    if (labels.size() > SQUARE) {
      mostConfused();
      return;
    }
    text.append("\nconfusion matrix: true class in rows, predicted class in columns\n");
    TextTable table = new TextTable();
    Object[] head = new Object[labels.size() + 1];
    head[0] = "";
    for (int i = 0; i < labels.size(); i++) {
      head[i + 1] = labels.get(i);
    }
    table.row(head);
    for (String label : labels) {
      Object[] row = new Object[labels.size() + 1];
      row[0] = label;
      for (int i = 0; i < labels.size(); i++) {
        row[i + 1] = weight(confused(label, labels.get(i)));
      }
      table.row(row);
    }
    text.append(table.text("  "));
  }

  private double confused(String label, String prediction) {
    return evaluation.confusion().stream()
        .filter(c -> c.truth().equals(label) && c.prediction().equals(prediction))
        .mapToDouble(Confused::weight)
        .findFirst()
        .orElse(0);
  }

  private void mostConfused() {
    text.append("\nmost often confused\n");
    TextTable table = new TextTable().row("true class", "predicted", "weight");
    evaluation.confusion().stream()
        .filter(c -> !c.truth().equals(c.prediction()))
        .sorted((a, b) -> Double.compare(b.weight(), a.weight()))
        .limit(SQUARE)
        .forEach(c -> table.row(c.truth(), c.prediction(), weight(c.weight())));
    text.append(table.text("  "));
  }

  private void reliability(String title, List<Bin> bins) {
    text.append('\n').append(title).append('\n');
    TextTable table = new TextTable().row("probability", "observed", "", "weight");
    for (Bin bin : bins) {
      table.row(
          number(bin.probability()), number(bin.observed()), marked(bin), weight(bin.weight()));
    }
    text.append(table.text("  "));
  }

  /** A bar of the observed share, and a mark at the mean probability. */
  private static String marked(Bin bin) {
    StringBuilder bar = new StringBuilder(Bar.of(bin.observed(), WIDTH));
    int mark = (int) Math.round(Math.max(0, Math.min(1, bin.probability())) * (WIDTH - 1));
    bar.setCharAt(mark, '|');
    return bar.toString();
  }

  private void wrongFunction(WrongFunction wrong) {
    text.append("\nwhat ").append(wrong.name()).append(" would have cost on the same rows\n");
    text.append(
        new TextTable()
            .row("", wrong.rightName(), wrong.name())
            .row("binary cross-entropy", number(wrong.rightLoss()), number(wrong.loss()))
            .row("brier", number(evaluation.brier()), number(wrong.brier()))
            .row("ece", number(evaluation.ece()), number(wrong.ece()))
            .text("  "));
    if (!evaluation.task().equals("binary")) {
      reliability("reliability of " + wrong.name(), wrong.reliability());
    }
  }

  private void more(int left, String what) {
    if (left > 0) {
      text.append("  and ").append(left).append(" more ").append(what).append(": --json has all\n");
    }
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String weight(double weight) {
    return weight == Math.rint(weight) && Math.abs(weight) < 1e15
        ? Long.toString((long) weight)
        : String.format(Locale.ROOT, "%.3f", weight);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
