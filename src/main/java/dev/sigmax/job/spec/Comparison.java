package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.List;
import java.util.Optional;

/**
 * What a run is held against. It is no part of the run's identity: {@code latest} is another run
 * each time, and the rows of the output are the same whatever they are held against.
 *
 * @param limits how far apart the two may be
 */
public record Comparison(Target target, DriftLimits limits) {
  /** The word for the run that was published last. */
  static final String LATEST = "latest";

  /** The earlier run. */
  public sealed interface Target {
    /** The one that was published last in the folder that the output goes into. */
    record Latest() implements Target {}

    /** The one at a path. */
    record Output(String path) implements Target {}
  }

  /** Reads the two options; empty where there is nothing to compare to. */
  static Optional<Comparison> read(JobSettings settings, List<String> limits) {
    Optional<String> target = settings.text(JobKey.COMPARE_TO);
    if (target.isEmpty() && !limits.isEmpty()) {
      throw new UsageException(
          ErrorName.OPTION_MISSING,
          "max-drift says how far a run may be from an earlier one, and no earlier one is named:"
              + " --compare-to OUTPUT, or --compare-to latest.");
    }
    DriftLimits allowed = settings.read(JobKey.MAX_DRIFT, () -> DriftLimits.parse(limits));
    return target.map(
        text -> new Comparison(settings.read(JobKey.COMPARE_TO, () -> target(text)), allowed));
  }

  private static Target target(String text) {
    if (text.isBlank()) {
      throw new UsageException(
          ErrorName.OPTION_VALUE, "compare-to takes the folder of an earlier run, or latest.");
    }
    Template.requireFilled(JobKey.COMPARE_TO, text);
    return text.equals(LATEST) ? new Target.Latest() : new Target.Output(text);
  }
}
