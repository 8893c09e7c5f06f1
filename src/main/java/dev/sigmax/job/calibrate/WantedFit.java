package dev.sigmax.job.calibrate;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.FewNames;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.column.NearestName;
import dev.sigmax.job.evaluate.EvaluationRule;
import dev.sigmax.kernel.rule.Task;
import java.util.List;

/**
 * What is to be fitted.
 *
 * @param form what a multiclass task gets
 * @param uncalibrated labels of a multilabel task whose logits are to stay as they are; may be
 *     empty
 */
public record WantedFit(CalibrationFit.Form form, List<String> uncalibrated) {
  private static final String OPTION = "--uncalibrated";

  /**
   * Which logits are to stay as they are.
   *
   * @throws UsageException if the task has no labels of their own, or not these
   */
  boolean[] staying(EvaluationRule rule) {
    List<String> labels = rule.labels();
    if (!uncalibrated.isEmpty() && rule.rule().task() != Task.MULTILABEL) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          OPTION
              + " names labels of a multilabel task, each of which is fitted on its own; this one is"
              + " "
              + rule.rule().task().name().toLowerCase(java.util.Locale.ROOT)
              + ". Leave it out.");
    }
    for (String label : uncalibrated) {
      if (!labels.contains(label)) {
        throw new UsageException(
            ErrorName.LABELS_DO_NOT_FIT,
            OPTION
                + " names "
                + label
                + ", which is no label. The labels: "
                + FewNames.of(labels)
                + "."
                + NearestName.question(label, labels));
      }
    }
    boolean[] staying = new boolean[rule.rule().classes()];
    for (int i = 0; i < staying.length && !uncalibrated.isEmpty(); i++) {
      staying[i] = uncalibrated.contains(labels.get(i));
    }
    return staying;
  }
}
