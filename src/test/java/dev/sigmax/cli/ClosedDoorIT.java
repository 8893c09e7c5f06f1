package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a real disk whose files or folders a user may not read. */
class ClosedDoorIT {
  @TempDir private Path folder;

  @BeforeEach
  void publishARun() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    DuckDb.write(
        "SELECT i AS id, (i % 7)::FLOAT AS logit_a, (i % 5)::FLOAT AS logit_b FROM range(100) t(i)",
        folder.resolve("in/a.parquet"));
    Files.createDirectory(folder.resolve("runs"));
    assertEquals(0, score("runs/day1").code());
  }

  private Shell.Result score(String output, String... options) {
    List<String> all = new ArrayList<>(List.of("scripts/sigmax", "score", "--task", "multiclass"));
    all.addAll(List.of("--input", folder.resolve("in").toString()));
    all.addAll(List.of("--output", folder.resolve(output).toString()));
    all.addAll(List.of(options));
    return Shell.runUnprivileged(all.toArray(new String[0]));
  }

  private Shell.Result on(String command, String output) {
    return Shell.runUnprivileged("scripts/sigmax", command, folder.resolve(output).toString());
  }

  private static void close(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
  }

  private static void open(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
  }

  private static void assertClosed(int code, String name, Shell.Result run) {
    assertEquals(code, run.code(), run.err() + run.out());
    assertTrue(run.err().contains("[" + name + "]"), run.err());
    assertTrue(run.err().contains("or run as one who may"), run.err());
  }

  @Test
  void aClosedManifestItsFolderOrTheRunsIsNoMissingOne() throws IOException {
    for (String closed : List.of("_sigmax/manifest.json", "_sigmax", "")) {
      Path door = folder.resolve("runs/day1").resolve(closed);
      close(door);
      try {
        assertClosed(5, "OUTPUT_NO_PERMISSION", on("verify", "runs/day1"));
        Shell.Result history = on("history", "runs");
        assertEquals(3, history.code(), history.err());
        assertTrue(history.err().contains("day1 may not be read"), history.err());
        assertClosed(
            3,
            "INPUT_NO_PERMISSION",
            score("runs/day2", "--compare-to", "latest", "--max-drift", "psi=9"));
        for (Shell.Result read :
            List.of(
                on("report", "runs/day1"),
                score("runs/day2", "--compare-to", folder.resolve("runs/day1").toString()))) {
          assertClosed(3, "INPUT_NO_PERMISSION", read);
          assertTrue(read.err().contains(folder.resolve("runs/day1").toString()), read.err());
          assertFalse(read.err().contains("day2"), read.err());
        }
      } finally {
        open(door);
      }
    }
    assertEquals(0, on("verify", "runs/day1").code());
  }

  @Test
  void whatLiesBehindAClosedFolderIsNotCalledMissing() throws IOException {
    Path runs = folder.resolve("runs");
    Path calibration = Files.writeString(runs.resolve("c.json"), "{}");
    close(runs);
    try {
      assertClosed(3, "INPUT_NO_PERMISSION", on("history", "runs"));
      assertClosed(3, "INPUT_NO_PERMISSION", on("history", "runs/day1"));
      assertClosed(
          3, "INPUT_NO_PERMISSION", score("other", "--calibration", calibration.toString()));
      assertClosed(5, "OUTPUT_NO_PERMISSION", score("runs/sub/day2"));
    } finally {
      open(runs);
    }
    assertEquals(0, on("history", "runs").code());
  }

  @Test
  void aClosedRunOfAnIncrementalOutputIsNoForeignFolder() throws IOException {
    assertEquals(0, score("inc", "--incremental").code());
    Path run = folder.resolve("inc/run=00000001");
    close(run);
    try {
      assertClosed(5, "OUTPUT_NO_PERMISSION", score("inc", "--incremental"));
      assertClosed(5, "OUTPUT_NO_PERMISSION", on("verify", "inc"));
    } finally {
      open(run);
    }
    assertEquals(0, on("verify", "inc").code());
  }

  private Shell.Result scoreFrom(String input, String output) {
    return Shell.runUnprivileged(
        "scripts/sigmax",
        "score",
        "--task",
        "multiclass",
        "--input",
        folder.resolve(input).toString(),
        "--output",
        folder.resolve(output).toString());
  }

  /** Of what is in a closed folder a local disk says that it is not there. */
  @Test
  void aFolderThatAGlobLeadsThroughIsNotLeftOutBecauseItIsClosed() throws IOException {
    for (String day : List.of("1", "2", "lost+found", ".Trash-0")) {
      Files.createDirectories(folder.resolve("days").resolve(day));
      Files.copy(
          folder.resolve("in/a.parquet"), folder.resolve("days").resolve(day).resolve("a.parquet"));
    }
    Path closed = folder.resolve("days/2");
    Path kept = folder.resolve("days/lost+found");
    Path hidden = folder.resolve("days/.Trash-0");
    close(kept);
    close(hidden);
    try {
      for (String mode : List.of("---------", "r--------")) {
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString(mode));
        for (String glob :
            List.of("days/*/a.parquet", "days/*/*.parquet", "{days/1,days/2}/a.parquet")) {
          Shell.Result run = scoreFrom(glob, "runs/days");
          assertClosed(3, "INPUT_NO_PERMISSION", run);
          assertTrue(run.err().contains(closed + ": it may not be entered"), run.err());
        }
      }
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("--x------"));
      assertClosed(3, "INPUT_NO_PERMISSION", scoreFrom("days/*/*.parquet", "runs/days"));
      Shell.Result entered = scoreFrom("days/*/a.parquet", "runs/days");
      assertEquals(0, entered.code(), entered.err());
      assertTrue(entered.out().contains("200"), entered.out());
    } finally {
      open(closed);
      open(kept);
      open(hidden);
    }
  }
}
