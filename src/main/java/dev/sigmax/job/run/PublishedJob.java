package dev.sigmax.job.run;

import dev.sigmax.error.SigmaxException;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.input.snapshot.SnapshotReader;
import dev.sigmax.job.plan.CalibrationFile;
import dev.sigmax.job.plan.RunDifferences;
import dev.sigmax.job.plan.TableRead;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.output.Manifest;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * The job that a published run was of, by its manifest, to read and score its input again: the same
 * input gives the same bits.
 */
public final class PublishedJob {
  /** What says how rows are read and scored. */
  private static final Set<JobKey> SCORING =
      EnumSet.of(
          JobKey.INPUT,
          JobKey.TASK,
          JobKey.LOGITS,
          JobKey.RAW_LAYOUT,
          JobKey.LABELS,
          JobKey.CLASSES,
          JobKey.PRECISION,
          JobKey.TEMPERATURE,
          JobKey.NON_FINITE,
          JobKey.THRESHOLD,
          JobKey.THRESHOLDS);

  /** What says which of it is written, and how rows are judged. */
  private static final Set<JobKey> WRITING =
      EnumSet.of(
          JobKey.KEEP,
          JobKey.ALLOW_MISSING,
          JobKey.LAYOUT,
          JobKey.ADD,
          JobKey.ON_BAD_ROW,
          JobKey.SUM_TOLERANCE);

  private PublishedJob() {}

  /** What is left of a run's input. */
  public sealed interface Input {
    /** The files that the run read are as they were, whatever came beside them. */
    record Unchanged(Snapshot snapshot) implements Input {}

    /** They are not, or cannot be read; why, a sentence. */
    record Gone(String why) implements Input {}
  }

  /** What the manifest says of how the run's rows were read and scored. */
  public static JobSettings scoring(Manifest manifest) {
    return settings(manifest, SCORING);
  }

  /** The calibration that the run applied. */
  public static Optional<CalibrationFile> calibration(Manifest manifest) {
    return CalibrationFile.inManifest(manifest.job(), JobKey.CALIBRATION.key());
  }

  /** The job as it took effect, as far as it says what is in the output at {@code output}. */
  public static JobSpec spec(Manifest manifest, String output) {
    Set<JobKey> keys = EnumSet.copyOf(SCORING);
    keys.addAll(WRITING);
    if (JobSpec.lower(Task.MULTILABEL).equals(manifest.job().get(JobKey.TASK.key()))) {
      // It stands in the manifest, and a job may not have it: nothing is judged by it.
      keys.remove(JobKey.SUM_TOLERANCE);
    }
    return JobSpec.of(
        settings(manifest, keys)
            .overriddenBy(new JobSettings(Map.of(JobKey.OUTPUT, output), Map.of())));
  }

  private static JobSettings settings(Manifest manifest, Set<JobKey> keys) {
    Map<JobKey, Object> values = new EnumMap<>(JobKey.class);
    for (JobKey key : keys) {
      Object value = manifest.job().get(key.key());
      if (value != null) {
        values.put(key, value);
      }
    }
    if (keys.contains(JobKey.INPUT) && manifest.input().table() != null) {
      // The files of the table's snapshot; read as they were then.
      values.put(
          JobKey.INPUT, manifest.input().files().stream().map(Manifest.InputEntry::path).toList());
    }
    return JobSettings.of(values);
  }

  /** Looks whether the input is as it was when the run read it. */
  public static Input input(Manifest manifest, Configuration configuration) {
    List<String> paths = scoring(manifest).list(JobKey.INPUT).orElse(List.of());
    try {
      Set<String> read =
          manifest.input().files().stream()
              .map(Manifest.InputEntry::path)
              .collect(Collectors.toSet());
      Snapshot now = SnapshotReader.readOnly(read, paths, configuration);
      List<String> differences = RunDifferences.ofInputs(manifest, now);
      return differences.isEmpty()
          ? new Input.Unchanged(TableRead.of(manifest).map(now::of).orElse(now))
          : new Input.Gone(differences.get(0) + "." + whereToAsk(paths));
    } catch (SigmaxException gone) {
      return new Input.Gone(gone.getMessage() + whereToAsk(paths));
    }
  }

  /** Manifests of earlier versions name inputs as they were typed. */
  private static String whereToAsk(List<String> paths) {
    return paths.stream()
        .filter(path -> !path.startsWith("/") && !path.contains(":/"))
        .findFirst()
        .map(
            relative ->
                " Its manifest names the input by the relative path "
                    + relative
                    + ": ask again in the folder that the run was scored in.")
        .orElse("");
  }
}
