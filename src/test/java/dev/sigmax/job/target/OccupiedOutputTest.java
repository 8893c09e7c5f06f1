package dev.sigmax.job.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.input.snapshot.SnapshotReader;
import dev.sigmax.job.JobTest;
import dev.sigmax.job.ScoringJob;
import dev.sigmax.job.plan.Planner;
import dev.sigmax.job.plan.RunIdentity;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.progress.Progress;
import dev.sigmax.job.run.OpeningSession;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.publish.Publication;
import dev.sigmax.parquet.footer.Footers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class OccupiedOutputTest extends JobTest {
  private static final String VERSION = "0";

  /** Between the two renames of a replacement nothing is there. */
  @Test
  void anOutputThatGoesBeforeItIsLookedAtIsNoForeignFolder() throws IOException {
    input("a.parquet", THREE_ROWS);
    Configuration configuration = spark().sessionState().newHadoopConf();
    JobSpec spec =
        JobSpec.of(
            new JobSettings(
                Map.of(JobKey.OUTPUT, out().toString(), JobKey.TASK, "multiclass"),
                Map.of(JobKey.INPUT, List.of(in().toString()))));
    Snapshot snapshot = SnapshotReader.read(spec.inputs(), configuration);
    InputTable table = Planner.table(spec, snapshot, Footers.read(snapshot.paths(), configuration));
    ScoringPlan plan = Planner.plan(configuration, spec, table);
    Path output = new Path(out().toUri());
    assertEquals(
        Optional.empty(),
        new OccupiedOutput(
                JobTest::spark,
                configuration,
                plan,
                VERSION,
                output,
                Publication.at(output, configuration))
            .answer(RunIdentity.of(plan, VERSION)));
  }

  private JobSpec spec(String temperature) {
    return JobSpec.of(
        new JobSettings(
            Map.of(
                JobKey.OUTPUT,
                out().toString(),
                JobKey.TASK,
                "multiclass",
                JobKey.TEMPERATURE,
                temperature),
            Map.of(JobKey.INPUT, List.of(in().toString()))));
  }

  @Test
  void anotherRunInTheOutputsPlaceIsToldWithoutSpark() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--temperature", "1"));
    OpeningSession none =
        OpeningSession.whenAsked(
            () -> {
              throw new AssertionError("Spark is asked for");
            });
    Configuration configuration = spark().sessionState().newHadoopConf();
    ScoringJob job = new ScoringJob(none, configuration, spec("2"), VERSION, Progress.NONE);
    OutputException refused = assertThrows(OutputException.class, job::run);
    assertEquals(ErrorName.OUTPUT_EXISTS, refused.name());
    assertTrue(refused.getMessage().contains("temperature was 1"), refused.getMessage());
  }
}
