package dev.sigmax.job.inspect;

import dev.sigmax.error.Counted;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.report.Inspection.Guess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which task the numbers speak for. Whether classes exclude each other is a question to a person;
 * what is said here are signs of how a model was trained.
 */
final class TaskGuess {
  private static final int ENOUGH_ROWS = 20;
  private static final double NEARLY_ALL = 0.95;

  /** How far the sums of rows may lie apart, in parts of the largest value. */
  private static final double SAME_SUM = 1e-5;

  private TaskGuess() {}

  /** The likely task, and why; empty where nothing speaks for one. */
  static Optional<Guess<String>> of(
      SampledRows rows, RawLayout layout, Optional<LabelGuess> label) {
    if (layout == RawLayout.MARGIN) {
      List<String> why = new ArrayList<>(List.of("each row has one logit"));
      label.ifPresent(guess -> why.add(guess.sentence()));
      return guess(Task.BINARY, why);
    }
    if (label.isPresent() && label.get().task() == Task.MULTILABEL) {
      return guess(Task.MULTILABEL, List.of(label.get().sentence()));
    }
    if (layout.isPair()) {
      List<String> why = new ArrayList<>(List.of("a pair (-m, m) is one yes or no"));
      label.ifPresent(guess -> why.add(guess.sentence()));
      return guess(Task.BINARY, why);
    }
    List<String> why = new ArrayList<>();
    if (ScoredAlready.bySoftmax(rows)) {
      why.add("the values of each sampled row are as after a softmax");
    }
    sumsAreTheSame(rows).ifPresent(why::add);
    label.ifPresent(guess -> why.add(guess.sentence()));
    onePositive(rows).ifPresent(why::add);
    return why.isEmpty() ? Optional.empty() : guess(Task.MULTICLASS, why);
  }

  private static Optional<Guess<String>> guess(Task task, List<String> why) {
    return Optional.of(new Guess<>(JobSpec.lower(task), why));
  }

  /** Softmax does not depend on a row's sum, so its training leaves it where it began. */
  private static Optional<String> sumsAreTheSame(SampledRows rows) {
    if (rows.soundSize() < ENOUGH_ROWS || rows.classes() < 3) {
      return Optional.empty();
    }
    DoubleSummaryStatistics sums =
        rows.sound().stream().mapToDouble(row -> Arrays.stream(row).sum()).summaryStatistics();
    double largest =
        rows.sound().stream().flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    return Double.isFinite(largest)
            && largest > 0
            && sums.getMax() - sums.getMin() <= SAME_SUM * largest * rows.classes()
        ? Optional.of(
            "the logits of each sampled row sum to "
                + (Math.abs(sums.getAverage()) < SAME_SUM * largest * rows.classes()
                    ? "0"
                    : String.format(Locale.ROOT, "%.4g", sums.getAverage()))
                + ", as training with softmax leaves them, and with sigmoids does not")
        : Optional.empty();
  }

  private static Optional<String> onePositive(SampledRows rows) {
    long one =
        rows.sound().stream()
            .filter(row -> Arrays.stream(row).filter(v -> v > 0).count() == 1)
            .count();
    return rows.soundSize() >= ENOUGH_ROWS
            && rows.classes() > 2
            && one >= NEARLY_ALL * rows.soundSize()
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "exactly one logit is above 0 in %.0f %% of %s",
                100.0 * one / rows.soundSize(),
                Counted.of(rows.soundSize(), "sampled row")))
        : Optional.empty();
  }
}
