package dev.sigmax.job.inspect;

import dev.sigmax.job.plan.LogitSample;
import dev.sigmax.report.FindingKind;
import dev.sigmax.report.Inspection.Finding;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds numbers that are no raw logits any more: a sigmoid or a softmax has seen them. */
final class ScoredAlready {
  /** As in a run's own warning. */
  static final String LOOK_LIKE = "look like probabilities, not logits: ";

  private static final int MANY_VALUES = 100;
  private static final double NEAR = 1e-3;
  private static final double ROUNDING = 1e-6;
  private static final double SURE = 0.9;
  private static final int ENOUGH_ROWS = 10;

  private ScoredAlready() {}

  /** What was done to the numbers, if anything was. */
  static Optional<Finding> find(String logits, SampledRows rows) {
    if (rows.soundSize() == 0) {
      return Optional.empty();
    }
    if (every(rows, LogitSample::sumsToOne)) {
      return Optional.of(
          rows.soundSize() >= ENOUGH_ROWS
                  && every(rows, row -> leastOfFirst(row) > -NEAR)
                  && rows.sound().stream().anyMatch(row -> largestOfFirst(row) > SURE)
              ? softmaxedTwice(logits, rows.classes())
              : new Finding(
                  FindingKind.PROBABILITIES,
                  logits
                      + " "
                      + LOOK_LIKE
                      + "the values of each sampled row lie in [0, 1] and sum to 1. Score the"
                      + " model's output before its softmax; softmax of probabilities flattens"
                      + " them."));
    }
    if (bySoftmax(rows)) {
      return Optional.of(
          new Finding(
              FindingKind.LOG_PROBABILITIES,
              logits
                  + " look like log-probabilities: no value is above 0, and the exponentials of each"
                  + " sampled row sum to 1. Score them as multiclass, which gives the same"
                  + " probabilities as the logits would; sigmoids of them mean nothing."));
    }
    long values = (long) rows.soundSize() * rows.classes();
    boolean inside = every(rows, row -> Arrays.stream(row).allMatch(v -> v >= 0 && v <= 1));
    boolean between =
        rows.sound().stream().flatMapToDouble(Arrays::stream).anyMatch(v -> v > 0 && v < 1);
    return values >= MANY_VALUES && inside && between
        ? Optional.of(
            new Finding(
                FindingKind.PROBABILITIES,
                logits
                    + " "
                    + LOOK_LIKE
                    + "every sampled value lies in [0, 1]. Score the model's output before its"
                    + " sigmoid; logits have both signs."))
        : Optional.empty();
  }

  /** Whether each row is of probabilities, or of logarithms of probabilities, that sum to 1. */
  static boolean bySoftmax(SampledRows rows) {
    return rows.classes() > 1
        && rows.soundSize() > 0
        && (every(rows, LogitSample::sumsToOne) || every(rows, ScoredAlready::areLogarithms));
  }

  private static Finding softmaxedTwice(String logits, int classes) {
    double most = Math.E / (Math.E + classes - 1);
    return new Finding(
        FindingKind.SOFTMAXED_TWICE,
        String.format(
            Locale.ROOT,
            "%s look like probabilities that went through softmax a second time: the values of each"
                + " sampled row sum to 1, and none leaves %.4f to %.4f, which is all that softmax of"
                + " probabilities can give for %d classes. Score the model's output before its first"
                + " softmax.",
            logits,
            most / Math.E,
            most,
            classes));
  }

  private static boolean every(SampledRows rows, Predicate<double[]> holds) {
    return rows.sound().stream().allMatch(holds);
  }

  private static boolean areLogarithms(double[] row) {
    return Arrays.stream(row).allMatch(v -> v <= ROUNDING)
        && Math.abs(Arrays.stream(row).map(Math::exp).sum() - 1) < NEAR;
  }

  /**
   * What was softmaxed to give this row, if it summed to 1: log p + c, where c makes the sum 1. It
   * was a row of probabilities just if no value is below 0.
   */
  private static double[] first(double[] row) {
    double[] logarithms = Arrays.stream(row).map(Math::log).toArray();
    double constant = (1 - Arrays.stream(logarithms).sum()) / row.length;
    return Arrays.stream(logarithms).map(v -> v + constant).toArray();
  }

  private static double leastOfFirst(double[] row) {
    return Arrays.stream(first(row)).min().orElse(0);
  }

  private static double largestOfFirst(double[] row) {
    return Arrays.stream(first(row)).max().orElse(0);
  }
}
