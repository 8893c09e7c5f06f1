package dev.sigmax.report;

import dev.sigmax.report.html.Grid;
import dev.sigmax.report.html.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of an evaluation's page that shows its whole confusion matrix, where that fits. */
final class ConfusionMatrix {
  private ConfusionMatrix() {}

  /** The section; none of many classes, nor of labels that stand alone. */
  static Optional<Page.Section> of(Evaluation evaluation) {
    List<String> labels = List.copyOf(evaluation.classes().keySet());
    if (evaluation.task().equals("multilabel") || labels.size() > Grid.MOST) {
      return Optional.empty();
    }
    Map<List<String>, Double> weights = new HashMap<>();
    evaluation
        .confusion()
        .forEach(cell -> weights.put(List.of(cell.truth(), cell.prediction()), cell.weight()));
    return Optional.of(
        new Page.Pictures(
            "Confusion matrix",
            "A row for each true class, a column for each predicted one, in the same order. The"
                + " darker a cell, the larger its share of the row's weight.",
            List.of(
                new Grid(
                    "True and predicted classes",
                    "What the rows of each class were predicted as.",
                    "true class",
                    "predicted class",
                    labels,
                    labels.stream().map(truth -> row(truth, labels, weights)).toList()))));
  }

  private static List<Grid.Cell> row(
      String truth, List<String> labels, Map<List<String>, Double> weights) {
    double all =
        labels.stream()
            .mapToDouble(label -> weights.getOrDefault(List.of(truth, label), 0.0))
            .sum();
    return labels.stream()
        .map(label -> weights.getOrDefault(List.of(truth, label), 0.0))
        .map(weight -> new Grid.Cell(all > 0 ? weight / all : 0, EvaluationPage.weight(weight)))
        .toList();
  }
}
