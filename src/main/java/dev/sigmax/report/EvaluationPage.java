package dev.sigmax.report;

import dev.sigmax.error.Counted;
import dev.sigmax.error.Redaction;
import dev.sigmax.report.Evaluation.Bin;
import dev.sigmax.report.Evaluation.ClassQuality;
import dev.sigmax.report.Evaluation.Confused;
import dev.sigmax.report.Evaluation.WrongFunction;
import dev.sigmax.report.html.Bars;
import dev.sigmax.report.html.Chart;
import dev.sigmax.report.html.Page;
import dev.sigmax.report.html.Page.Fact;
import dev.sigmax.report.html.Reliability;
import dev.sigmax.report.html.ShownNames;
import dev.sigmax.report.html.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An evaluation as a page: below 300 KB however many classes there are. */
public final class EvaluationPage {
  private static final int MOST_CLASSES = 100;
  private static final int MOST_CONFUSED = 20;
  private static final int MOST_DIAGRAMS = 12;
  private static final int LONGEST_TITLE = 60;
  private static final int LONGEST_IN_WORDS = 200;

  private final Evaluation evaluation;
  private final Optional<Evaluation> before;

  private EvaluationPage(Evaluation evaluation, Optional<Evaluation> before) {
    this.evaluation = evaluation;
    this.before = before;
  }

  /**
   * The page as HTML.
   *
   * @param before the same rows without their calibration, to stand beside it
   */
  public static String html(Evaluation evaluation, Optional<Evaluation> before) {
    return new EvaluationPage(evaluation, before).page().html();
  }

  private Page page() {
    long evaluated = evaluation.labelled() - evaluation.badRows();
    List<Page.Section> sections = new ArrayList<>();
    sections.add(new Page.Tiles("Measures", measures()));
    sections.add(
        new Page.Pictures(
            "Reliability",
            "Points below the diagonal are of probabilities that say too much, points above it of"
                + " those that say too little. Each bin has the same weight.",
            diagrams()));
    evaluation.wrongFunction().ifPresent(wrong -> sections.add(cost(wrong)));
    List<Chart> ofClasses = diagramsOfClasses();
    if (!ofClasses.isEmpty()) {
      sections.add(new Page.Pictures("Reliability of classes", ofClassesText(), ofClasses));
    }
    sections.add(new Page.Pictures("Classes", classText(), classes()));
    ConfusionMatrix.of(evaluation).ifPresent(sections::add);
    return new Page(
        "Sigmax evaluation: " + Redaction.forPeople(evaluation.source()),
        String.format(
            Locale.ROOT,
            "%s of a %s task evaluated, accuracy %.4f",
            Counted.of(evaluated, "row"),
            evaluation.task(),
            evaluation.accuracy()),
        evaluation.badRows() == 0 ? Page.Mark.PLAIN : Page.Mark.LOOK,
        remarks(),
        sections);
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (evaluation.badRows() > 0) {
      remarks.add(
          Counted.of(evaluation.badRows(), "row has", "rows have")
              + " no probabilities: left out.");
    }
    long unlabelled = evaluation.rows() - evaluation.labelled();
    if (unlabelled > 0) {
      remarks.add(
          evaluation.task().equals("multilabel")
              ? Counted.of(unlabelled, "row has", "rows have")
                  + " no label, or a null among the labels: left out."
              : Counted.of(unlabelled, "row has", "rows have") + " no label: left out.");
    }
    evaluation.tiesTold().ifPresent(remarks::add);
    return remarks;
  }

  private List<Fact> measures() {
    List<Fact> facts = new ArrayList<>();
    facts.add(measure("loss, nats", evaluation.loss(), before.map(Evaluation::loss)));
    facts.add(measure("Brier score", evaluation.brier(), before.map(Evaluation::brier)));
    facts.add(measure("accuracy", evaluation.accuracy(), before.map(Evaluation::accuracy)));
    facts.add(measure("expected calibration error", evaluation.ece(), before.map(Evaluation::ece)));
    evaluation
        .topK()
        .forEach((k, share) -> facts.add(new Fact("class among the first " + k, number(share))));
    return facts;
  }

  private static Fact measure(String name, double value, Optional<Double> before) {
    return new Fact(
        name,
        number(value)
            + before.map(earlier -> " (" + number(earlier) + " uncalibrated)").orElse(""));
  }

  private List<Chart> diagrams() {
    boolean multiclass = evaluation.task().equals("multiclass");
    String said = multiclass ? "probability of the predicted class" : "probability";
    List<Chart> charts = new ArrayList<>();
    List<Reliability.Series> series = new ArrayList<>();
    series.add(
        series(before.isPresent() ? "calibrated" : "probabilities", evaluation.reliability()));
    before.ifPresent(earlier -> series.add(series("uncalibrated", earlier.reliability())));
    charts.add(
        new Reliability(
            "Reliability diagram",
            multiclass
                ? "How often the predicted class was right, against its probability."
                : "How often labels held, against their probability.",
            said,
            series));
    evaluation
        .wrongFunction()
        .filter(wrong -> !evaluation.task().equals("binary"))
        .ifPresent(
            wrong ->
                charts.add(
                    new Reliability(
                        "The same with " + wrong.name(),
                        "What the function that does not belong to the task would have given.",
                        said,
                        List.of(series(wrong.name(), wrong.reliability())))));
    return charts;
  }

