package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.progress.Progress;
import dev.sigmax.job.progress.RowsDone;
import dev.sigmax.job.run.OpeningSession;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.testing.Fault;
import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A run that goes on behind its place for the output says so: an interrupt then has nobody else to
 * tell what becomes of the run.
 */
class ClosedPlaceTest extends JobTest {
  private static final String LISTING = "listing what is new";
  private static final String WRITING = "writes";
  private static final String CLOSED = "place closed";

  /** In the writing of the run's last files. */
  private static final int WHEN_ALL_IS_READ = 8;

  private final List<String> heard = new CopyOnWriteArrayList<>();

  private final Progress progress =
      new Progress() {
        @Override
        public void phase(String what) {
          if (what.equals(LISTING)) {
            heard.add(what);
          }
        }

        @Override
        public void writing() {
          heard.add(WRITING);
        }

        @Override
        public void placeClosed() {
          heard.add(CLOSED);
        }

        @Override
        public void rows(RowsDone done) {}
      };

  @BeforeEach
  void inputAndFaultyFiles() {
    input("a.parquet", THREE_ROWS);
    FaultyFiles.register(spark().sparkContext().hadoopConfiguration());
  }

  @AfterEach
  void heal() {
    FaultPlan.heal();
  }

  private static Configuration configuration() {
    return spark().sessionState().newHadoopConf();
  }

  private JobSpec spec(boolean incremental) {
    return JobSpec.of(
        new JobSettings(
            Map.of(
                JobKey.OUTPUT,
                "faulty://" + out(),
                JobKey.TASK,
                "multiclass",
                JobKey.INCREMENTAL,
                Boolean.toString(incremental)),
            Map.of(JobKey.INPUT, List.of(in().toString()))));
  }

  @Test
  void itIsClosedWhereTheCauseOfAFailureIsLookedFor() {
    FaultPlan.plan(Fault.FAIL, WHEN_ALL_IS_READ);
    ScoringJob job =
        new ScoringJob(
            OpeningSession.begin(() -> spark()), configuration(), spec(false), "1", progress);
    assertThrows(Exception.class, job::run);
    assertTrue(FaultPlan.fired());
    assertEquals(List.of(WRITING, CLOSED), heard);
  }

  @Test
  void itIsClosedWhereAnotherRunTookIt() throws IOException {
    // Not in the thread of a task, in which there is no session.
    ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    try {
      FaultPlan.planMeanwhile(
          WHEN_ALL_IS_READ,
          () -> CompletableFuture.runAsync(this::anotherPublishes, elsewhere).join());
      Outcome outcome =
          new IncrementalJob(() -> spark(), configuration(), spec(true), "1", progress).run();
      assertInstanceOf(Outcome.NothingNew.class, outcome);
    } finally {
      elsewhere.shutdown();
    }
    assertEquals(List.of(LISTING, WRITING, CLOSED, LISTING), heard);
  }

  private void anotherPublishes() {
    assertPublished(
        Program.run(
            "score",
            "--incremental",
            "--input",
            in().toString(),
            "--output",
            out().toString(),
            "--task",
            "multiclass"));
  }

  @Test
  void aRunThatPublishesKeepsIt() throws IOException {
    assertInstanceOf(
        Outcome.Published.class,
        new IncrementalJob(() -> spark(), configuration(), spec(true), "1", progress).run());
    assertEquals(List.of(LISTING, WRITING), heard);
  }
}
