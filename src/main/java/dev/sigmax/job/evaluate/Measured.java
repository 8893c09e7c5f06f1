package dev.sigmax.job.evaluate;

import dev.sigmax.job.evaluate.LabelledSums.Decision;
import dev.sigmax.job.evaluate.LabelledSums.Measure;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.report.Evaluation;
import dev.sigmax.report.Evaluation.ClassQuality;
import dev.sigmax.report.Evaluation.Confused;
import dev.sigmax.tally.ExactSum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes the measures of what was added up. */
public final class Measured {
  private static final List<Integer> TOP = List.of(1, 2, 3, 5, 10);

  private final EvaluationRule rule;
  private final Task task;
  private final SortedScores scores;
  private final LabelledSums tally;

  private Measured(EvaluationRule rule, SortedScores scores) {
    this.rule = rule;
    this.task = rule.rule().task();
    this.scores = scores;
    this.tally = scores.tally();
  }

  /** The evaluation of rows that were added up. */
  public static Evaluation of(String source, EvaluationRule rule, SortedScores scores) {
    return new Measured(rule, scores).evaluation(source);
  }

  private Evaluation evaluation(String source) {
    int labels = rule.labels().size();
    EqualMassBins bins = scores.bins(Series.calibration(labels));
    return new Evaluation(
        source,
        task.name().toLowerCase(Locale.ROOT),
        tally.rows(),
        tally.labelled(),
        tally.badRows(),
        tally.mean(Measure.LOSS),
        tally.mean(Measure.BRIER),
        tally.mean(Measure.CORRECT),
        topK(),
        bins.error(),
        classes(),
        wrongFunction(),
        list(bins),
        confusion());
  }

  private Map<String, Double> topK() {
    Map<String, Double> shares = new LinkedHashMap<>();
    if (task == Task.MULTICLASS) {
      TOP.stream()
          .filter(k -> k < rule.labels().size())
          .forEach(k -> shares.put(k.toString(), tally.topK(k)));
    }
    return shares;
  }

  private static List<Evaluation.Bin> list(EqualMassBins bins) {
    return bins.list().stream()
        .map(bin -> new Evaluation.Bin(bin.mass(), bin.said(), bin.held()))
        .toList();
  }

  private Map<String, ClassQuality> classes() {
    Map<String, ClassQuality> classes = new LinkedHashMap<>();
    for (int i = 0; i < rule.labels().size(); i++) {
      classes.put(rule.labels().get(i), quality(i));
    }
    return classes;
  }

  private ClassQuality quality(int label) {
    boolean own = task == Task.MULTILABEL;
    int yes = own ? 1 : label;
    Predicate<Decision> of = d -> !own || d.label() == label;
    double right = weight(of.and(d -> d.truth() == yes && d.prediction() == yes));
    double held = weight(of.and(d -> d.truth() == yes));
    double said = weight(of.and(d -> d.prediction() == yes));
    Mass total = scores.total(label);
    Curve curve = scores.curve(label);
    EqualMassBins bins = scores.bins(label);
    return new ClassQuality(
        held,
        quotient(right, said),
        quotient(right, held),
        quotient(2 * right, held + said),
        curve.rocAuc(total),
        curve.averagePrecision(total),
        bins.error(),
        list(bins));
  }

  /** As scikit-learn has it where nothing was said or nothing held: 0. */
  private static double quotient(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  private double weight(Predicate<Decision> which) {
    ExactSum sum = new ExactSum();
    tally
        .decisions()
        .forEach(
            (decision, weight) -> {
              if (which.test(decision)) {
                sum.add(weight);
              }
            });
    return sum.value();
  }

  private Optional<Evaluation.WrongFunction> wrongFunction() {
    if (!rule.fromLogits()) {
      return Optional.empty();
    }
    EqualMassBins bins = scores.bins(Series.otherCalibration(rule.labels().size()));
    return Optional.of(
        new Evaluation.WrongFunction(
            OtherFunction.name(task, rule.layout()),
            tally.mean(Measure.WRONG_LOSS),
            tally.mean(task == Task.MULTICLASS ? Measure.LABEL_LOSS : Measure.LOSS),
            tally.mean(Measure.WRONG_BRIER),
            bins.error(),
            list(bins)));
  }

  private List<Confused> confusion() {
    List<Confused> confused = new ArrayList<>();
    tally
        .decisions()
        .forEach(
            (decision, weight) ->
                confused.add(
                    new Confused(
                        task == Task.MULTILABEL
                            ? Optional.of(rule.labels().get(decision.label()))
                            : Optional.empty(),
                        name(decision.truth()),
                        name(decision.prediction()),
                        weight.value())));
    return confused;
  }

  private String name(int index) {
    return task == Task.MULTILABEL ? Boolean.toString(index == 1) : rule.labels().get(index);
  }
}
