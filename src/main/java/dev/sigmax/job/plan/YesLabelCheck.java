package dev.sigmax.job.plan;

import dev.sigmax.kernel.rule.Task;
import java.util.List;
import java.util.Optional;

/** Whether the probability of a yes goes by a name that reads as a no. */
final class YesLabelCheck {
  private YesLabelCheck() {}

  /**
   * What to tell a person where it does: a single {@code logit_0} makes {@code prob_0} the
   * probability of the yes. Of several logits each label says what it is.
   *
   * @param labels one for each probability
   * @param logits the columns that the logits are in
   */
  static Optional<String> warning(Task task, List<String> labels, List<String> logits) {
    if (labels.size() != (task == Task.BINARY ? 2 : 1)) {
      return Optional.empty();
    }
    String yes = labels.get(labels.size() - 1);
    return YesNoWords.readsAsNo(yes)
        ? Optional.of(
            "the label "
                + yes
                + " reads as a no, and its probability is that of the yes, the sigmoid of "
                + String.join(", ", logits)
                + ". Name "
                + (task == Task.BINARY
                    ? "the no and the yes, in this order: --labels no,yes."
                    : "what holds, with --labels; or take --task binary --labels no,yes."))
        : Optional.empty();
  }
}
