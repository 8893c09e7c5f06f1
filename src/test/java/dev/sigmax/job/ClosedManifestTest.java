package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that this user may not read: it is told from one that is not there, or damaged. */
class ClosedManifestTest extends JobTest {
  private static final String MOVED =
      "SELECT i AS id, (i + 50)::FLOAT AS logit_a, 0::FLOAT AS logit_b, 0::FLOAT AS logit_c"
          + " FROM range(40) t(i)";

  @BeforeEach
  void rows() {
    FaultyFiles.register(spark().sparkContext().hadoopConfiguration());
    input("a.parquet", THREE_ROWS);
  }

  @AfterEach
  void heal() {
    FaultPlan.heal();
  }

  private Path manifestIn(Path output) {
    return output.resolve("_sigmax/manifest.json");
  }

  private Program scoreTo(Path output, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("score", "--input", in().toString(), "--output", "faulty://" + output));
    all.addAll(List.of("--task", "multiclass"));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  private static Program on(String command, Path output, String... options) {
    List<String> all = new ArrayList<>(List.of(command, "faulty://" + output));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  /** Told as a closed door, with the file, and without advice to remove or replace anything. */
  private static void assertClosed(int code, Path file, Program run) {
    String name = code == 3 ? "INPUT_NO_PERMISSION" : "OUTPUT_NO_PERMISSION";
    assertEquals(code, run.code(), run.err() + run.out());
    assertTrue(run.err().contains("[" + name + "]"), run.err());
    assertTrue(run.err().contains(file.toString()), run.err());
    assertTrue(run.err().contains("or run as one who may"), run.err());
    for (String wrong : List.of("damaged", "no run", "no manifest", "emove", "--replace")) {
      assertFalse(run.err().contains(wrong), () -> wrong + " is in: " + run.err());
    }
  }

  @Test
  void itIsNoMissingManifestToAnyCommandThatNeedsIt() throws IOException {
    assertPublished(scoreTo(out(), "--run-id", "monday"));
    Path manifest = manifestIn(out());
    FaultPlan.close(manifest);
    Path job =
        Files.writeString(
            folder.resolve("job.yaml"),
            "input: in\noutput: faulty://" + out() + "\ntask: multiclass\nrun-id: monday\n");
    for (Program refused :
        List.of(
            on("verify", out()),
            on("verify", out(), "--run-id", "monday"),
            Program.run("verify", job.toString()),
            Program.run("score", job.toString()),
            scoreTo(out(), "--temperature", "2", "--replace"))) {
      assertClosed(5, manifest, refused);
    }
    for (Program refused :
        List.of(
            on("report", out()),
            on("explain", out(), "--where", "id = 1"),
            on("evaluate", out(), "--label", "id"),
            scoreTo(folder.resolve("other"), "--compare-to", "faulty://" + out()))) {
      assertClosed(3, manifest, refused);
    }
    FaultPlan.heal();
    assertEquals(0, on("verify", out()).code());
    assertNoLitter();
  }

  @Test
  void aPartThatMayNotBeReadIsNoDamage() throws IOException {
    assertPublished(scoreTo(out()));
    Path part;
    try (Stream<Path> files = Files.list(out())) {
      part = files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    FaultPlan.close(part);
    assertClosed(5, part, on("verify", out()));
  }

  @Test
  void aLimitOnDriftIsNotMetByARunThatMayNotBeRead() throws IOException {
    Path day1 = folder.resolve("day1");
    Path day2 = folder.resolve("day2");
    assertPublished(scoreTo(day1));
    input("a.parquet", MOVED);
    String[] limited = {"--compare-to", "latest", "--max-drift", "psi=0.0001"};
    assertEquals(4, scoreTo(day2, limited).code());
    FaultPlan.close(manifestIn(day1));
    Program refused = scoreTo(day2, limited);
    assertEquals(3, refused.code(), refused.err());
    for (String part :
        List.of("[INPUT_NO_PERMISSION]", day1.toString(), "--max-drift", "--compare-to OUTPUT")) {
      assertTrue(refused.err().contains(part), () -> part + " is not in: " + refused.err());
    }
    assertFalse(Files.exists(day2));
    assertPublished(scoreTo(day2, "--compare-to", "latest"));
    String warnings = Files.readString(manifestIn(day2));
    assertTrue(warnings.contains("Left out of the comparison with the latest run"), warnings);
    assertTrue(warnings.contains(day1 + " may not be read"), warnings);
  }

  @Test
  void aLimitOnDriftIsNotMetByADamagedRunEither() throws IOException {
    Path day1 = folder.resolve("day1");
    assertPublished(scoreTo(day1));
    Files.writeString(manifestIn(day1), "{\"run_id\":");
    Program refused =
        scoreTo(folder.resolve("day2"), "--compare-to", "latest", "--max-drift", "psi=9");
    assertEquals(3, refused.code(), refused.err());
    assertTrue(refused.err().contains("[MANIFEST_DAMAGED]"), refused.err());
    assertFalse(Files.exists(folder.resolve("day2")));
  }

  @Test
  void aClosedCalibrationIsThere() throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), "{}");
    FaultPlan.close(file);
    assertClosed(3, file, scoreTo(out(), "--calibration", "faulty://" + file));
    FaultPlan.heal();
    Program none = scoreTo(out(), "--calibration", "faulty://" + folder.resolve("none.json"));
    assertRefused(3, none, "there is no calibration file", "[CALIBRATION_FILE]");
  }

  @Test
  void historyNamesIt() throws IOException {
    Path runs = Files.createDirectories(folder.resolve("runs"));
    assertPublished(scoreTo(runs.resolve("one")));
    assertPublished(scoreTo(runs.resolve("two")));
    Files.createDirectories(runs.resolve("lost+found"));
    FaultPlan.close(manifestIn(runs.resolve("one")));
    Program history = on("history", runs);
    assertEquals(0, history.code(), history.err());
    assertTrue(history.out().startsWith("1 run, multiclass"), history.out());
    assertTrue(
        history.out().contains("Not shown: the folder faulty:" + runs + "/one may not be read"),
        history.out());
    assertFalse(history.out().contains("lost+found"), history.out());
  }

  @Test
  void itIsNoForeignFolderAmongIncrementalRuns() throws IOException {
    assertPublished(scoreTo(out(), "--incremental"));
    input("b.parquet", THREE_ROWS);
    Path manifest = manifestIn(out().resolve("run=00000001"));
    FaultPlan.close(manifest);
    assertClosed(5, manifest, scoreTo(out(), "--incremental"));
    assertClosed(5, manifest, on("verify", out()));
    FaultPlan.heal();
    assertPublished(scoreTo(out(), "--incremental"));
    assertEquals(0, on("verify", out()).code());
  }
}
