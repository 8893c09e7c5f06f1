package dev.sigmax.job.inspect;

import dev.sigmax.error.Counted;
import dev.sigmax.job.plan.RawLayoutCheck;
import dev.sigmax.kernel.LogSigmoid;
import dev.sigmax.kernel.rule.MarginPair;
import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.report.FindingKind;
import dev.sigmax.report.Inspection.Finding;
import dev.sigmax.report.Inspection.Guess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a row's numbers are: one for each class, the margin m of a binary model, or both of its
 * signs, where m is the log-odds or half of them.
 */
final class LayoutGuess {
  private static final int ENOUGH_ROWS = 20;
  private static final double FEW_VALUES = 0.5;

  /** A loss that is lower by less than that says nothing. */
  private static final double CLEARLY = 0.01;

  private LayoutGuess() {}

  static Guess<RawLayout> of(SampledRows rows) {
    if (rows.classes() == 1) {
      return new Guess<>(RawLayout.MARGIN, List.of());
    }
    if (rows.classes() != MarginPair.LENGTH || !RawLayoutCheck.arePairs(rows.sound())) {
      return new Guess<>(RawLayout.PER_CLASS, List.of());
    }
    List<String> why = new ArrayList<>();
    why.add(
        "in each sampled row ("
            + Counted.of(rows.soundSize(), "row")
            + ") one value is the other with its sign changed: (-m, m), the margin of a"
            + " binary model");
    Optional<Boolean> halved = labelsFitTwice(rows, why);
    long different = Arrays.stream(rows.column(1)).distinct().count();
    boolean fewValues =
        rows.soundSize() >= ENOUGH_ROWS && different < FEW_VALUES * rows.soundSize();
    if (fewValues) {
      why.add(
          String.format(
              Locale.ROOT,
              "only %s in %,d rows: a sum over trees, as gradient-boosted trees"
                  + " give it, whose m is half of the log-odds",
              Counted.of(different, "different margin"),
              rows.soundSize()));
    }
    return new Guess<>(halved.orElse(fewValues) ? RawLayout.DOUBLED_MARGIN : RawLayout.PAIR, why);
  }

  /** Whether a label beside the pairs is told better by twice the margin; empty without a label. */
  private static Optional<Boolean> labelsFitTwice(SampledRows rows, List<String> why) {
    Optional<LabelGuess> label = LabelGuess.ofSign(rows, 1);
    if (label.isEmpty()) {
      return Optional.empty();
    }
    double[] truth = rows.beside().get(label.get().columns());
    double once = loss(rows, truth, 1);
    double twice = loss(rows, truth, 2);
    if (Math.abs(once - twice) < CLEARLY) {
      return Optional.empty();
    }
    why.add(
        String.format(
            Locale.ROOT,
            "the column %s fits a sigmoid of %s better than one of %s (cross-entropy %.3f against"
                + " %.3f)",
            label.get().columns(),
            once < twice ? "m" : "2m",
            once < twice ? "2m" : "m",
            Math.min(once, twice),
            Math.max(once, twice)));
    return Optional.of(twice < once);
  }

  private static double loss(SampledRows rows, double[] truth, double factor) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < truth.length; i++) {
      if (!Double.isNaN(truth[i])) {
        double margin = factor * rows.sound().get(i)[1];
        sum -= LogSigmoid.of(truth[i] == 1 ? margin : -margin);
        count++;
      }
    }
    return sum / count;
  }

  /** What to mind in such a layout. */
  static Optional<Finding> finding(String logits, RawLayout layout) {
    return switch (layout) {
      case PAIR ->
          Optional.of(
              new Finding(
                  FindingKind.PAIR,
                  logits
                      + " are pairs (-m, m). Say what m is with --task binary: --raw-layout pair where"
                      + " it is the log-odds, as Spark ML's logistic regression gives it;"
                      + " --raw-layout doubled_margin where it is half of them, as gradient-boosted"
                      + " trees give it. Softmax of the pair would be right for the latter alone."));
      case DOUBLED_MARGIN ->
          Optional.of(
              new Finding(
                  FindingKind.HALVED_PAIR,
                  logits
                      + " are pairs (-m, m) in which m seems to be half of the log-odds: --task binary"
                      + " --raw-layout doubled_margin. A sigmoid of m alone would not be sure enough."
                      + " Compare it with --raw-layout pair by sigmax evaluate."));
      case MARGIN, PER_CLASS -> Optional.empty();
    };
  }
}
