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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incremental runs in processes of their own, which race and die. */
class IncrementalIT {
  private static final String ROWS =
      "SELECT %d + i AS id, (i %% 7)::FLOAT AS logit_a, (i %% 5)::FLOAT AS logit_b"
          + " FROM range(1000) t(i)";
  private static final int HALTED = 77;
  private static final int INTERRUPTED = 128 + 15;

  /** In the short version: all is staged, and nothing published. */
  private static final int STAGED = Tally.everyFault() ? 1 : 8;

  @TempDir private Path folder;

  @BeforeEach
  void oneFile() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    DuckDb.write(ROWS.formatted(0), folder.resolve("in/a.parquet"));
  }

  private Shell start(int operation, Path output) {
    return start(Fault.HALT, operation, output);
  }

  private Shell start(Fault end, int operation, Path output) {
    return HaltingRun.start(
        end,
        operation,
        "score",
        "--incremental",
        "--input",
        folder.resolve("in").toString(),
        "--output",
        "faulty://" + output,
        "--task",
        "multiclass");
  }

  private static List<Object> counted(Path output) {
    return DuckDb.rows("SELECT count(*), count(DISTINCT id) FROM '" + output + "/run=*/*.parquet'")
        .get(0);
  }

  @Test
  void ofTwoProcessesAtOnceOnePublishesAndBothEndWell() {
    Path output = folder.resolve("out");
    Shell one = start(0, output);
    Shell other = start(0, output);
    Shell.Result first = one.await();
    Shell.Result second = other.await();
    assertEquals(0, first.code(), first.err());
    assertEquals(0, second.code(), second.err());
    assertTrue(
        first.out().startsWith("published") != second.out().startsWith("published"),
        first.out() + second.out());
    assertEquals(List.of(1000L, 1000L), counted(output));
  }

  @Test
  void aRunThatDiesLeavesWhatItTookToTheNext() throws IOException {
    try (Tally tally = new Tally("incremental run halted at a writing operation")) {
      int code = HALTED;
      boolean all = Tally.everyFault();
      for (int n = STAGED; code == HALTED && (all || n == STAGED); n++) {
        Path output = folder.resolve("out-" + n);
        assertEquals(0, start(0, output).await().code());
        DuckDb.write(ROWS.formatted(1000), folder.resolve("in/b.parquet"));
        code = start(n, output).await().code();
        if (code == HALTED) {
          boolean published = Files.exists(output.resolve("run=00000002"));
          tally.count(published ? "published" : "absent");
          assertEquals(
              List.of(published ? 2000L : 1000L, published ? 2000L : 1000L), counted(output));
          Shell.Result next = start(0, output).await();
          assertEquals(0, next.code(), next.err());
          assertTrue(next.out().startsWith(published ? "nothing new" : "published"), next.out());
          assertEquals(List.of(2000L, 2000L), counted(output));
          assertEquals(0, Program.run("verify", output.toString()).code());
          assertFalse(Files.exists(output.resolve("run=00000003")));
        }
        Files.delete(folder.resolve("in/b.parquet"));
      }
      assertEquals(all ? 0 : HALTED, code);
      assertTrue(tally.tried() > 0, "no halt came");
    }
  }

  @Test
  void aFirstRunThatIsInterruptedLeavesNothingOrIsPublished() throws IOException {
    try (Tally tally = new Tally("first incremental run interrupted at a writing operation")) {
      int code = INTERRUPTED;
      boolean all = Tally.everyFault();
      for (int n = STAGED; code == INTERRUPTED && (all || n == STAGED); n++) {
        Path place = Files.createDirectories(folder.resolve("interrupted-" + n));
        Path output = place.resolve("out");
        Shell.Result run = start(Fault.INTERRUPT, n, output).await();
        code = run.code();
        if (code == INTERRUPTED) {
          boolean published = Files.exists(output.resolve("run=00000001"));
          tally.count(published ? "published" : "nothing left");
          String which = "interrupted at operation " + n + ": " + run.err();
          assertEquals(!published, run.err().contains("this run published nothing"), which);
          assertEquals(published, Files.exists(output), which);
        }
      }
      assertEquals(all ? 0 : INTERRUPTED, code);
      assertTrue(tally.tried() > 0, "no interrupt came");
    }
  }
}
