package dev.sigmax.job.drift;

import dev.sigmax.error.Redaction;
import dev.sigmax.job.plan.EffectiveJob;
import dev.sigmax.job.spec.DriftLimits;
import dev.sigmax.job.spec.DriftMeasure;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.report.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** Puts the runs of a folder in a row, each beside the one before of the same task and classes. */
public final class RunHistory {
  private final Task task;
  private final List<String> labels;
  private final List<History.Run> runs = new ArrayList<>();
  private Optional<PublishedRuns.Run> before = Optional.empty();

  private RunHistory(Kind kind) {
    this.task = kind.task();
    this.labels = kind.labels();
  }

  /** What runs must have in common to be compared. */
  private record Kind(Task task, List<String> labels) {}

  /** The runs of a folder, from their manifests alone. */
  public static History of(Path folder, PublishedRuns published) {
    Map<Kind, RunHistory> kinds = new LinkedHashMap<>();
    List<History.LeftOut> leftOut = new ArrayList<>();
    published
        .unreadable()
        .forEach(left -> leftOut.add(new History.LeftOut(name(left.folder()), left.why())));
    published.unpublished().forEach(output -> leftOut.add(unpublished(output)));
    for (PublishedRuns.Run run : published.runs()) {
      task(run.manifest())
          .ifPresentOrElse(
              task ->
                  kinds
                      .computeIfAbsent(
                          new Kind(task, EffectiveJob.labels(run.manifest().job())),
                          RunHistory::new)
                      .add(run),
              () -> leftOut.add(withoutTask(run.output())));
    }
    return new History(
        name(folder), kinds.values().stream().map(RunHistory::kind).toList(), leftOut);
  }

  private static Optional<Task> task(Manifest manifest) {
    return Stream.of(Task.values())
        .filter(task -> JobSpec.lower(task).equals(manifest.job().get(JobKey.TASK.key())))
        .findFirst();
  }

  private static History.LeftOut unpublished(Path output) {
    return new History.LeftOut(
        name(output), "no run is published in the folder " + name(output) + ".");
  }

  private static History.LeftOut withoutTask(Path output) {
    return new History.LeftOut(
        name(output), "the manifest of the run at " + name(output) + " names no task.");
  }

  private static String name(Path path) {
    return Redaction.of(path.toString());
  }

  private History.Kind kind() {
    return new History.Kind(JobSpec.lower(task), labels, runs);
  }

  private void add(PublishedRuns.Run run) {
    Manifest manifest = run.manifest();
    Manifest.Checks checks = manifest.checks();
    RunCounts counts = RunCounts.of(checks, manifest.distribution());
    runs.add(
        new History.Run(
            run.publishedAt(),
            manifest.runId(),
            run.output().getName(),
            name(run.output()),
            checks.rows(),
            checks.badRows(),
            counts.confidence(),
            shares(counts),
            manifest.warnings() == null ? 0 : manifest.warnings().size(),
            before.map(earlier -> since(earlier, manifest, counts))));
    before = Optional.of(run);
  }

  private List<Double> shares(RunCounts counts) {
    return IntStream.range(0, labels.size())
        .mapToObj(counts::share)
        .filter(OptionalDouble::isPresent)
        .map(OptionalDouble::getAsDouble)
        .toList();
  }

  private History.Since since(PublishedRuns.Run earlier, Manifest manifest, RunCounts now) {
    Manifest.Drift drift =
        Drift.of(earlier, manifest.checks(), manifest.distribution(), task, DriftLimits.NONE);
    Movements movements = Movements.of(drift, manifest.checks(), manifest.distribution(), labels);
    RunCounts then = RunCounts.of(drift.before().checks(), drift.before().distribution());
    List<Moved> moved =
        movements.missing().contains(Movements.CONFIDENCE) ? List.of() : movements.moved();
    return new History.Since(
        drift.before().runId(),
        drift.before().output(),
        shift(then, now),
        largest(moved, DriftMeasure.PSI),
        largest(moved, DriftMeasure.JS),
        moved.stream().filter(one -> one.distance().js() > 0).map(Moved::what).findFirst(),
        movements.missing());
  }

  private static OptionalDouble largest(List<Moved> moved, DriftMeasure measure) {
    return moved.stream().mapToDouble(one -> measure.of(one.distance())).max();
  }

  private Optional<History.Shift> shift(RunCounts then, RunCounts now) {
    OptionalInt most = now.mostMoved(then);
    if (most.isEmpty() || most.getAsInt() >= labels.size()) {
      return Optional.empty();
    }
    int index = most.getAsInt();
    return Optional.of(
        new History.Shift(
            labels.get(index), then.share(index).getAsDouble(), now.share(index).getAsDouble()));
  }
}
