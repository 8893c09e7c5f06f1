package dev.sigmax.job.drift;

import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.FewNames;
import dev.sigmax.error.QualityException;
import dev.sigmax.job.spec.DriftLimits;
import dev.sigmax.job.spec.DriftMeasure;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.Manifest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Stops a run that is further from an earlier one than its job allows. */
public final class DriftGate {
  private static final int MOST_LINES = 10;

  private DriftGate() {}

  /**
   * Refuses if anything moved further than the limits say.
   *
   * @param counts of the run; {@code labels} one for each class
   * @return what a person should know though the run goes on
   */
  public static List<String> pass(
      Manifest.Drift drift,
      Manifest.Checks checks,
      Manifest.Distribution counts,
      List<String> labels,
      DriftLimits limits) {
    Movements movements = Movements.of(drift, checks, counts, labels);
    for (Map.Entry<DriftMeasure, Double> limit : limits.byMeasure().entrySet()) {
      DriftMeasure measure = limit.getKey();
      List<Moved> tooFar =
          movements.moved().stream()
              .filter(moved -> measure.of(moved.distance()) > limit.getValue())
              .sorted(Comparator.comparingDouble((Moved moved) -> -measure.of(moved.distance())))
              .toList();
      if (!tooFar.isEmpty()) {
        throw new QualityException(
            ErrorName.DRIFT_TOO_LARGE, message(drift, counts, measure, limit.getValue(), tooFar));
      }
    }
    return limits.isEmpty() || movements.missing().isEmpty()
        ? List.of()
        : List.of(
            "max-drift was not held against "
                + FewNames.of(movements.missing())
                + ": this run or the one before it has no counts of that.");
  }

  private static String message(
      Manifest.Drift drift,
      Manifest.Distribution counts,
      DriftMeasure measure,
      double limit,
      List<Moved> tooFar) {
    StringBuilder message = new StringBuilder();
    message.append(
        String.format(
            Locale.ROOT,
            "the scores moved too far from those of run %s at %s, published at %s; nothing is"
                + " published. The job allows %s=%s:",
            drift.before().runId(),
            drift.before().output(),
            drift.before().publishedAt(),
            JobSpec.lower(measure),
            limit));
    tooFar.stream()
        .limit(MOST_LINES)
        .forEach(moved -> message.append("\n  ").append(line(measure, moved)));
    if (tooFar.size() > MOST_LINES) {
      message.append("\n  and ").append(tooFar.size() - MOST_LINES).append(" more");
    }
    Manifest.Distribution then = drift.before().distribution();
    if (then != null && then.rows() > 0 && counts.rows() > 0) {
      message.append(
          String.format(
              Locale.ROOT,
              "\n%s counted then and %,d now: chance alone moves a quantity of %d bins by"
                  + " about %s=%.2g.",
              Counted.of(then.rows(), "row was", "rows were"),
              counts.rows(),
              Drift.BINS_OF_CONFIDENCE,
              JobSpec.lower(measure),
              byChance(measure, then.rows(), counts.rows())));
    }
    return message
        .append(
            "\nLook at the input, and at the model that made the logits. If the change is meant,"
                + " publish once without --max-drift, or name another run with --compare-to.")
        .toString();
  }

  private static String line(DriftMeasure measure, Moved moved) {
    String words =
        moved.then().isEmpty() && moved.now().isEmpty()
            ? ""
            : " (then " + moved.then() + "; now " + moved.now() + ")";
    return String.format(
        Locale.ROOT,
        "%s: %s=%.4g%s",
        moved.what(),
        JobSpec.lower(measure),
        measure.of(moved.distance()),
        words);
  }

  /** Of a small distance the Jensen-Shannon divergence is an eighth of the index. */
  private static double byChance(DriftMeasure measure, long then, long now) {
    double psi = (Drift.BINS_OF_CONFIDENCE - 1) * (1.0 / then + 1.0 / now);
    return switch (measure) {
      case PSI -> psi;
      case JS -> Math.sqrt(psi / 8);
    };
  }
}
