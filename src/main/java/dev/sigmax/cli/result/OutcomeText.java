package dev.sigmax.cli.result;

import dev.sigmax.error.Counted;
import dev.sigmax.job.Outcome;
import dev.sigmax.job.drift.Movements;
import dev.sigmax.job.plan.EffectiveJob;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.WrittenFiles;
import dev.sigmax.report.RunSummary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** How an outcome is told on a terminal. */
public final class OutcomeText {
  private static final int FEW_COLUMNS = 5;
  private static final String PROBABILITY = "probability";
  private static final String PROBABILITIES = "probabilities";

  private OutcomeText() {}

  /** The text for a person, of one line or more. */
  public static String of(Outcome outcome) {
    if (outcome instanceof Outcome.Published published) {
      return summary(headline(outcome), published.output(), published.manifest(), true);
    }
    if (outcome instanceof Outcome.AlreadyPublished already) {
      return summary(headline(outcome), already.output(), already.manifest(), false);
    }
    if (outcome instanceof Outcome.Planned planned) {
      return planned.plan();
    }
    return headline(outcome) + System.lineSeparator();
  }

  /** What became of a run, in a few words, without a full stop. */
  public static String headline(Outcome outcome) {
    if (outcome instanceof Outcome.Published published) {
      return "published run " + published.manifest().runId();
    }
    if (outcome instanceof Outcome.AlreadyPublished already) {
      return "already published: run "
          + already.manifest().runId()
          + " at "
          + already.manifest().publishedAt();
    }
    if (outcome instanceof Outcome.NothingNew nothing) {
      return nothing.files() == 0
          ? "nothing new: the input has no files"
          : String.format(
              Locale.ROOT,
              "nothing new: %s under %s %s scored the input's %s",
              Counted.of(nothing.runs(), "run"),
              nothing.output(),
              nothing.runs() == 1 ? "has" : "have",
              Counted.of(nothing.files(), "file"));
    }
    return "planned, nothing written";
  }

  /**
   * What a manifest says of its run, a few lines.
   *
   * @param headline the first line
   * @param output where the run lies
   * @param timed whether to tell how long the run took, where the manifest has it
   */
  public static String summary(String headline, Path output, Manifest manifest, boolean timed) {
    Manifest.KernelUsed kernel = manifest.kernel();
    return new RunSummary(
            headline,
            EffectiveJob.table(manifest.job())
                .map(table -> "table " + table + ", files in " + output)
                .orElseGet(output::toString),
            manifest.checks().rows(),
            manifest.checks().badRows(),
            manifest.checks().issues(),
            sums(manifest.checks().rowSum()),
            Movements.in(manifest).map(Movements::inWords),
            columns(manifest.job()),
            manifest.engine() == null
                ? "unknown"
                : manifest.engine().path() + ", " + manifest.engine().why(),
            kernel.name() + ", " + kernel.why(),
            quarantine(output, manifest.quarantine()),
            timed ? manifest.timingMs().getOrDefault("total", -1L) : -1)
        .text();
  }

  private static Optional<String> quarantine(Path output, Manifest.Output quarantine) {
    return quarantine == null || quarantine.rows() == 0
        ? Optional.empty()
        : Optional.of(
            Counted.of(quarantine.rows(), "row")
                + " in "
                + new Path(output, WrittenFiles.QUARANTINE));
  }

  /** The kept columns by name as far as they are few, and how many probabilities there are. */
  private static String columns(Map<String, Object> job) {
    List<?> kept = job.get(JobKey.KEEP.key()) instanceof List<?> names ? names : List.of();
    String few =
        kept.stream().limit(FEW_COLUMNS).map(String::valueOf).collect(Collectors.joining(", "));
    return (kept.isEmpty() ? "" : few + (kept.size() > FEW_COLUMNS ? ", …" : "") + " kept; ")
        + probabilities(job, EffectiveJob.labels(job).size())
        + (job.get(JobKey.ADD.key()) instanceof List<?> added
            ? added.stream().map(String::valueOf).collect(Collectors.joining(", ", "; ", ""))
            : "");
  }

  private static String probabilities(Map<String, Object> job, int count) {
    return switch (String.valueOf(job.get(JobKey.LAYOUT.key()))) {
      case "none" -> "no probabilities";
      case "array" -> Counted.of(count, PROBABILITY, PROBABILITIES) + " in an array";
      default -> Counted.of(count, PROBABILITY, PROBABILITIES);
    };
  }

  private static String sums(Manifest.RowSum sums) {
    if (sums.min() == null) {
      return "none";
    }
    String range = sums.min() + " … " + sums.max();
    return sums.judged()
        ? String.format(
            Locale.ROOT,
            "%s (off 1 by at most %.2g, allowed %.2g)",
            range,
            sums.maxDeviation(),
            sums.tolerance())
        : range + " (not judged: each label is a sigmoid of its own)";
  }
}
