package dev.sigmax.job.plan;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.Comparison;
import dev.sigmax.job.spec.DriftLimits;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.output.publish.AwaitedRun;
import dev.sigmax.output.publish.NumberedRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The earlier run that a run is compared with.
 *
 * @param run empty where the job asks for none, or there is none yet
 * @param remarks what a person should know of how it was found
 */
public record Baseline(Optional<PublishedRuns.Run> run, List<String> remarks) {
  private static final Baseline NONE = new Baseline(Optional.empty(), List.of());

  /** The runs whose outputs lie beside that of a job. */
  @FunctionalInterface
  public interface Beside {
    /** Reads their manifests. */
    PublishedRuns runs() throws IOException;
  }

  /**
   * The run that the job names, read before anything takes its place.
   *
   * @param output where the job publishes
   * @param beside asked for the runs beside the job's output, where the latest is named
   * @throws UsageException where that run is of another task or of other classes
   * @throws InputException where a path is named and no run is there, or none that can be read; and
   *     where there are limits and which run is the latest cannot be told
   */
  public static Baseline of(
      ScoringPlan plan, Path output, Beside beside, Configuration configuration)
      throws IOException {
    Optional<Comparison> comparison = plan.spec().comparison();
    if (comparison.isEmpty()) {
      return NONE;
    }
    Baseline baseline =
        comparison.get().target() instanceof Comparison.Target.Output named
            ? new Baseline(Optional.of(at(named.path(), configuration)), List.of())
            : latest(output.getParent(), beside.runs(), comparison.get().limits());
    baseline.run.ifPresent(run -> requireComparable(run, plan));
    return baseline;
  }

  private static PublishedRuns.Run at(String path, Configuration configuration) throws IOException {
    Path output = OutputPath.output(path, configuration);
    NumberedRuns.refuse(output, configuration);
    try {
      return new PublishedRuns.Run(
          output,
          AwaitedRun.require(
              output, configuration, " Name another with --compare-to, or leave it out."));
    } catch (InputException unusable) {
      throw new InputException(
          unusable.name(),
          "the run cannot be compared with an earlier one: " + unusable.getMessage(),
          unusable);
    }
  }

  private static Baseline latest(Path folder, PublishedRuns published, DriftLimits limits) {
    if (!limits.isEmpty() && !published.unreadable().isEmpty()) {
      PublishedRuns.LeftOut left = published.unreadable().get(0);
      throw new InputException(
          left.name(),
          "which run is the latest in "
              + folder
              + " cannot be told, and --max-drift is a limit on the distance from it: "
              + left.why()
              + " Or move the folder away, or name the run to compare with: --compare-to OUTPUT.");
    }
    List<String> remarks = new ArrayList<>();
    published
        .unreadable()
        .forEach(
            left -> remarks.add("Left out of the comparison with the latest run: " + left.why()));
    List<PublishedRuns.Run> runs = published.runs();
    if (runs.isEmpty()) {
      remarks.add(
          "The run is compared with no earlier one: none is published in " + folder + " yet.");
      return new Baseline(Optional.empty(), remarks);
    }
    return new Baseline(Optional.of(runs.get(runs.size() - 1)), remarks);
  }

  private static void requireComparable(PublishedRuns.Run run, ScoringPlan plan) {
    Map<String, Object> then = run.manifest().job();
    String task = String.valueOf(then.get(JobKey.TASK.key()));
    requireSame(run, "task", List.of(task), List.of(JobSpec.lower(plan.rule().task())));
    requireSame(run, "classes", EffectiveJob.labels(then), plan.labels());
  }

  private static void requireSame(
      PublishedRuns.Run run, String what, List<String> then, List<String> now) {
    if (!then.equals(now)) {
      throw new UsageException(
          ErrorName.RUNS_NOT_COMPARABLE,
          "run "
              + run.manifest().runId()
              + " at "
              + run.output()
              + " has the "
              + what
              + " "
              + ListDifference.names(then)
              + ", and this one has "
              + ListDifference.names(now)
              + ListDifference.beyondNames(then, now)
              + ": they cannot be compared. Name the run to compare with: --compare-to OUTPUT.");
    }
  }
}
