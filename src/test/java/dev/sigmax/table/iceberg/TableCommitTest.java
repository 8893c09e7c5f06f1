package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.FullDisk;
import dev.sigmax.testing.Program;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens between a run and others at the commit, and what is said of it. */
class TableCommitTest extends TableTest {
  @BeforeEach
  void makeTable() {
    spark().conf().unset("spark.sql.catalog." + catalog + ".type");
    setting(".catalog-impl", InterruptedCatalog.class.getName());
    create(COLUMNS);
    input("a.parquet", THREE_ROWS);
  }

  private static Program elsewhere(java.util.function.Supplier<Program> run) {
    return CompletableFuture.supplyAsync(run).join();
  }

  private List<File> folders() {
    File[] folders = folder.resolve("warehouse/db/scores/data").toFile().listFiles();
    return folders == null ? List.of() : List.of(folders);
  }

  @Test
  void ofTwoSameRunsAtOnceOneCommits() {
    Program[] first = new Program[1];
    InterruptedCatalog.atNextCommit(
        commit -> {
          first[0] = elsewhere(this::scoreToTable);
          commit.run();
        });
    Program second = scoreToTable();
    assertPublished(first[0]);
    assertTrue(first[0].out().startsWith("published"), first[0].out());
    assertPublished(second);
    assertTrue(second.out().startsWith("already published"), second.out());
    assertEquals(3, rows().size());
    assertEquals(1, snapshots());
    assertEquals(1, folders().size(), "the files of the second are gone");
  }

  @Test
  void runsOfDifferentInputsCommitBesideEachOther() {
    input("../other/b.parquet", THREE_ROWS.replace("(1, ", "(4, "));
    Program[] first = new Program[1];
    InterruptedCatalog.atNextCommit(
        commit -> {
          first[0] =
              elsewhere(
                  () ->
                      Program.run(
                          "score",
                          "--input",
                          path("other"),
                          "--task",
                          "multiclass",
                          "--output-table",
                          table));
          commit.run();
        });
    assertPublished(scoreToTable());
    assertPublished(first[0]);
    assertEquals(6, rows().size());
    assertEquals(2, snapshots());
  }

  /** What comes after the table has the run, and says that it has not, or says nothing of it. */
  static Stream<Throwable> failuresBehindTheCommit() {
    return Stream.of(
        FullDisk.error("a"),
        new NoClassDefFoundError("org/apache/iceberg/Gone"),
        new UncheckedIOException(new IOException("no answer")));
  }

  @ParameterizedTest
  @MethodSource("failuresBehindTheCommit")
  void aFailureBehindTheCommitLeavesTheTableItsFiles(Throwable failure) {
    InterruptedCatalog.atNextCommit(
        commit -> {
          commit.run();
          fail(failure);
        });
    Program run = scoreToTable();
    assertEquals(3, rows().size(), run.err());
    assertPublished(run);
    assertTrue(run.out().startsWith("published"), run.out());
    assertEquals(1, snapshots());
    assertTrue(scoreToTable().out().startsWith("already published"));
  }

  private long manifestLists() {
    return Stream.of(folder.resolve("warehouse/db/scores/metadata").toFile().list())
        .filter(name -> name.startsWith("snap-") && name.endsWith(".avro"))
        .count();
  }

