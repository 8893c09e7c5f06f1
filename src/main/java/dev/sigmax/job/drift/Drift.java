package dev.sigmax.job.drift;

import dev.sigmax.error.Redaction;
import dev.sigmax.job.spec.DriftLimits;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.tally.Divergence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Measures how far a run is from an earlier one of the same task and classes. */
public final class Drift {
  /**
   * The confidence is compared in so many bins. More would mostly measure chance, which alone makes
   * an index of some (bins − 1)(1/n + 1/m) for n and m rows.
   */
  static final int BINS_OF_CONFIDENCE = 16;

  private Drift() {}

  /** What a manifest says of the distance between a run and the earlier one. */
  public static Manifest.Drift of(
      PublishedRuns.Run before,
      Manifest.Checks checks,
      Manifest.Distribution counts,
      Task task,
      DriftLimits limits) {
    Manifest then = before.manifest();
    Map<String, Double> byMeasure = new TreeMap<>();
    limits.byMeasure().forEach((measure, limit) -> byMeasure.put(JobSpec.lower(measure), limit));
    return new Manifest.Drift(
        new Manifest.EarlierRun(
            Redaction.of(before.output().toString()),
            then.runId(),
            then.publishedAt(),
            then.checks(),
            then.distribution()),
        byMeasure,
        distances(then.checks(), checks, then.distribution(), counts, task));
  }

  /** The distances between two runs; {@code null} counts are not compared. */
  static Manifest.Distances distances(
      Manifest.Checks thenChecked,
      Manifest.Checks nowChecked,
      Manifest.Distribution then,
      Manifest.Distribution now,
      Task task) {
    Manifest.Distance issues =
        distance(byIssue(thenChecked, nowChecked), byIssue(nowChecked, thenChecked));
    if (then == null || now == null) {
      return new Manifest.Distances(null, null, issues, null, null);
    }
    return new Manifest.Distances(
        distance(predictions(then, task), predictions(now, task)),
        distance(confidence(then), confidence(now)),
        issues,
        then.logits() == null || now.logits() == null
            ? null
            : distance(then.logits().bins(), now.logits().bins()),
        byClass(then.probabilities(), now.probabilities()));
  }

  private static Manifest.Distance distance(List<Long> then, List<Long> now) {
    return areComparable(then, now)
        ? new Manifest.Distance(
            Divergence.populationStabilityIndex(then, now),
            Divergence.jensenShannonDistance(then, now))
        : null;
  }

  private static boolean areComparable(List<Long> then, List<Long> now) {
    return then != null && now != null && then.size() == now.size() && any(then) && any(now);
  }

  private static boolean any(List<Long> counts) {
    return counts.stream().anyMatch(count -> count > 0);
  }

  /** Good rows, then rows with NaN, then those with each issue that one of the two runs has. */
  private static List<Long> byIssue(Manifest.Checks checks, Manifest.Checks other) {
    TreeSet<String> codes = new TreeSet<>(checks.issues().keySet());
    codes.addAll(other.issues().keySet());
    long nan = checks.rowSum().nanRows();
    List<Long> bins = new ArrayList<>(List.of(checks.rows() - checks.badRows() - nan, nan));
    codes.forEach(code -> bins.add(checks.issues().getOrDefault(code, 0L)));
    return bins;
  }

  /** Of a multilabel task decisions are counted: for each label, and against any of them. */
  private static List<Long> predictions(Manifest.Distribution counts, Task task) {
    if (task != Task.MULTILABEL || counts.predictions().isEmpty()) {
      return counts.predictions();
    }
    List<Long> bins = new ArrayList<>(counts.predictions());
    long all = counts.rows() * bins.size();
    bins.add(all - bins.stream().mapToLong(Long::longValue).sum());
    return bins;
  }

  /** Rows by their largest probability; null where the bins are of another version. */
  static List<Long> confidence(Manifest.Distribution counts) {
    int together = counts.largest().size() / BINS_OF_CONFIDENCE;
    if (together * BINS_OF_CONFIDENCE != counts.largest().size()) {
      return null;
    }
    return IntStream.range(0, BINS_OF_CONFIDENCE)
        .mapToObj(
            i ->
                counts.largest().subList(i * together, (i + 1) * together).stream()
                    .mapToLong(Long::longValue)
                    .sum())
        .toList();
  }

  private static Manifest.ClassDistances byClass(List<List<Long>> then, List<List<Long>> now) {
    if (then == null || now == null || then.isEmpty() || then.size() != now.size()) {
      return null;
    }
    List<Double> psi = new ArrayList<>();
    List<Double> js = new ArrayList<>();
    for (int i = 0; i < then.size(); i++) {
      Manifest.Distance distance = distance(then.get(i), now.get(i));
      if (distance == null) {
        return null;
      }
      psi.add(distance.psi());
      js.add(distance.js());
    }
    return new Manifest.ClassDistances(psi, js);
  }
}
