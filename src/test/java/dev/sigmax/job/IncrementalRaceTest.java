package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Fault;
import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Incremental runs at one output at once: every input row is in one run, whoever wins. */
class IncrementalRaceTest extends JobTest {
  private static final String ROWS =
      "SELECT %d + i AS id, (i %% 7)::FLOAT AS logit_a, (i %% 5)::FLOAT AS logit_b FROM range(100) t(i)";

  /** In the writing of the run's last files. */
  private static final int WHEN_ALL_IS_READ = 8;

  /** A file of 100 rows appears in the input, whole. */
  private void arrives(int number) {
    try {
      Path written = folder.resolve("arriving-" + number + ".parquet");
      DuckDb.write(ROWS.formatted(100 * number), written);
      Files.createDirectories(in());
      Files.move(written, in().resolve(number + ".parquet"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Program incremental(String output, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--incremental",
                "--input",
                in().toString(),
                "--output",
                output,
                "--task",
                "multiclass"));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  private void requireEachRowOnce(int files) {
    assertEquals(
        List.of(List.of(100L * files, 100L * files)),
        DuckDb.rows("SELECT count(*), count(DISTINCT id) FROM '" + out() + "/run=*/*.parquet'"));
    Program verified = Program.run("verify", out().toString());
    assertEquals(0, verified.code(), verified.err());
  }

  @Test
  void manyRunsAtOnceOnFilesThatArriveMeanwhileScoreEachOnce() throws Exception {
    int files = 12;
    arrives(0);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (Tally tally = new Tally("incremental runs at once")) {
      List<Future<Program>> all = new ArrayList<>();
      for (int i = 1; i < files; i++) {
        int number = i;
        all.add(
            pool.submit(
                () -> {
                  arrives(number);
                  return incremental(out().toString());
                }));
      }
      for (Future<Program> each : all) {
        Program run = each.get();
        assertEquals(0, run.code(), run.err());
        tally.count(run.out().split("[ :]", 2)[0]);
      }
      assertTrue(tally.of("published") > 0);
      assertTrue(incremental(out().toString()).out().startsWith("nothing new"));
      requireEachRowOnce(files);
      assertNoLitter();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void whoLosesToARunThatTookMoreFindsNothingNew() {
    Program run =
        overtaken(
            () -> {
              arrives(1);
              assertPublished(incremental(out().toString()));
            });
    assertTrue(run.out().startsWith("nothing new: 1 run "), run.out());
    requireEachRowOnce(2);
  }

  @Test
  void whoLosesScoresWhatIsLeft() {
    Program run =
        overtaken(
            () -> {
              assertPublished(incremental(out().toString()));
              arrives(1);
            });
    assertTrue(run.out().startsWith("published run "), run.out());
    assertTrue(Files.exists(out().resolve("run=00000002/_sigmax/manifest.json")));
    requireEachRowOnce(2);
  }

  @Test
  void filesThatComeWhileARunScoresAreTheNextOnes() {
    Program run = overtaken(() -> arrives(1));
    assertTrue(run.out().startsWith("published run "), run.out());
    requireEachRowOnce(1);
    assertPublished(incremental(out().toString()));
    requireEachRowOnce(2);
  }

  @Test
  void aFileThatIsJustBeingCopiedWhileARunScoresDoesNotCostTheRun() throws IOException {
    Path half = in().resolve("1.parquet");
    Program run =
        overtaken(
            () -> {
              try {
                Files.createFile(half);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertTrue(run.out().startsWith("published run "), run.out());
    requireEachRowOnce(1);
    Program tooEarly = incremental(out().toString());
    assertEquals(3, tooEarly.code(), tooEarly.err());
    assertTrue(tooEarly.err().contains("[FILE_INCOMPLETE]"), tooEarly.err());
    Files.delete(half);
    arrives(1);
    assertPublished(incremental(out().toString()));
    requireEachRowOnce(2);
  }

  @Test
  void whoseLastRunWasRemovedAndTakenByAnotherScoresNothingTwice() {
    arrives(0);
    assertPublished(incremental(out().toString()));
    arrives(1);
    Program run =
        meanwhile(
            () -> {
              Publications.remove(out().resolve("run=00000001"));
              assertPublished(incremental(out().toString()));
            });
    assertTrue(run.out().startsWith("nothing new: 1 run "), run.out());
    requireEachRowOnce(2);
  }

  @Test
  void theManifestsOfEarlierRunsAreReadOnceAndTheLastAgainBeforeThePublication() {
    for (int i = 0; i < 3; i++) {
      arrives(i);
      assertPublished(incremental(out().toString()));
    }
    arrives(3);
    FaultyFiles.register(spark().sparkContext().hadoopConfiguration());
    FaultPlan.plan(Fault.FAIL_READING, Integer.MAX_VALUE);
    try {
      assertPublished(incremental("faulty://" + out(), "--compare-to", "latest"));
    } finally {
      FaultPlan.heal();
    }
    List<Long> reads =
        IntStream.rangeClosed(1, 3)
            .mapToObj(run -> out().resolve("run=0000000" + run + "/_sigmax/manifest.json"))
            .map(path -> FaultPlan.opened().stream().filter(path.toString()::equals).count())
            .toList();
    assertEquals(List.of(1L, 1L, 2L), reads);
    requireEachRowOnce(4);
  }

  /** A run on one file, while whose last files are written something else happens. */
  private Program overtaken(Runnable other) {
    arrives(0);
    return meanwhile(other);
  }

  private Program meanwhile(Runnable other) {
    FaultyFiles.register(spark().sparkContext().hadoopConfiguration());
    // Not in the thread of a task, in which there is no session.
    ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    FaultPlan.planMeanwhile(
        WHEN_ALL_IS_READ, () -> CompletableFuture.runAsync(other, elsewhere).join());
    try {
      Program run = incremental("faulty://" + out());
      assertTrue(FaultPlan.fired(), "nothing happened meanwhile");
      assertPublished(run);
      return run;
    } finally {
      FaultPlan.heal();
      elsewhere.shutdown();
    }
  }
}
