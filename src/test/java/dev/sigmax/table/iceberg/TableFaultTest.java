package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Fault;
import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Tally;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The file system fails at each operation of a run in turn, once or from then on, as where the
 * process died: the table has all of the run or nothing, and the next run makes it all.
 */
class TableFaultTest extends TableTest {
  private static final int STRIDE = 5;

  @BeforeEach
  void useFaultyFiles() {
    FaultyFiles.register(spark().sparkContext().hadoopConfiguration());
    setting(".warehouse", "faulty://" + folder.resolve("warehouse"));
    input("a.parquet", THREE_ROWS);
  }

  @AfterEach
  void heal() {
    FaultPlan.heal();
  }

  @Test
  void aDoorThatIsClosedAtAnyOperationIsToldAsOne() {
    try (Tally tally = new Tally("table: " + Fault.DENY)) {
      boolean fired = true;
      for (int n = 1; fired; n += Tally.every(STRIDE)) {
        table = catalog + ".db.closed_" + n;
        create(COLUMNS);
        FaultPlan.plan(Fault.DENY, n);
        Program run = scoreToTable("--engine", "columnar");
        fired = FaultPlan.fired();
        FaultPlan.heal();
        String which = "at operation " + n + ": " + run.err() + run.out();
        assertEquals(run.code() == 0 ? 3 : 0, rows().size(), which);
        if (run.code() != 0) {
          tally.count("refused");
          assertEquals(5, run.code(), which);
          assertTrue(run.err().contains("OUTPUT_NO_PERMISSION"), which);
        }
      }
      assertTrue(tally.tried() > 2, "hardly a door was closed");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"FAIL", "BREAK", "FULL"})
  void aFaultAtAnyOperationLeavesAllRowsOrNone(Fault fault) {
    try (Tally tally = new Tally("table: " + fault)) {
      boolean fired = true;
      for (int n = 1; fired; n += Tally.every(STRIDE)) {
        table = catalog + ".db.after_" + n;
        create(COLUMNS);
        FaultPlan.plan(fault, n);
        Program run = scoreToTable("--engine", "columnar");
        fired = FaultPlan.fired();
        FaultPlan.heal();
        String which = fault + " at operation " + n + ": " + run.err() + run.out();
        int rows = rows().size();
        assertEquals(run.code() == 0 ? 3 : rows, rows, which);
        assertTrue(rows == 0 || rows == 3, which);
        Program next = scoreToTable("--engine", "columnar");
        assertEquals(0, next.code(), which + "\nthen: " + next.err());
        assertEquals(rows == 3, next.out().startsWith("already published"), which + next.out());
        assertEquals(3, rows().size(), which);
        if (fired) {
          tally.count(
              run.code() == 0 ? "published" : rows == 3 ? "published, said so not" : "refused");
          assertTrue(List.of(0, 1, 5, 7).contains(run.code()), which);
        }
      }
      assertTrue(tally.tried() > 2, "hardly a fault came");
    }
  }
}
