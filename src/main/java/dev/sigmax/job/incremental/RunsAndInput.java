package dev.sigmax.job.incremental;

import dev.sigmax.input.InputFile;
import dev.sigmax.input.Snapshot;
import dev.sigmax.input.SnapshotReader;
import dev.sigmax.job.plan.Planner;
import dev.sigmax.job.plan.RunIdentity;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.publish.NumberedRuns;
import dev.sigmax.output.publish.PreparedParts;
import dev.sigmax.parquet.footer.Footers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    if (differences.isEmpty() && runs.last().isPresent()) {
      NumberedRuns.Run last = runs.last().get();
      Set<String> paths =
          now.files().stream()
              .filter(file -> seen.of(file).run().number() == last.number())
              .map(InputFile::path)
              .collect(Collectors.toSet());
      if (!paths.isEmpty()) {
        differences.addAll(
            JobChanges.since(last.manifest(), plan(spec, now.only(paths), configuration)));
      }
    }
    return differences;
  }

  private static ScoringPlan plan(JobSpec spec, Snapshot snapshot, Configuration configuration) {
    return Planner.plan(
        configuration,
        spec,
        Planner.table(spec, snapshot, Footers.read(snapshot.paths(), configuration)));
  }
}
