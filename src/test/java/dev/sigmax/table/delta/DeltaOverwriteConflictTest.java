package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens between an overwrite and others at its commit. */
class DeltaOverwriteConflictTest extends DeltaOverwriteRuns {
  @BeforeEach
  void makeTable() {
    create(DAYS, clauses());
    day("2026-11-20", "old", 1);
    day("2026-11-21", "old", 1);
    day("2026-11-21", "new", 5);
    day("2026-11-21", "other", 7);
    assertPublished(overwrite("2026-11-21", "old"));
  }

  /** Of the table. */
  String clauses() {
    return "";
  }

  /** Runs something else when the next commit is about to be made. */
  void before(Runnable other) {
    InterruptedLogStore.atNextCommit(
        commit -> {
          elsewhere(
              () -> {
                other.run();
                return null;
              });
          commit.run();
        });
  }

  private Program[] beforeTheNext(String day, String version) {
    Program[] first = new Program[1];
    before(() -> first[0] = overwrite(day, version));
    return first;
  }

  @Test
  void ofTwoThatOverwriteTheSameRowsAtOnceOneCommits() {
    Program[] first = beforeTheNext("2026-11-21", "other");
    Program second = overwrite("2026-11-21", "new");
    assertPublished(first[0]);
    assertSaid(5, second, "TABLE_ROWS_CHANGED", "dt = '2026-11-21'", "version 2");
    assertEquals(List.of("[2026-11-21,7]", "[2026-11-21,14]"), ids());
    assertEquals(2, folders().size(), "the files of the second are gone");
    assertPublished(overwrite("2026-11-21", "new"));
    assertEquals(List.of("[2026-11-21,5]", "[2026-11-21,10]"), ids());
  }

  @Test
  void ofTwoSameOverwritesAtOnceOneCommits() {
    Program[] first = beforeTheNext("2026-11-21", "new");
    Program second = overwrite("2026-11-21", "new");
    assertPublished(first[0]);
    assertPublished(second);
    assertTrue(second.out().startsWith("already published"), second.out());
    assertEquals(3, history().size());
  }

  @Test
  void overwritesOfDifferentDaysCommitBesideEachOther() {
    Program[] first = beforeTheNext("2026-11-20", "old");
    assertPublished(overwrite("2026-11-21", "new"));
    assertPublished(first[0]);
    assertEquals(
        List.of("[2026-11-20,1]", "[2026-11-20,2]", "[2026-11-21,5]", "[2026-11-21,10]"), ids());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO %s VALUES (8, '2026-11-21', 1, 0, 0, 1, null)",
        "DELETE FROM %s WHERE id = 1",
        "UPDATE %s SET id = 9 WHERE id = 1",
        "DELETE FROM %s WHERE true"
      })
  void whatOthersDidToTheRowsIsNotUndone(String statement) {
    List<List<String>> left = new java.util.ArrayList<>();
    before(
        () -> {
          sql(statement);
          left.add(ids());
        });
    assertSaid(5, overwrite("2026-11-21", "new"), "TABLE_ROWS_CHANGED");
    assertEquals(left.get(0), ids());
    assertEquals(3, history().size());
  }

  @Test
  void whatOthersDidToOtherRowsStays() {
    sql("INSERT INTO %s VALUES (8, '2026-11-19', 1, 0, 0, 1, null)");
    sql("INSERT INTO %s VALUES (9, '2026-11-19', 1, 0, 0, 1, null)");
    before(
        () -> {
          sql("DELETE FROM %s WHERE id = 8");
          sql("UPDATE %s SET id = 90 WHERE id = 9");
          sql("INSERT INTO %s VALUES (7, null, 1, 0, 0, 1, null)");
        });
    assertPublished(overwrite("2026-11-21", "new"));
    assertEquals(
        List.of("[null,7]", "[2026-11-19,90]", "[2026-11-21,5]", "[2026-11-21,10]"), ids());
  }

  @Test
  void rowsThatWereOnlyWrittenAgainAreReplacedAllTheSame() {
    sql("INSERT INTO %s VALUES (8, '2026-11-21', 1, 0, 0, 1, null)");
    before(() -> sql("OPTIMIZE %s"));
    assertPublished(overwrite("2026-11-21", "new"));
    assertEquals(List.of("[2026-11-21,5]", "[2026-11-21,10]"), ids());
  }

  @Test
  void rowsThatWereWrittenIntoFilesWithOthersAreNotSplit() {
    sql("INSERT INTO %s VALUES (8, '2026-11-19', 1, 0, 0, 1, null)");
    before(() -> sql("OPTIMIZE %s"));
    assertSaid(5, overwrite("2026-11-21", "new"), "TABLE_FILE_SPLIT");
    assertEquals(List.of("[2026-11-19,8]", "[2026-11-21,1]", "[2026-11-21,2]"), ids());
    assertEquals(1, folders().size());
  }

  @Test
  void rowsThatWereDeletedBesideTheirFileAreNoticed() {
    sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')");
    sql(
        "INSERT INTO %s SELECT /*+ COALESCE(1) */ * FROM VALUES (8, '2026-11-21', 1F, 0F, 0F, 1D,"
            + " null), (9, '2026-11-21', 1F, 0F, 0F, 1D, null)");
    before(() -> sql("DELETE FROM %s WHERE id = 8"));
    assertSaid(5, overwrite("2026-11-21", "new"), "TABLE_ROWS_CHANGED");
    assertEquals(List.of("[2026-11-21,1]", "[2026-11-21,2]", "[2026-11-21,9]"), ids());
  }

  @Test
  void columnsThatChangeMeanwhileAreAConflict() {
    before(() -> sql("ALTER TABLE %s ADD COLUMN more INT"));
    assertSaid(7, overwrite("2026-11-21", "new"), "TABLE_CONFLICT");
    assertPublished(overwrite("2026-11-21", "new"));
    assertEquals(List.of("[2026-11-21,5]", "[2026-11-21,10]"), ids());
  }

  @Test
  void anOverwriteWithoutAnAnswerThatIsInTheLogIsPublished() {
    InterruptedLogStore.atNextCommit(
        commit -> {
          commit.run();
          throw new IOException("no answer");
        });
    Program run = overwrite("2026-11-21", "new");
    assertPublished(run);
    assertTrue(run.out().startsWith("published"), run.out());
    assertEquals(List.of("[2026-11-21,5]", "[2026-11-21,10]"), ids());
    assertTrue(overwrite("2026-11-21", "new").out().startsWith("already published"));
  }

  @Test
  void aRunThatPutsItsRowsThereAgainIsNotTakenForItsEarlierCommit() {
    assertPublished(overwrite("2026-11-21", "new"));
    InterruptedLogStore.atNextCommit(
        commit -> {
          throw new IOException("no answer");
        });
    Program again = overwrite("2026-11-21", "old");
    assertPublished(again);
    assertTrue(again.out().startsWith("published"), again.out());
    assertEquals(List.of("[2026-11-21,1]", "[2026-11-21,2]"), ids());
  }
}
