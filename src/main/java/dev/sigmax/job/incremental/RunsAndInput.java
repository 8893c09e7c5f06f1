package dev.sigmax.job.incremental;

import dev.sigmax.input.Snapshot;
import dev.sigmax.input.SnapshotReader;
import dev.sigmax.job.plan.RunIdentity;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.publish.NumberedRuns;
import dev.sigmax.output.publish.PreparedParts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** What sets the runs under an incremental output apart from its job and its inputs. */
public final class RunsAndInput {
  private RunsAndInput() {}

  /**
   * All differences, a sentence each. Input files that went are none: their rows were scored. The
   * job is held against the last run, on the files of that run that are still there.
   */
  public static List<String> differences(
      NumberedRuns runs, JobSpec spec, Configuration configuration) throws IOException {
    List<String> differences = new ArrayList<>(runs.faults());
    for (NumberedRuns.Run run : runs.runs()) {
      if (!RunIdentity.fingerprintOf(run.manifest()).equals(run.manifest().fingerprint())) {
        differences.add(
            "the manifest of " + run.folder() + " does not hold what its fingerprint was taken of");
      }
      differences.addAll(
          PreparedParts.differences(
              run.folder().getFileSystem(configuration), run.folder(), run.manifest()));
    }
    differences.addAll(runs.scoredTwice());
    Snapshot now = SnapshotReader.read(spec.inputs(), configuration);
    SeenFiles seen = new SeenFiles(runs);
    differences.addAll(seen.differences(now));
    if (differences.isEmpty()) {
      differences.addAll(JobChanges.sinceLast(runs, spec, now, configuration));
    }
    return differences;
  }
}
