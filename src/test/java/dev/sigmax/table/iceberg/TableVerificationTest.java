package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a table's history answers about a run. */
class TableVerificationTest extends TableTest {
  @BeforeEach
  void scoreOnce() {
    create(COLUMNS);
    input("a.parquet", THREE_ROWS);
    assertPublished(scoreToTable("--run-id", "monday"));
  }

  private Program verify(String runId) {
    return Program.run("verify", "--table", table, "--run-id", runId);
  }

  private void assertDiffers(Program run, String... parts) {
    assertEquals(6, run.code(), run.err() + run.out());
    for (String part : parts) {
      assertTrue(run.err().contains(part), () -> part + " is not in: " + run.err());
    }
  }

  private void expireAllButTheLast() {
    iceberg()
        .expireSnapshots()
        .expireOlderThan(System.currentTimeMillis() + 1000)
        .retainLast(1)
        .commit();
  }

  private void insertElsewhere() {
    spark().sql("INSERT INTO " + table + " VALUES (9, 1, 0, 0, 1, null)");
  }

  private Path part() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("warehouse/db/scores/data"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void aRunInTheHistoryIsReadBack() {
    Program run = verify("monday");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("in the table " + table + " since"), run.out());
  }

  @Test
  void aRunThatNeverWasIsToldFromOneThatMayHaveExpired() {
    assertDiffers(verify("tuesday"), "has never been", "RUN_NOT_PUBLISHED");
    insertElsewhere();
    expireAllButTheLast();
    assertDiffers(verify("tuesday"), "cannot be told", "have expired", "RUN_EXPIRED");
  }

  @Test
  void aRunWhoseSnapshotHasExpiredIsStillKnownByItsFiles() {
    insertElsewhere();
    expireAllButTheLast();
    Program run = verify("monday");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("its snapshot has expired"), run.out());
    Program again = scoreToTable("--run-id", "monday");
    assertPublished(again);
    assertTrue(again.out().startsWith("already published"), again.out());
    assertEquals(4, rows().size());
  }

  @Test
  void aRunWhoseFilesAreRewrittenAndWhoseSnapshotHasExpiredIsNotAddedAgain() throws IOException {
    spark().sql("DELETE FROM " + table + " WHERE id = 1");
    expireAllButTheLast();
    assertDiffers(verify("monday"), "cannot be told");
    Program again = scoreToTable("--run-id", "monday");
    assertEquals(5, again.code(), again.out());
    assertTrue(again.err().contains("cannot be told"), again.err());
    assertEquals(2, rows().size());
  }

  @Test
  void aTableThatIsMissingIsRefusedAsAnOutputThatIsNotThere() {
    table = catalog + ".db.nothing";
    Program run = verify("monday");
    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains("TABLE_NOT_FOUND"), run.err());
  }

  @Test
  void aFileThatWasChangedIsFound() throws IOException {
    byte[] bytes = Files.readAllBytes(part());
    bytes[bytes.length / 2] ^= 1;
    Files.write(part(), bytes);
    assertDiffers(verify("monday"), "OUTPUT_DAMAGED", "part-");
  }

  @Test
  void aRunThatWasRolledBackIsNotInTheTable() {
    long first = iceberg().currentSnapshot().snapshotId();
    input("b.parquet", THREE_ROWS.replace("(1, ", "(4, "));
    assertPublished(scoreToTable("--run-id", "second"));
    iceberg().manageSnapshots().rollbackTo(first).commit();
    assertDiffers(verify("second"), "was rolled back");
  }

  @Test
  void whatHasNoRunIdIsRefused() {
    Program run = Program.run("verify", "--table", table);
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("--run-id"), run.err());
  }
}
