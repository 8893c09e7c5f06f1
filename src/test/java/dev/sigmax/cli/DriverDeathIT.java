package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Fault;
import dev.sigmax.testing.HaltingRun;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Shell;
import dev.sigmax.testing.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver dies: at each operation that writes, and at random moments. The output is whole or
 * absent, an earlier one is untouched, and the next run publishes. The build tries one operation;
 * {@code scripts/torture} tries all.
 */
class DriverDeathIT {
  private static final String VALUES =
      "SELECT COLUMNS(*)::VARCHAR FROM '%s/*.parquet' ORDER BY ALL";

  /** In the short version: the run has begun to write. */
  private static final int FIRST = Tally.everyFault() ? 1 : 8;

  private static final int HALTED = 77;
  private static final int KILLED = 128 + 9;
  private static final int INTERRUPTED = 128 + 15;

  @TempDir private static Path folder;
  private static Path input;
  private static List<List<Object>> expected;

  private static String[] scoring(String output, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "score", "--input", input.toString(), "--output", output, "--task", "multiclass"));
    arguments.addAll(List.of(options));
    return arguments.toArray(new String[0]);
  }

  private static Shell score(int operation, Path output, String... options) {
    return HaltingRun.start(Fault.HALT, operation, scoring("faulty://" + output, options));
  }

  @BeforeAll
  static void scoreUndisturbed() {
    input = folder.resolve("in.parquet");
    DuckDb.write(
        "SELECT i AS id, (i % 7)::FLOAT AS logit_a, (i % 5)::FLOAT AS logit_b FROM range(400000) t(i)",
        input);
    Path output = folder.resolve("undisturbed");
    Program run = Program.run(scoring(output.toString()));
    assertEquals(0, run.code(), run.err());
    expected = DuckDb.rows(VALUES.formatted(output));
  }

  /** Looks at what a dead run left; whether it had published. */
  private boolean requireWholeOrAbsent(Path output, String which) {
    if (!Files.exists(output)) {
      return false;
    }
    assertTrue(Files.exists(output.resolve("_sigmax/manifest.json")), which);
    assertEquals(expected, DuckDb.rows(VALUES.formatted(output)), which);
    return true;
  }

  private void requireNextRunPublishes(Path output, Path litter, String which) throws IOException {
    // A process of its own, whose warnings are heard.
    Shell.Result next = score(0, output).await();
    assertEquals(0, next.code(), which + ": " + next.err());
    assertEquals(expected, DuckDb.rows(VALUES.formatted(output)), which);
    assertTrue(Files.exists(litter), which + ": the litter of others is gone");
    assertTrue(
        next.out().startsWith("already published") || next.err().contains(litter.toString()),
        which + ": " + next.err());
    // One attempt of the dead run at most, and none of the next one's own.
    try (Stream<Path> beside = Files.list(output.getParent())) {
      assertTrue(beside.count() <= 3, which);
    }
  }

  @Test
  void aHaltAtAnyWritingOperationLeavesAWholeOutputOrNone() throws IOException {
    try (Tally tally = new Tally("driver halted at a writing operation")) {
      int code = HALTED;
      boolean all = Tally.everyFault();
      for (int n = FIRST; code == HALTED && (all || n == FIRST); n++) {
        Path output = Files.createDirectories(folder.resolve("halt-" + n)).resolve("out");
        Path litter =
            Files.createDirectories(output.resolveSibling(".out.sigmax-staging-0123456789ab"));
        code = score(n, output).await().code();
        if (code == HALTED) {
          String which = "halted at operation " + n;
          tally.count(requireWholeOrAbsent(output, which) ? "published" : "absent");
          requireNextRunPublishes(output, litter, which);
        }
      }
      assertEquals(all ? 0 : HALTED, code);
      assertTrue(tally.tried() > 0, "no halt came");
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "sigmax.torture", matches = "true")
  void anInterruptAtAnyWritingOperationLeavesAWholeOutputOrNothingAtAll() throws IOException {
    try (Tally tally = new Tally("driver interrupted at a writing operation")) {
      int code = INTERRUPTED;
      for (int n = 1; code == INTERRUPTED; n++) {
        Path place = Files.createDirectories(folder.resolve("interrupted-" + n));
        Path output = place.resolve("out");
        Shell.Result run =
            HaltingRun.start(Fault.INTERRUPT, n, scoring("faulty://" + output)).await();
        code = run.code();
        if (code != INTERRUPTED) {
          continue;
        }
        String which = "interrupted at operation " + n + ": " + run.err();
        boolean published = requireWholeOrAbsent(output, which);
        tally.count(published ? "published" : "nothing left");
        assertFalse(run.err().contains("cannot read the input"), which);
        assertEquals(!published, run.err().contains("this run published nothing"), which);
        try (Stream<Path> left = Files.list(place)) {
          assertEquals(published ? 1 : 0, left.count(), which);
        }
      }
      assertEquals(0, code);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "sigmax.torture", matches = "true")
  void aReplacementThatDiesLeavesTheOldOutputOrTheNewOne() throws IOException {
    try (Tally tally = new Tally("driver halted while it replaced an output")) {
      Path earlier = Files.createDirectories(folder.resolve("replaced")).resolve("out");
      assertEquals(0, score(0, earlier, "--temperature", "2").await().code());
      List<List<Object>> old = DuckDb.rows(VALUES.formatted(earlier));
      int code = HALTED;
      for (int n = 1; code == HALTED; n++) {
        Path output = Files.createDirectories(folder.resolve("replace-" + n)).resolve("out");
        assertEquals(0, Shell.run("cp", "-r", earlier.toString(), output.toString()).code());
        code = score(n, output, "--replace").await().code();
        if (code != HALTED) {
          continue;
        }
        // The next command that writes undoes a replacement that was cut off.
        assertEquals(0, Program.run("clean", output.toString()).code());
        Program asked = Program.run("verify", output.toString());
        assertEquals(0, asked.code(), "halted at " + n + ": " + asked.err());
        List<List<Object>> found = DuckDb.rows(VALUES.formatted(output));
        assertTrue(found.equals(old) || found.equals(expected), "halted at " + n);
        tally.count(found.equals(old) ? "the old output" : "the new one");
      }
      assertEquals(0, code);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "sigmax.torture", matches = "true")
  void aKillAtAnyMomentLeavesAWholeOutputOrNone() throws Exception {
    Random random = new Random(Tally.seed());
    long start = System.nanoTime();
    assertEquals(0, score(0, folder.resolve("timed")).await().code());
    long undisturbedMillis = (System.nanoTime() - start) / 1_000_000;
    try (Tally tally = new Tally("driver killed at a random moment")) {
      for (int i = 0; i < 50; i++) {
        Path output = Files.createDirectories(folder.resolve("kill-" + i)).resolve("out");
        Path litter =
            Files.createDirectories(output.resolveSibling(".out.sigmax-staging-0123456789ab"));
        Shell run = score(0, output);
        long moment = undisturbedMillis / 2 + random.nextInt((int) undisturbedMillis / 2);
        Thread.sleep(moment);
        run.signal("KILL");
        int code = run.await().code();
        assertTrue(code == KILLED || code == 0, "exit " + code);
        String which = "killed after " + moment + " ms";
        boolean published = requireWholeOrAbsent(output, which);
        assertFalse(code == 0 && !published, which);
        tally.count(published ? "published" : "absent");
        Program next = Program.run(scoring(output.toString()));
        assertEquals(0, next.code(), which + ": " + next.err());
        assertEquals(expected, DuckDb.rows(VALUES.formatted(output)), which);
        assertTrue(Files.exists(litter), which + ": the litter of others is gone");
      }
    }
  }
}