  /**
   * As where the answer to a rename is lost. Iceberg then takes its first try for that of another,
   * and would remove what it wrote.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void anOverwriteThatIsSaidToHaveFailedAndIsThereIsPublished(int retries) {
    insertOneRow();
    retries(retries);
    InterruptedCatalog.atNextCommit(
        commit -> {
          commit.run();
          throw new CommitFailedException("no answer to the rename");
        });
    Program run = scoreToTable("--write-mode", "overwrite", "--where", "true");
    assertEquals(3, rows().size(), run.err());
    assertPublished(run);
    assertTrue(run.out().startsWith("published"), run.out());
    assertEquals(2, snapshots());
  }

  private void insertOneRow() {
    spark().sql("INSERT INTO " + table + " VALUES (9, 0.5, 0.25, 0.25, 1, null)");
  }

  private void retries(int count) {
    spark()
        .sql(
            "ALTER TABLE "
                + table
                + " SET TBLPROPERTIES ('commit.retry.num-retries'='"
                + count
                + "')");
  }

  @Test
  void aTryThatLostToAnotherWriterLeavesNoListOfManifests() {
    InterruptedCatalog.atNextCommit(
        commit -> {
          CompletableFuture.runAsync(this::insertOneRow).join();
          commit.run();
        });
    assertPublished(scoreToTable());
    assertEquals(4, rows().size());
    assertEquals(2, snapshots());
    assertEquals(2, manifestLists());
  }

  @Test
  void anOverwriteThatFailsLeavesNoListOfManifests() {
    insertOneRow();
    retries(0);
    InterruptedCatalog.atNextCommit(
        commit -> {
          throw new CommitFailedException("another was first");
        });
    Program run = scoreToTable("--write-mode", "overwrite", "--where", "true");
    assertEquals(7, run.code(), run.err());
    assertEquals(1, rows().size());
    assertEquals(1, manifestLists());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void anAppendThatIsSaidToHaveFailedAndIsThereIsPublished(int retries) {
    retries(retries);
    InterruptedCatalog.atNextCommit(
        commit -> {
          commit.run();
          throw new CommitFailedException("no answer to the rename");
        });
    Program run = scoreToTable();
    assertEquals(3, rows().size(), run.err());
    assertPublished(run);
    assertTrue(run.out().startsWith("published"), run.out());
    assertEquals(1, snapshots());
  }

  @ParameterizedTest
  @MethodSource("failuresBehindTheCommit")
  void aFailureBehindTheCommitOfAnOverwriteLeavesTheTableItsFiles(Throwable failure) {
    insertOneRow();
    InterruptedCatalog.atNextCommit(
        commit -> {
          commit.run();
          fail(failure);
        });
    Program run = scoreToTable("--write-mode", "overwrite", "--where", "true");
    assertEquals(3, rows().size(), run.err());
    assertPublished(run);
    assertEquals(2, snapshots());
  }

  @Test
  void aFullDiskBeforeTheCommitLeavesNothing() {
    InterruptedCatalog.atNextCommit(commit -> fail(FullDisk.error("a")));
    assertRefusedAndTableUntouched(5, scoreToTable(), "No space left on device");
    assertEquals(List.of(), folders());
    assertPublished(scoreToTable());
    assertEquals(3, rows().size());
  }

  private static void fail(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  @Test
  void aCommitOfUnknownStateThatIsInTheHistoryIsPublished() {
    InterruptedCatalog.atNextCommit(
        commit -> {
          commit.run();
          throw new CommitStateUnknownException(new IllegalStateException("no answer"));
        });
    Program run = scoreToTable();
    assertPublished(run);
    assertTrue(run.out().startsWith("published"), run.out());
    assertEquals(3, rows().size());
    assertTrue(scoreToTable().out().startsWith("already published"));
  }

  @Test
  void aCommitOfUnknownStateThatIsNotInTheHistorySaysSoAndKeepsItsFiles() {
    InterruptedCatalog.atNextCommit(
        commit -> {
          throw new CommitStateUnknownException(new IllegalStateException("no answer"));
        });
    Program run = scoreToTable();
    assertRefusedAndTableUntouched(5, run, "cannot be told", "does not have the run as yet");
    assertEquals(1, folders().size(), "the commit may still arrive");
    assertPublished(scoreToTable());
    assertEquals(3, rows().size());
  }

  @Test
  void aConflictThatDoesNotEndIsWorthAnotherTry() {
    retries(0);
    InterruptedCatalog.atNextCommit(
        commit -> {
          throw new CommitFailedException("somebody was faster");
        });
    assertRefusedAndTableUntouched(7, scoreToTable(), "TABLE_CONFLICT", "somebody was faster");
    assertEquals(List.of(), folders());
    assertPublished(scoreToTable());
  }

  @Test
  void rowsThatWereDeletedSinceAreNeitherPublishedNorAddedAgain() {
    assertPublished(scoreToTable());
    spark().sql("DELETE FROM " + table + " WHERE true");
    Program again = scoreToTable();
    assertEquals(5, again.code(), again.out());
    assertTrue(again.err().contains("deleted or overwritten since"), again.err());
  }

  @Test
  void aRunThatWasRolledBackPublishesAgain() {
    assertPublished(scoreToTable("--run-id", "first"));
    long before = iceberg().currentSnapshot().snapshotId();
    input("b.parquet", THREE_ROWS.replace("(1, ", "(4, "));
    assertPublished(scoreToTable("--run-id", "second"));
    iceberg().manageSnapshots().rollbackTo(before).commit();
    assertEquals(3, rows().size());
    assertPublished(scoreToTable("--run-id", "second"));
    assertEquals(9, rows().size());
  }
}
