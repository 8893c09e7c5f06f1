package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.EndlessStart;
import dev.sigmax.testing.Fault;
import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.HaltingRun;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Shell;
import dev.sigmax.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process says that is asked to end. */
class InterruptIT extends SparkTest {
  private static final String ROWS =
      "SELECT i AS id, i %% 2 AS label, (i %% 7)::FLOAT AS logit_a, (i %% 5)::FLOAT AS logit_b"
          + " FROM range(%d) t(i)";
  private static final int INTERRUPTED = 128 + 15;

  /** The run has its place by then, and has begun to write there. */
  private static final int STAGED = 8;

  private static final long LOOK_MILLIS = 20;

  @BeforeEach
  void threeDays() throws IOException {
    for (int day = 1; day <= 3; day++) {
      Path place = Files.createDirectories(folder.resolve("in/dt=2026-11-0" + day));
      // The second takes long enough that an interrupt in its middle is hardly ever too late.
      DuckDb.write(ROWS.formatted(day == 2 ? 2_000_000 : 100), place.resolve("a.parquet"));
    }
  }

  /** The program, asked to end while it waits for Spark. */
  private Shell.Result endedWhileSparkStarts(String... arguments) throws Exception {
    Path begun = folder.resolve("begun");
    Shell run =
        HaltingRun.start(
            System.getProperty("java.class.path"),
            Fault.HALT,
            0,
            Map.of(
                "spark.extraListeners",
                EndlessStart.class.getName(),
                EndlessStart.BEGUN,
                begun.toString()),
            arguments);
    while (!Files.exists(begun)) {
      assertTrue(run.isAlive(), "the run ended before Spark started");
      Thread.sleep(LOOK_MILLIS);
    }
    run.signal("TERM");
    Shell.Result end = run.await();
    assertEquals(INTERRUPTED, end.code(), end.err());
    return end;
  }

  private String day(int day) {
    return folder.resolve("in/dt=2026-11-0" + day).toString();
  }

  private Path job(String scheme) throws IOException {
    return Files.write(
        folder.resolve("job.yaml"),
        List.of(
            "input: " + folder.resolve("in/dt=${date}"),
            "output: " + scheme + folder.resolve("out-${date}"),
            "task: multiclass"));
  }

  @Test
  void aRunThatHasNoPlaceYetSaysThatNothingIsPublished() throws Exception {
    Shell.Result end =
        endedWhileSparkStarts(
            "score", "--input", day(1), "--output", folder + "/out", "--task", "multiclass");
    assertTrue(
        end.err().contains("sigmax: interrupted. Nothing was published by this run."), end.err());
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void anotherCommandSaysThatItIsInterrupted() throws Exception {
    Path written = folder.resolve("calibration.json");
    Shell.Result end =
        endedWhileSparkStarts(
            "calibrate",
            day(1),
            "--task",
            "multiclass",
            "--label",
            "label",
            "--labels",
            "0,1",
            "--write",
            written.toString());
    assertTrue(end.err().contains("sigmax: interrupted."), end.err());
    assertFalse(Files.exists(written));
  }

  @Test
  void inJsonItIsALineOfTheLog() throws Exception {
    Shell.Result end =
        endedWhileSparkStarts(
            "score",
            "--input",
            day(1),
            "--output",
            folder + "/out",
            "--task",
            "multiclass",
            "--log-format",
            "json");
    String told = "\"message\":\"interrupted. Nothing was published by this run.\"";
    assertTrue(end.err().contains(told), end.err());
  }

  @Test
  void ofSeveralDaysTheOneThatIsCutOffIsNamed() throws Exception {
    Shell.Result end =
        endedWhileSparkStarts(
            "backfill", job("").toString(), "--from", "2026-11-01", "--to", "2026-11-03");
    assertTrue(
        end.err().contains("sigmax: 2026-11-01: interrupted. Nothing was published by this run."),
        end.err());
    assertFalse(end.err().contains("2026-11-02"), end.err());
    assertFalse(end.out().contains("exit code"), end.out());
  }

  @Test
  void aDayThatIsCutOffHasNoExitCodeAndNoOtherBegins() throws Exception {
    Path job = job("faulty://");
    Shell.Result end =
        HaltingRun.start(
                Fault.INTERRUPT,
                operationsOfADay() + STAGED,
                "backfill",
                job.toString(),
                "--from",
                "2026-11-01",
                "--to",
                "2026-11-03")
            .await();
    String all = end.out() + end.err();
    assertEquals(INTERRUPTED, end.code(), all);
    List<String> days = end.out().lines().filter(line -> line.startsWith("2026-11-0")).toList();
    boolean published = Files.exists(folder.resolve("out-2026-11-02"));
    List<String> told =
        List.of(
            "2026-11-01: exit code 0",
            "2026-11-02: " + (published ? "exit code 0" : "interrupted"));
    // What the process says last may come too late.
    assertTrue(days.equals(told) || days.equals(told.subList(0, 1)), all);
    String fate = published ? "it was completed" : "this run published nothing at ";
    assertTrue(end.err().contains(fate), all);
    assertFalse(end.err().contains("sigmax: 2026-11-02: interrupted"), all);
    assertFalse(all.contains("2026-11-03"), all);
    assertTrue(Files.exists(folder.resolve("out-2026-11-01")));
  }

  private int operationsOfADay() {
    FaultyFiles.register(spark().sparkContext().hadoopConfiguration());
    FaultPlan.planMeanwhile(Integer.MAX_VALUE, () -> {});
    try {
      Program run =
          Program.run(
              "score",
              "--input",
              day(1),
              "--output",
              "faulty://" + folder.resolve("counted"),
              "--task",
              "multiclass");
      assertEquals(0, run.code(), run.err());
      return FaultPlan.written();
    } finally {
      FaultPlan.heal();
    }
  }
}
