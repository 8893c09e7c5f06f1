package dev.sigmax.job.drift;

import dev.sigmax.error.Counted;
import dev.sigmax.output.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What a run counted, as numbers and in words. Each is empty where the run did not count it.
 *
 * @param counts empty where its manifest has none, or no row was counted
 */
record RunCounts(Manifest.Checks checks, Optional<Manifest.Distribution> counts) {
  static RunCounts of(Manifest.Checks checks, Manifest.Distribution counts) {
    return new RunCounts(checks, Optional.ofNullable(counts).filter(counted -> counted.rows() > 0));
  }

  /** The mean probability of a class. */
  OptionalDouble mean(int index) {
    return of(index, Manifest.Distribution::means);
  }

  /** The share of the rows that predict a class. */
  OptionalDouble share(int index) {
    OptionalDouble predicted = of(index, Manifest.Distribution::predictions);
    return predicted.isPresent()
        ? OptionalDouble.of(predicted.getAsDouble() / counts.get().rows())
        : predicted;
  }

  private OptionalDouble of(
      int index, Function<Manifest.Distribution, List<? extends Number>> numbers) {
    return counts
        .map(numbers)
        .filter(list -> index < list.size())
        .map(list -> OptionalDouble.of(list.get(index).doubleValue()))
        .orElse(OptionalDouble.empty());
  }

  /** The mean of the rows' largest probabilities. */
  OptionalDouble confidence() {
    return counts.isPresent() && counts.get().meanLargest() != null
        ? OptionalDouble.of(counts.get().meanLargest())
        : OptionalDouble.empty();
  }

  /** The class whose share of the predictions differs most from that of another run. */
  OptionalInt mostMoved(RunCounts other) {
    OptionalInt most = OptionalInt.empty();
    double furthest = -1;
    for (int i = 0; share(i).isPresent() && other.share(i).isPresent(); i++) {
      double distance = Math.abs(share(i).getAsDouble() - other.share(i).getAsDouble());
      if (distance > furthest) {
        most = OptionalInt.of(i);
        furthest = distance;
      }
    }
    return most;
  }

  String sharesInWords(OptionalInt index, List<String> labels) {
    return index.isPresent()
        ? percent(share(index.getAsInt())) + " " + labels.get(index.getAsInt())
        : "";
  }

  String classInWords(int index) {
    return mean(index).isPresent()
        ? String.format(
            Locale.ROOT,
            "mean %.4f and %s of the predictions",
            mean(index).getAsDouble(),
            percent(share(index)))
        : "";
  }

  String confidenceInWords() {
    return confidence().isPresent()
        ? String.format(Locale.ROOT, "mean %.4f", confidence().getAsDouble())
        : "";
  }

  String issuesInWords() {
    return String.format(
        Locale.ROOT, "%,d of %s bad", checks.badRows(), Counted.of(checks.rows(), "row"));
  }

  String logitsInWords() {
    return counts
        .map(Manifest.Distribution::logits)
        .filter(logits -> logits.min() != null && logits.max() != null)
        .map(logits -> String.format(Locale.ROOT, "%.4g … %.4g", logits.min(), logits.max()))
        .orElse("");
  }

  /** A share as a percentage of four digits. */
  static String percent(OptionalDouble share) {
    return share.isPresent()
        ? String.format(Locale.ROOT, "%.2f %%", 100 * share.getAsDouble())
        : "";
  }
}
