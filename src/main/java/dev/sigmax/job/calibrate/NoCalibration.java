package dev.sigmax.job.calibrate;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import java.util.List;

/** Why no calibration can be fitted, in words. */
final class NoCalibration {
  private static final String CHECK =
      "Check that --label and --labels mean the classes of the logits";

  private NoCalibration() {}

  static InputException because(String why) {
    return new InputException(
        ErrorName.CALIBRATION_NOT_FITTED, "no calibration can be fitted: " + why + ".");
  }

  /**
   * Because a fit came to no minimum.
   *
   * @param labels of the problems; of one problem nothing is said of labels
   * @param heldOut whether it is a fit without a fold
   */
  static InputException because(List<String> labels, int problem, NewtonFit fit, boolean heldOut) {
    String where =
        (labels.size() > 1 ? "of the label " + labels.get(problem) + ", " : "")
            + (heldOut ? "without a fifth of the rows, " : "");
    return because(
        where
            + why(fit)
            + (heldOut
                ? ". So it cannot be told what the calibration is worth on rows that it was not"
                    + " fitted by: take more rows"
                : ""));
  }

  private static String why(NewtonFit fit) {
    double slope = fit.point()[0];
    return switch (fit.state()) {
      case BOUNDLESS ->
          slope < 0
              ? "the smallest logit is right in every row. " + CHECK
              : "the largest logit is right in every row, or becomes so by a bias: the further the"
                  + " logits are stretched the lower the loss, without an end. Take rows that the model"
                  + " was not trained on, and some that it gets wrong";
      case FLAT ->
          "the logits do not vary, or by too little to tell what they are worth. Check that --logits"
              + " names the scores of the model";
      case OVERFLOWN ->
          "the squares of the logits are beyond the range of doubles. Check the logits, or divide"
              + " them by a constant first";
      case EXHAUSTED ->
          "the fit did not come to an end (after "
              + fit.evaluations()
              + " steps of Newton's method the logits are multiplied by "
              + slope
              + "). Look for rows whose logits are much larger than those of the others";
      case RUNNING, CONVERGED -> throw new IllegalStateException("the fit did not fail");
    };
  }

  /** Because a slope is not above 0, as a temperature's has to be. */
  static InputException fallingWith(double slope) {
    return because(
        (slope == 0
                ? "the logits say nothing of which class holds"
                : "the larger a logit, the less its class holds")
            + " (the best inverse temperature is "
            + slope
            + "). "
            + CHECK);
  }
}
