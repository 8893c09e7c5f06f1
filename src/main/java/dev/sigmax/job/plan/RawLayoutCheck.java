package dev.sigmax.job.plan;

import dev.sigmax.error.Counted;
import dev.sigmax.error.FewNames;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.kernel.rule.MarginPair;
import dev.sigmax.kernel.rule.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether sampled rows are laid out as the job says. */
public final class RawLayoutCheck {
  /** Fewer rows may cancel by chance. */
  private static final int ENOUGH_ROWS = 20;

  private RawLayoutCheck() {}

  /** Whether rows of two numbers each, none of them NaN, are margins with both signs. */
  public static boolean arePairs(List<double[]> rows) {
    return rows.size() >= ENOUGH_ROWS
        && rows.stream().allMatch(row -> MarginPair.cancels(row[0], row[1]))
        && rows.stream().anyMatch(row -> row[0] != 0);
  }

  /** What to tell a person where they are not. */
  static Optional<String> warning(JobSpec spec, List<String> logits, LogitSample sample) {
    List<double[]> pairs =
        sample.rows().stream()
            .filter(row -> row != null && row.length == MarginPair.LENGTH)
            .filter(row -> Arrays.stream(row).noneMatch(Double::isNaN))
            .toList();
    long others = pairs.stream().filter(row -> !MarginPair.cancels(row[0], row[1])).count();
    if (spec.rawLayout().isPair() && others > 0) {
      return Optional.of(
          "raw-layout is "
              + JobSpec.lower(spec.rawLayout())
              + ", and in "
              + others
              + " of "
              + Counted.of(pairs.size(), "sampled row")
              + " "
              + FewNames.of(logits)
              + " are not -m and m: these are bad rows. If the two are scores of their own, take --task"
              + " multiclass.");
    }
    boolean allPairs = pairs.size() == sample.rows().size() && arePairs(pairs);
    return allPairs
        ? meantAsLogits(spec.task())
            .map(
                what ->
                    "the logits "
                        + FewNames.of(logits)
                        + " are -m and m in every sampled row"
                        + what
                        + " Say which: --task binary with --raw-layout doubled_margin or pair.")
        : Optional.empty();
  }

  /** What becomes of margins with both signs that are scored as logits of their own. */
  private static Optional<String> meantAsLogits(Task task) {
    return switch (task) {
      case MULTICLASS ->
          Optional.of(
              ", and their softmax is the sigmoid of 2m. That is right where the log-odds are 2m,"
                  + " as with gradient-boosted trees of Spark ML, and twice too sure where they are"
                  + " m, as with its logistic regression.");
      case MULTILABEL ->
          Optional.of(
              ": one margin, and not two labels, most likely. The sigmoid of each is right where the"
                  + " log-odds are m, as with logistic regression of Spark ML, and not sure enough"
                  + " where they are 2m, as with its gradient-boosted trees.");
      case BINARY -> Optional.empty();
    };
  }
}
