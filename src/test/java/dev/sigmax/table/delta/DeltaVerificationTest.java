package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a table's log answers about a run. */
class DeltaVerificationTest extends DeltaTest {
  @BeforeEach
  void scoreOnce() {
    create(COLUMNS);
    input("a.parquet", THREE_ROWS);
    assertPublished(scoreToTable("--run-id", "monday"));
  }

  private Program verify(String runId) {
    return Program.run("verify", "--table", table, "--run-id", runId);
  }

  private Path part() throws IOException {
    try (Stream<Path> files = Files.list(folders().get(0))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void aRunInTheLogIsReadBack() {
    Program run = verify("monday");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("in the table " + table + " since"), run.out());
    assertTrue(run.out().contains("(version 1)"), run.out());
  }

  @Test
  void aRunThatNeverWasIsToldFromOneThatMayHaveExpired() throws IOException {
    assertSaid(6, verify("tuesday"), "has never been", "RUN_NOT_PUBLISHED");
    cleanLog();
    assertSaid(6, verify("tuesday"), "cannot be told", "have expired", "RUN_EXPIRED");
  }

  @Test
  void aRunWhoseCommitIsGoneIsStillKnown() throws IOException {
    cleanLog();
    Program run = verify("monday");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("has expired"), run.out());
    Program again = scoreToTable("--run-id", "monday");
    assertPublished(again);
    assertTrue(again.out().startsWith("already published"), again.out());
    assertEquals(13, rows().size());
  }

  @Test
  void aRunWhoseCommitAndFilesAreGoneIsNotAddedAgain() throws IOException {
    sql("DELETE FROM %s WHERE id = 1");
    cleanLog();
    assertSaid(6, verify("monday"), "cannot be told", "The table got it");
    assertSaid(5, scoreToTable("--run-id", "monday"), "got these rows before");
    assertEquals(12, rows().size());
  }

  @Test
  void anotherRunIsPublishedBesideACleanedLog() throws IOException {
    cleanLog();
    input("b.parquet", THREE_ROWS.replace("(1, ", "(4, "));
    assertPublished(scoreToTable());
    assertEquals(19, rows().size());
  }

  @Test
  void rowsThatWereDeletedSinceAreTold() {
    sql("DELETE FROM %s WHERE id = 1");
    Program run = verify("monday");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("rows of the run were deleted or overwritten"), run.out());
  }

  @Test
  void aTableThatIsMissingIsRefused() {
    table = tableOfDelta() + "s";
    assertSaid(3, verify("monday"), "TABLE_NOT_FOUND");
  }

  @Test
  void aFileThatWasChangedIsFound() throws IOException {
    byte[] bytes = Files.readAllBytes(part());
    bytes[bytes.length / 2] ^= 1;
    Files.write(part(), bytes);
    assertSaid(6, verify("monday"), "OUTPUT_DAMAGED", "part-");
  }

  @Test
  void aRunThatWasRestoredAwayIsNotInTheTable() {
    sql("RESTORE TABLE %s TO VERSION AS OF 0");
    assertSaid(6, verify("monday"), "was rolled back", "version 1");
  }
}
