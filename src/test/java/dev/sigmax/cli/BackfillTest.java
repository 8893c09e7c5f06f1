package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.JobTest;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code backfill}: a run for each day that has none. */
class BackfillTest extends JobTest {
  private static final String ROWS =
      "SELECT %d + i AS id, (i %% 7)::FLOAT AS logit_a, (i %% 5)::FLOAT AS logit_b"
          + " FROM range(10) t(i)";

  private Path job(String... lines) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("input: in/dt=${date}", "output: out-${date}", "task: multiclass"));
    all.addAll(Arrays.asList(lines));
    return Files.write(folder.resolve("job.yaml"), all);
  }

  private void day(int day) {
    input("dt=2026-11-0" + day + "/a.parquet", ROWS.formatted(10 * day));
  }

  private static Program backfill(Path job, int from, int to, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "backfill",
                job.toString(),
                "--from",
                "2026-11-0" + from,
                "--to",
                "2026-11-0" + to));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(String[]::new));
  }

  private static List<String> lines(Program run, String part) {
    return run.out().lines().filter(line -> line.contains(part)).sorted().toList();
  }

  private static void assertFails(Program run, String... parts) {
    assertEquals(2, run.code(), run.err());
    for (String part : parts) {
      assertTrue(run.err().contains(part), () -> part + " is not in: " + run.err());
    }
  }

  @Test
  void eachDayHasItsRunAndItsLine() throws IOException {
    Path job = job("run-id: ${date}");
    for (int day = 1; day <= 4; day++) {
      day(day);
    }
    Program run = backfill(job, 1, 4, "--parallel", "2");
    assertEquals(0, run.code(), run.err());
    assertEquals(
        List.of(
            "2026-11-01: exit code 0",
            "2026-11-02: exit code 0",
            "2026-11-03: exit code 0",
            "2026-11-04: exit code 0"),
        lines(run, ": exit code"));
    assertEquals(4, lines(run, "published run 2026-11-0").size(), run.out());
    assertEquals(
        List.of(List.of(40L, 40L, 1180L)),
        DuckDb.rows(
            "SELECT count(*), count(DISTINCT id), sum(id)::BIGINT FROM '"
                + folder
                + "/out-2026-11-0*/*.parquet'"));
    for (int day = 1; day <= 4; day++) {
      assertEquals(
          0, Program.run("verify", job.toString(), "--set", "date=2026-11-0" + day).code());
    }
    assertNoLitter();
  }

  @Test
  void aDayWithoutInputIsToldAndTheRestGoesOnAndTheNextCallTakesItAlone() throws IOException {
    Path job = job();
    day(1);
    day(3);
    Program run = backfill(job, 1, 3);
    assertEquals(3, run.code(), run.err());
    assertEquals(
        List.of("2026-11-01: exit code 0", "2026-11-02: exit code 3", "2026-11-03: exit code 0"),
        lines(run, ": exit code"));
    assertTrue(
        run.err().contains("sigmax: 2026-11-02: no file or folder matches the input"), run.err());
    assertFalse(Files.exists(folder.resolve("out-2026-11-02")));
    day(2);
    Program again = backfill(job, 1, 3, "--parallel", "3");
    assertEquals(0, again.code(), again.err());
    assertEquals(2, lines(again, "already published: run ").size(), again.out());
    assertEquals(1, lines(again, "published run ").size(), again.out());
  }

  @Test
  void aDayWhoseInputChangedIsNotPublishedOverUnlessItIsSaid() throws IOException {
    Path job = job();
    day(1);
    day(2);
    assertEquals(0, backfill(job, 1, 2).code());
    input("dt=2026-11-02/late.parquet", ROWS.formatted(99));
    Program refused = backfill(job, 1, 2);
    assertEquals(5, refused.code(), refused.err());
    assertTrue(refused.err().contains("late.parquet is new"), refused.err());
    assertEquals(
        List.of("2026-11-01: exit code 0", "2026-11-02: exit code 5"),
        lines(refused, ": exit code"));
    Program replaced = backfill(job, 1, 2, "--replace");
    assertEquals(0, replaced.code(), replaced.err());
    assertEquals(1, lines(replaced, "already published: ").size(), replaced.out());
    assertEquals(
        20L, DuckDb.value("SELECT count(*) FROM '" + folder + "/out-2026-11-02/*.parquet'"));
  }

  @Test
  void otherVariablesAreForAllDays() throws IOException {
    Path job = job("codec: ${codec}");
    day(1);
    assertEquals(0, backfill(job, 1, 1, "--set", "codec=zstd", "--quiet").code());
    assertFails(backfill(job, 1, 1), "add --set codec=VALUE");
    assertFails(
        backfill(job, 1, 1, "--set", "codec=zstd", "--set", "x=1"), "--set x changes nothing");
    assertFails(
        backfill(job, 1, 1, "--set", "codec=zstd", "--set", "date=2026-11-01"),
        "date is set twice");
  }

  @Test
  void whatMakesNoSenseIsRefusedBeforeAnyDay() throws IOException {
    day(1);
    Path job = job();
    assertFails(backfill(job, 2, 1), "--from 2026-11-02 is after --to 2026-11-01");
    assertFails(backfill(job, 1, 2, "--parallel", "0"), "--parallel takes a number from 1 up");
    assertFails(backfill(job, 1, 2, "--output", "x"), "the output of each of the 2 jobs");
    assertFails(
        Program.run("backfill", job.toString(), "--from", "1.11.2026", "--to", "2026-11-02"),
        "--from takes a day such as 2026-11-21, not 1.11.2026");
    Path undated =
        Files.writeString(
            folder.resolve("undated.yaml"), "input: in/dt=2026-11-01\noutput: out\ntask: binary\n");
    assertFails(backfill(undated, 1, 2), "has no ${date}");
    assertFails(
        backfill(folder.resolve("none.yaml"), 1, 2),
        "there is no job file " + folder + "/none.yaml");
    assertFalse(Files.exists(folder.resolve("out-2026-11-01")));
  }

  @Test
  void twoDaysCannotHaveOneOutput() throws IOException {
    day(1);
    day(2);
    Path job =
        Files.writeString(
            folder.resolve("one.yaml"), "input: in/dt=${date}\noutput: out\ntask: multiclass\n");
    assertFails(backfill(job, 1, 2), "2026-11-01 and 2026-11-02 have the same output");
  }
}