  private Page.Section cost(WrongFunction wrong) {
    return new Page.Pictures(
        "What " + wrong.name() + " would have cost",
        "The function that does not belong to the task, on the same rows. The loss of both is"
            + " binary cross-entropy, in nats, since that can be taken of either; less is better.",
        List.of(
            new Bars(
                "Cost of " + wrong.name(),
                "Loss, Brier score and expected calibration error of both functions.",
                "Measure",
                List.of(wrong.rightName(), wrong.name()),
                List.of(
                    row("loss", wrong.rightLoss(), wrong.loss()),
                    row("Brier score", evaluation.brier(), wrong.brier()),
                    row("expected calibration error", evaluation.ece(), wrong.ece())))));
  }

  private static Bars.Row row(String measure, double right, double wrong) {
    return new Bars.Row(measure, List.of(right, wrong), List.of(number(right), number(wrong)));
  }

  private String ofClassesText() {
    return evaluation.classes().size() > MOST_DIAGRAMS
        ? "The "
            + MOST_DIAGRAMS
            + " classes with the largest calibration error, the largest first; --json has all."
        : "By their calibration error, the largest first.";
  }

  /** A binary task has one probability to draw, which stands above. */
  private List<Chart> diagramsOfClasses() {
    List<Map.Entry<String, ClassQuality>> drawn =
        evaluation.classes().entrySet().stream()
            .filter(entry -> !evaluation.task().equals("binary"))
            .filter(entry -> !entry.getValue().reliability().isEmpty())
            .sorted(Comparator.comparingDouble(entry -> -entry.getValue().ece()))
            .limit(MOST_DIAGRAMS)
            .toList();
    ShownNames shown = ShownNames.of(drawn.stream().map(Map.Entry::getKey).toList(), LONGEST_TITLE);
    return drawn.stream().map(entry -> diagram(entry, shown.of(entry.getKey()))).toList();
  }

  private static Chart diagram(Map.Entry<String, ClassQuality> entry, String label) {
    return new Reliability(
        label,
        "How often "
            + Texts.shortenedName(entry.getKey(), LONGEST_IN_WORDS)
            + " held, against its probability. Expected calibration error "
            + number(entry.getValue().ece())
            + ".",
        "probability",
        List.of(series("probabilities", entry.getValue().reliability())));
  }

  private static Reliability.Series series(String name, List<Bin> bins) {
    return new Reliability.Series(
        name,
        bins.stream()
            // Softmax of infinite logits of several labels is no probability, and has no place.
            .filter(bin -> !Double.isNaN(bin.probability()))
            .map(
                bin -> new Reliability.Bin(bin.probability(), bin.observed(), weight(bin.weight())))
            .toList());
  }

  private String classText() {
    long classes = classesWithRows().count();
    String text =
        classes > MOST_CLASSES
            ? String.format(
                Locale.ROOT,
                "The %d of %,d classes that are told worst, by their F1 score; --json has all.",
                MOST_CLASSES,
                classes)
            : "By their F1 score, the lowest first.";
    long others = evaluation.classes().size() - classes;
    return others == 0
        ? text
        : text
            + " Left out: "
            + Counted.of(others, "class", "classes")
            + " without a row, of which nothing can be told.";
  }

  private Stream<Map.Entry<String, ClassQuality>> classesWithRows() {
    return evaluation.classes().entrySet().stream().filter(entry -> entry.getValue().support() > 0);
  }

  private List<Chart> classes() {
    List<Chart> charts = new ArrayList<>();
    charts.add(
        new Bars(
            "Precision and recall",
            "The share of predictions of a class that are right, and the share of its rows that"
                + " are predicted so.",
            "Class",
            List.of("precision", "recall"),
            classesWithRows()
                .sorted(Comparator.comparingDouble(entry -> entry.getValue().f1()))
                .limit(MOST_CLASSES)
                .map(EvaluationPage::row)
                .toList()));
    List<Confused> confused = confused();
    if (!confused.isEmpty()) {
      charts.add(
          new Bars(
              "Most often confused",
              "The weight of rows of one class that were predicted as another.",
              "Truth and prediction",
              List.of("weight"),
              confused.stream().map(EvaluationPage::row).toList()));
    }
    return charts;
  }

  private static Bars.Row row(Map.Entry<String, ClassQuality> entry) {
    double precision = entry.getValue().precision();
    double recall = entry.getValue().recall();
    String support = ", support " + weight(entry.getValue().support());
    return new Bars.Row(
        List.of(entry.getKey()),
        support,
        List.of(precision, recall),
        List.of(number(precision), number(recall)));
  }

  private List<Confused> confused() {
    return evaluation.confusion().stream()
        .filter(cell -> !cell.truth().equals(cell.prediction()))
        .sorted(Comparator.comparingDouble(Confused::weight).reversed())
        .limit(MOST_CONFUSED)
        .toList();
  }

  private static Bars.Row row(Confused cell) {
    return new Bars.Row(
        cell.label().map(List::of).orElse(List.of(cell.truth(), cell.prediction())),
        cell.label().map(label -> ": " + cell.truth() + " as " + cell.prediction()).orElse(""),
        List.of(cell.weight()),
        List.of(weight(cell.weight())));
  }

  /** A weight, which is a number of rows where none was asked for. */
  static String weight(double weight) {
    return weight == Math.rint(weight)
        ? String.format(Locale.ROOT, "%,.0f", weight)
        : String.format(Locale.ROOT, "%,.3f", weight);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
