package dev.sigmax.job.calibrate;

import dev.sigmax.error.FewNames;
import dev.sigmax.error.InputException;
import dev.sigmax.kernel.rule.Task;
import java.util.ArrayList;
import java.util.List;

/** Whether labels hold in some rows and not in others: without both there is no slope to fit. */
final class BothAnswers {
  private BothAnswers() {}

  /**
   * Refuses labels of one answer alone, all of them at once.
   *
   * @param first the label of the first logit
   * @param staying the logits that are not to be fitted
   * @throws InputException that names them
   */
  static void require(Task task, List<String> labels, int first, boolean[] staying, Masses masses) {
    List<String> never = new ArrayList<>();
    List<String> always = new ArrayList<>();
    for (int i = 0; i < staying.length; i++) {
      if (!staying[i]) {
        if (masses.held(first + i, FitRows.FOLDS) == 0) {
          never.add(labels.get(first + i));
        } else if (masses.not(first + i, FitRows.FOLDS) == 0) {
          always.add(labels.get(first + i));
        }
      }
    }
    if (!never.isEmpty() || !always.isEmpty()) {
      throw NoCalibration.because(
          told(never, "never")
              + (never.isEmpty() || always.isEmpty() ? "" : ", and ")
              + told(always, "always")
              + ", so there is nothing to fit a slope to. Take rows of both kinds"
              + (task == Task.MULTILABEL
                  ? ", or name such labels with --uncalibrated: their logits then stay as they are"
                  : ""));
    }
  }

  private static String told(List<String> labels, String when) {
    if (labels.isEmpty()) {
      return "";
    }
    return (labels.size() == 1 ? "the label " : "the labels ")
        + FewNames.of(labels)
        + " "
        + when
        + (labels.size() == 1 ? " holds" : " hold");
  }
}
