package dev.sigmax.job.plan;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.FewNames;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.column.NearestName;
import dev.sigmax.job.spec.Thresholds;
import dev.sigmax.kernel.rule.Task;
import java.util.List;

/** Thresholds held against the labels of a task. */
public final class LabelThresholds {
  private LabelThresholds() {}

  /** One for each label that is judged by one; of a binary task that of the yes. */
  static List<Double> of(Task task, Thresholds given, List<String> labels) {
    requireLabels(task, given, labels);
    return judged(task, labels).stream().map(given::of).toList();
  }

  /**
   * Refuses thresholds of what is no label, or is judged by that of another.
   *
   * @param labels one for each probability
   */
  public static void requireLabels(Task task, Thresholds given, List<String> labels) {
    List<String> judged = judged(task, labels);
    for (String label : given.byLabel().keySet()) {
      if (!judged.contains(label)) {
        throw new UsageException(
            ErrorName.LABELS_DO_NOT_FIT,
            task == Task.BINARY && labels.contains(label)
                ? "thresholds names "
                    + label
                    + ", the no of a binary task. Its threshold is that of the yes: name "
                    + judged.get(0)
                    + "."
                : "thresholds names "
                    + label
                    + ", which is no label. The labels: "
                    + FewNames.of(judged)
                    + "."
                    + NearestName.question(label, judged));
      }
    }
  }

  private static List<String> judged(Task task, List<String> labels) {
    return switch (task) {
      case MULTICLASS -> List.of();
      case MULTILABEL -> labels;
      case BINARY -> labels.subList(1, 2);
    };
  }
}
