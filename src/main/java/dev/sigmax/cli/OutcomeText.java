package dev.sigmax.cli;

import dev.sigmax.job.Outcome;
import dev.sigmax.output.Manifest;
import dev.sigmax.report.RunSummary;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/** How an outcome is told on a terminal. */
final class OutcomeText {
  private OutcomeText() {}

  static String of(Outcome outcome) {
    if (outcome instanceof Outcome.Published published) {
      Manifest manifest = published.manifest();
      return summary("published run " + manifest.runId(), published.output(), manifest, true);
    }
    if (outcome instanceof Outcome.AlreadyPublished already) {
      Manifest manifest = already.manifest();
      return summary(
          "already published: run " + manifest.runId() + " at " + manifest.publishedAt(),
          already.output(),
          manifest,
          false);
    }
    return ((Outcome.Planned) outcome).plan();
  }

  static String summary(String headline, Path output, Manifest manifest, boolean timed) {
    Manifest.KernelUsed kernel = manifest.kernel();
    return new RunSummary(
            headline,
            output.toString(),
            manifest.checks().rows(),
            manifest.checks().badRows(),
            manifest.checks().issues(),
            sums(manifest.checks().rowSum()),
            kernel.name() + ", " + kernel.why(),
            timed ? manifest.timingMs().getOrDefault("total", -1L) : -1)
        .text();
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
