package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Fault;
import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One fault of the file system at each operation of a run in turn: what is published is whole,
 * whatever happens, and the next run succeeds.
 */
class IoFaultTest extends JobTest {
  private static final int STRIDE = 3;
  private static final int WRITES_OF_LESS_THAN_A_ROW_GROUP = 200;
  private static final Set<Fault> OFTEN = Set.of(Fault.FAIL, Fault.BREAK, Fault.FULL);
  private static final List<Integer> CODES = List.of(0, 1, 3, 5);
  private static final String VALUES =
      "SELECT COLUMNS(*)::VARCHAR FROM '%s/*.parquet' ORDER BY ALL";

  private List<List<Object>> expected;

  @BeforeEach
  void scoreWithoutAFault() {
    FaultyFiles.register(spark().sparkContext().hadoopConfiguration());
    input(
        "a.parquet",
        "SELECT i AS id, (i % 7)::FLOAT AS logit_a, (i % 5)::FLOAT AS logit_b FROM range(40) t(i)");
    assertPublished(score("multiclass", "--engine", "columnar"));
    expected = DuckDb.rows(VALUES.formatted(out()));
  }

  @AfterEach
  void heal() {
    FaultPlan.heal();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"FAIL", "BREAK", "FULL", "TRUNCATE", "LIE", "FAIL_READING"})
  void aFaultAtAnyOperationLeavesAWholeOutputOrNone(Fault fault) throws IOException {
    try (Tally tally = new Tally("file system: " + fault)) {
      boolean fired = true;
      for (int n = 1; fired; n += OFTEN.contains(fault) ? Tally.every(STRIDE) : 1) {
        Path place = Files.createDirectories(folder.resolve(fault + "-" + n));
        FaultPlan.plan(fault, n);
        Program run = scoreTo(place);
        fired = FaultPlan.fired();
        FaultPlan.heal();
        if (fired) {
          String which = fault + " at operation " + n + ": " + run.err() + run.out();
          requireWholeOrNone(place, run, which);
          if (fault == Fault.FULL) {
            assertEquals(5, run.code(), which);
            assertTrue(run.err().contains("No space left on device"), which);
          }
          tally.count(
              run.code() == 0
                  ? "published"
                  : Files.exists(place.resolve("out")) ? "published, said so not" : "refused");
          requireNextRunSucceeds(place, which);
        } else {
          assertEquals(0, run.code(), run.err());
        }
      }
      assertTrue(tally.tried() > 2, "hardly a fault came");
    }
  }

  /** So that the row group that fails is not the last one, which the end of a file writes. */
  @Test
  void aDiskThatFillsUpBetweenRowGroupsIsTold() throws IOException {
    input(
        "a.parquet",
        "SELECT range AS id, 1::FLOAT AS logit_a, 2::FLOAT AS logit_b FROM range(3000000)");
    Path place = Files.createDirectories(folder.resolve("small"));
    FaultPlan.plan(Fault.FULL, WRITES_OF_LESS_THAN_A_ROW_GROUP);
    Program run = scoreTo(place);
    assertTrue(FaultPlan.fired());
    assertEquals(5, run.code(), run.err());
    assertTrue(run.err().contains("No space left on device"), run.err());
  }

  private Program scoreTo(Path place) {
    return Program.run(
        "score",
        "--input",
        in().toString(),
        "--output",
        "faulty://" + place.resolve("out"),
        "--task",
        "multiclass",
        "--engine",
        "columnar");
  }

  private void requireWholeOrNone(Path place, Program run, String which) {
    assertTrue(CODES.contains(run.code()), which);
    Path output = place.resolve("out");
    if (run.code() == 0) {
      assertTrue(Files.exists(output), which);
    } else {
      assertTrue(run.err().contains(place.toString()), "no path is named: " + which);
    }
    if (Files.exists(output)) {
      assertEquals(0, Program.run("verify", output.toString()).code(), which);
      assertEquals(expected, DuckDb.rows(VALUES.formatted(output)), which);
    }
  }

  private void requireNextRunSucceeds(Path place, String which) throws IOException {
    Program next = scoreTo(place);
    assertEquals(0, next.code(), which + "\nthen: " + next.err());
    assertEquals(expected, DuckDb.rows(VALUES.formatted(place.resolve("out"))), which);
    Program cleaned = Program.run("clean", place.resolve("out").toString(), "--older-than", "0");
    assertEquals(0, cleaned.code(), cleaned.err());
    try (Stream<Path> left = Files.list(place)) {
      assertEquals(List.of(place.resolve("out")), left.toList(), which);
    }
    assertFalse(Files.exists(place.resolve("out/_temporary")), which);
  }
}
