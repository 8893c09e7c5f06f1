package dev.sigmax.job.incremental;

import dev.sigmax.files.AtOnce;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.input.snapshot.SnapshotReader;
import dev.sigmax.job.plan.RunIdentity;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.output.publish.NumberedRuns;
import dev.sigmax.output.publish.PreparedParts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * What sets the runs under an incremental output apart from its job and its inputs.
 *
 * @param damage what is wrong with the runs themselves, a sentence each, with what to do; no
 *     further run mends it
 * @param changes what the job or its inputs have that no run has, a sentence each
 */
public record RunsAndInput(List<String> damage, List<String> changes) {
  /**
   * All differences. Input files that went are none: their rows were scored. The job is held
   * against the last run, on the files of that run that are still there.
   */
  public static RunsAndInput compare(NumberedRuns runs, JobSpec spec, Configuration configuration)
      throws IOException {
    List<String> damage = new ArrayList<>(runs.faults());
    AtOnce.ask(runs.runs(), run -> damageOf(run, configuration)).forEach(damage::addAll);
    List<String> twice = runs.scoredTwice();
    if (!twice.isEmpty()) {
      damage.addAll(twice);
      damage.add(
          "Of two such runs remove the folder of one. What else it had seen is then new to score"
              + " --incremental.");
    }
    Snapshot now = SnapshotReader.read(spec.inputs(), configuration);
    List<String> changes = new ArrayList<>(new SeenFiles(runs).differences(now));
    if (damage.isEmpty() && changes.isEmpty()) {
      changes.addAll(JobChanges.sinceLast(runs, spec, now, configuration));
    }
    return new RunsAndInput(List.copyOf(damage), List.copyOf(changes));
  }

  private static List<String> damageOf(NumberedRuns.Run run, Configuration configuration)
      throws IOException {
    List<String> damage = new ArrayList<>();
    if (!RunIdentity.fingerprintOf(run.manifest()).equals(run.manifest().fingerprint())) {
      damage.add(
          "the manifest of " + run.folder() + " does not hold what its fingerprint was taken of");
    }
    damage.addAll(
        PreparedParts.differences(
            run.folder().getFileSystem(configuration), run.folder(), run.manifest()));
    if (!damage.isEmpty()) {
      damage.add(ManifestFile.repair(run.folder()));
    }
    return damage;
  }
}
