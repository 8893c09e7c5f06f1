package dev.sigmax.job.drift;

import dev.sigmax.job.plan.EffectiveJob;
import dev.sigmax.job.spec.DriftMeasure;
import dev.sigmax.output.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What moved between two runs, for people.
 *
 * @param moved all that could be compared; what moved furthest first, by the population stability
 *     index
 * @param missing what could not be compared: one of the runs did not count it, or has no rows
 */
public record Movements(Manifest.Drift drift, List<Moved> moved, List<String> missing) {
  /** The rows by their largest probability, which every run counts that counts its scores. */
  static final String CONFIDENCE = "confidence";

  /** Below this a population stability index is often taken for a small change. */
  private static final double NO_SMALL_CHANGE = 0.1;

  /** The movements to a run that has these checks and counts; {@code labels} one for each class. */
  static Movements of(
      Manifest.Drift drift,
      Manifest.Checks checks,
      Manifest.Distribution counts,
      List<String> labels) {
    RunCounts then = RunCounts.of(drift.before().checks(), drift.before().distribution());
    RunCounts now = RunCounts.of(checks, counts);
    Manifest.Distances distances = drift.distances();
    Collected all = new Collected(then, now);
    OptionalInt most = now.mostMoved(then);
    all.add("predictions", distances.predictions(), run -> run.sharesInWords(most, labels));
    all.add(CONFIDENCE, distances.confidence(), RunCounts::confidenceInWords);
    all.add("issues", distances.issues(), RunCounts::issuesInWords);
    all.add("logits", distances.logits(), RunCounts::logitsInWords);
    Manifest.ClassDistances classes = distances.probabilities();
    if (classes == null) {
      all.add("probabilities of the classes", null, run -> "");
    } else {
      for (int i = 0; i < Math.min(labels.size(), classes.psi().size()); i++) {
        int index = i;
        all.add(
            "probability of " + labels.get(i),
            new Manifest.Distance(classes.psi().get(i), classes.js().get(i)),
            run -> run.classInWords(index));
      }
    }
    all.moved.sort(Comparator.comparingDouble((Moved one) -> one.distance().psi()).reversed());
    return new Movements(drift, List.copyOf(all.moved), List.copyOf(all.missing));
  }

  /** The movements that a manifest keeps; empty where its run was compared with none. */
  public static Optional<Movements> in(Manifest manifest) {
    return Optional.ofNullable(manifest.drift())
        .map(
            drift ->
                of(
                    drift,
                    manifest.checks(),
                    manifest.distribution(),
                    EffectiveJob.labels(manifest.job())));
  }

  /** The largest distance by a measure. */
  public Optional<Double> largest(DriftMeasure measure) {
    return moved.stream().map(one -> measure.of(one.distance())).max(Comparator.naturalOrder());
  }

  /** How far it is from the earlier run, for a verdict, in a few words. */
  public String verdict() {
    String since = "since run " + drift.before().runId();
    if (moved.isEmpty()) {
      return "how far it moved " + since + " is unknown";
    }
    return moved.get(0).distance().js() == 0
        ? "nothing moved " + since
        : String.format(
            Locale.ROOT,
            "%s %s moved furthest, psi %.2f",
            since,
            moved.get(0).what(),
            moved.get(0).distance().psi());
  }

  /** Whether something moved that is worth a look, and no limit of the job's has judged it. */
  public boolean isToLookAt() {
    return drift.limits().isEmpty()
        && largest(DriftMeasure.PSI).filter(psi -> psi >= NO_SMALL_CHANGE).isPresent();
  }

  /** What moved furthest, in a line. */
  public String inWords() {
    String since = "since run " + drift.before().runId() + " at " + drift.before().output();
    if (moved.isEmpty()) {
      return "unknown " + since + ": nothing could be compared";
    }
    return moved.get(0).distance().js() == 0
        ? "none " + since
        : String.format(
            Locale.ROOT,
            "psi %.4f at most, of %s, %s",
            moved.get(0).distance().psi(),
            moved.get(0).what(),
            since);
  }

  private static final class Collected {
    private final RunCounts then;
    private final RunCounts now;
    private final List<Moved> moved = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    Collected(RunCounts then, RunCounts now) {
      this.then = then;
      this.now = now;
    }

    void add(String what, Manifest.Distance distance, Function<RunCounts, String> words) {
      if (distance == null) {
        missing.add(what);
      } else {
        moved.add(new Moved(what, distance, words.apply(then), words.apply(now)));
      }
    }
  }
}
