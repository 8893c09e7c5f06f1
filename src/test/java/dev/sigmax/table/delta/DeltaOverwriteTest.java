package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that put their rows in the place of others, in one commit. */
class DeltaOverwriteTest extends DeltaOverwriteRuns {
  @BeforeEach
  void makeTable() {
    create(DAYS);
    day("2026-11-20", "old", 1);
    day("2026-11-21", "old", 1);
  }

  @Test
  void rowsOfADayMakeRoomForTheNewOnes() {
    assertPublished(overwrite("2026-11-20", "old"));
    assertPublished(overwrite("2026-11-21", "old"));
    day("2026-11-21", "new", 5);
    assertPublished(overwrite("2026-11-21", "new"));
    assertEquals(
        List.of("[2026-11-20,1]", "[2026-11-20,2]", "[2026-11-21,5]", "[2026-11-21,10]"), ids());
    assertEquals(4, history().size());
    String info = history().get(0).getAs("engineInfo");
    assertTrue(info.endsWith(" sigmax.write-mode=overwrite sigmax.where=dt = '2026-11-21'"), info);
  }

  /** The bytes that were checked are those that the table reads. */
  @Test
  void theFilesThatWereCheckedAreTheTables() throws Exception {
    assertPublished(overwrite("2026-11-21", "old"));
    day("2026-11-21", "new", 5);
    Program run = overwrite("2026-11-21", "new", "--run-id", "new");
    assertPublished(run);
    List<String> read =
        delta.sql("SELECT DISTINCT _metadata.file_path FROM " + table).collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
    assertFalse(read.isEmpty());
    for (String file : read) {
      Path folder = Path.of(java.net.URI.create(file)).getParent();
      assertTrue(run.out().contains(folder.getFileName().toString()), file);
      assertPublished(Program.run("verify", folder.toString()));
    }
    assertEquals(0, Program.run("verify", "--table", table, "--run-id", "new").code());
  }

  @Test
  void theStateBeforeIsStillThere() {
    assertPublished(overwrite("2026-11-21", "old", "--run-id", "before"));
    day("2026-11-21", "new", 5);
    assertPublished(overwrite("2026-11-21", "new"));
    assertEquals(
        List.of("[1]", "[2]"),
        delta
            .sql("SELECT id FROM " + table + " VERSION AS OF 1 ORDER BY id")
            .collectAsList()
            .stream()
            .map(Row::toString)
            .toList());
    Program verified = Program.run("verify", "--table", table, "--run-id", "before");
    assertEquals(0, verified.code(), verified.err());
    assertTrue(
        verified.out().contains("rows of the run were deleted or overwritten"), verified.out());
  }

  @Test
  void aWholeTableIsOverwrittenWhereTrue() {
    assertPublished(overwrite("2026-11-20", "old"));
    assertPublished(run("2026-11-21", "old", "true"));
    assertEquals(List.of("[2026-11-21,1]", "[2026-11-21,2]"), ids());
  }

  @Test
  void anOverwriteWithoutRowsTakesTheOthersOut() {
    assertPublished(overwrite("2026-11-20", "old"));
    assertPublished(overwrite("2026-11-21", "old"));
    input("none/2026-11-21/a.parquet", LOGITS.replace("*", "*, '' AS dt") + " WHERE false");
    assertPublished(overwrite("2026-11-21", "none"));
    assertEquals(List.of("[2026-11-20,1]", "[2026-11-20,2]"), ids());
    assertTrue(overwrite("2026-11-21", "none").out().startsWith("already published"));
  }

  @Test
  void aRunWhoseRowsAreThereIsAlreadyPublishedWhateverElseWasOverwritten() {
    assertPublished(overwrite("2026-11-21", "old"));
    assertPublished(overwrite("2026-11-20", "old"));
    day("2026-11-20", "new", 5);
    assertPublished(overwrite("2026-11-20", "new"));
    Program again = overwrite("2026-11-21", "old");
    assertPublished(again);
    assertTrue(again.out().startsWith("already published"), again.out());
    assertEquals(4, history().size());
  }

  @Test
  void aRunWhoseRowsWereReplacedPutsThemThereAgain() {
    assertPublished(overwrite("2026-11-21", "old"));
    day("2026-11-21", "new", 5);
    assertPublished(overwrite("2026-11-21", "new"));
    Program again = overwrite("2026-11-21", "old");
    assertPublished(again);
    assertTrue(again.out().startsWith("published"), again.out());
    assertEquals(List.of("[2026-11-21,1]", "[2026-11-21,2]"), ids());
    assertTrue(overwrite("2026-11-21", "old").out().startsWith("already published"));
    assertEquals(4, history().size());
  }

  @Test
  void anIdStandsForTheLastRunOfTheSameRows() {
    assertPublished(overwrite("2026-11-21", "old", "--run-id", "daily"));
    day("2026-11-21", "new", 5);
    assertPublished(overwrite("2026-11-21", "new", "--run-id", "daily"));
    assertEquals(List.of("[2026-11-21,5]", "[2026-11-21,10]"), ids());
    Program verified = Program.run("verify", "--table", table, "--run-id", "daily");
    assertEquals(0, verified.code(), verified.err());
    assertSaid(5, overwrite("2026-11-20", "old", "--run-id", "daily"), "another run daily");
    assertEquals(3, history().size());
  }

  @Test
  void rowsOutsideTheConditionAreRefused() {
    assertSaid(
        5,
        run("2026-11-21", "old", "dt = '2026-11-20'"),
        "TABLE_ROWS_OUTSIDE",
        "2 rows of the run",
        "dt = '2026-11-20'");
    assertSaid(5, run("2026-11-21", "old", "id = 1"), "1 row of the run is");
    assertSaid(5, run("2026-11-21", "old", "false"), "2 rows of the run");
    assertSaid(5, run("2026-11-21", "old", "id IS NULL"), "2 rows of the run");
    assertEquals(1, history().size());
    assertEquals(List.of(), folders());
  }

  /** Statistics have no texts of more than 32 bytes, so such files are read. */
  @Test
  void textsThatStatisticsDoNotHaveAreRead() {
    String longer = "2026-11-21 and twenty or thirty more letters";
    day(longer, "old", 1);
    assertPublished(overwrite(longer, "old"));
    day(longer, "new", 5);
    assertPublished(overwrite(longer, "new"));
    assertEquals(List.of("[" + longer + ",5]", "[" + longer + ",10]"), ids());
    assertSaid(5, run(longer, "old", "dt = '" + longer + "s'"), "2 rows of the run");
  }

  @Test
  void rowsThatAreNoRunsMakeRoomToo() {
    sql("INSERT INTO %s VALUES (8, '2026-11-21', 1, 0, 0, 1, null)");
    sql("INSERT INTO %s VALUES (9, null, 1, 0, 0, 1, null)");
    assertPublished(overwrite("2026-11-21", "old"));
    assertEquals(List.of("[null,9]", "[2026-11-21,1]", "[2026-11-21,2]"), ids());
    assertSaid(5, run("2026-11-20", "old", "dt IS NULL OR dt = '2026-11-22'"), "2 rows");
  }

  private void insertTwoDaysInOneFile() {
    sql(
        "INSERT INTO %s SELECT /*+ COALESCE(1) */ * FROM VALUES (8, '2026-11-21', 1F, 0F, 0F, 1D,"
            + " null), (9, '2026-11-22', 1F, 0F, 0F, 1D, null)");
  }

  @Test
  void aFileWithOtherRowsInItIsNotSplit() {
    insertTwoDaysInOneFile();
    for (Program run :
        List.of(overwrite("2026-11-21", "old"), overwrite("2026-11-21", "old", "--dry-run"))) {
      assertSaid(5, run, "TABLE_FILE_SPLIT", ".parquet", "picks 1 of 2 rows", "DELETE FROM");
    }
    assertEquals(2, history().size());
    sql("DELETE FROM %s WHERE dt = '2026-11-21'");
    assertPublished(overwrite("2026-11-21", "old"));
    assertEquals(List.of("[2026-11-21,1]", "[2026-11-21,2]", "[2026-11-22,9]"), ids());
  }

  @Test
  void rowsThatAreDeletedBesideTheirFileAreOutOfTheWayOnceItIsPurged() {
    sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')");
    insertTwoDaysInOneFile();
    sql("DELETE FROM %s WHERE dt = '2026-11-21'");
    assertSaid(5, overwrite("2026-11-21", "old"), "TABLE_FILE_SPLIT", "REORG TABLE");
    sql("REORG TABLE %s APPLY (PURGE)");
    assertPublished(overwrite("2026-11-21", "old"));
    assertEquals(List.of("[2026-11-21,1]", "[2026-11-21,2]", "[2026-11-22,9]"), ids());
  }

  @Test
  void aFileSomeOfWhoseRowsAreDeletedMakesRoomWhole() {
    sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')");
    sql(
        "INSERT INTO %s SELECT /*+ COALESCE(1) */ * FROM VALUES (8, '2026-11-21', 1F, 0F, 0F, 1D,"
            + " null), (9, '2026-11-21', 1F, 0F, 0F, 1D, null)");
    sql("DELETE FROM %s WHERE id = 8");
    assertEquals(List.of("[2026-11-21,9]"), ids());
    assertPublished(overwrite("2026-11-21", "old"));
    assertEquals(List.of("[2026-11-21,1]", "[2026-11-21,2]"), ids());
  }

  @Test
  void rowsThatAreTrackedHaveNumbersOfTheirOwn() {
    sql("DROP TABLE %s");
    create(DAYS, "TBLPROPERTIES ('delta.enableRowTracking' = 'true')");
    assertPublished(overwrite("2026-11-20", "old"));
    assertPublished(overwrite("2026-11-21", "old"));
    day("2026-11-21", "new", 5);
    assertPublished(overwrite("2026-11-21", "new"));
    assertEquals(4, ids().size());
    assertEquals(
        4, delta.sql("SELECT DISTINCT _metadata.row_id FROM " + table).collectAsList().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delta.enableDeletionVectors",
        "delta.enableInCommitTimestamps",
        "delta.enableTypeWidening"
      })
  void whatAnOverwriteRespectsIsServed(String property) {
    sql("ALTER TABLE %s SET TBLPROPERTIES ('" + property + "' = 'true')");
    assertPublished(overwrite("2026-11-21", "old"));
    day("2026-11-21", "new", 5);
    assertPublished(overwrite("2026-11-21", "new"));
    assertEquals(List.of("[2026-11-21,5]", "[2026-11-21,10]"), ids());
    assertTrue(overwrite("2026-11-21", "new").out().startsWith("already published"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"delta.enableChangeDataFeed", "delta.appendOnly"})
  void whatForbidsAnOverwriteIsNamed(String property) {
    sql("ALTER TABLE %s SET TBLPROPERTIES ('" + property + "' = 'true')");
    assertSaid(5, overwrite("2026-11-21", "old"), "TABLE_NOT_SERVED", property + " = true");
    assertEquals(List.of(), folders());
  }

  @Test
  void aLogOfManyOverwritesHasACheckpointThatDeltaReads() throws Exception {
    for (int i = 1; i <= 11; i++) {
      day("2026-11-21", "v" + i, i);
      assertPublished(overwrite("2026-11-21", "v" + i));
    }
    assertTrue(Files.exists(data().resolve("_delta_log/00000000000000000010.checkpoint.parquet")));
    for (int version = 0; version < 10; version++) {
      Files.delete(data().resolve("_delta_log/%020d.json".formatted(version)));
    }
    assertEquals(List.of("[2026-11-21,11]", "[2026-11-21,22]"), ids());
    assertTrue(overwrite("2026-11-21", "v11").out().startsWith("already published"));
    assertPublished(overwrite("2026-11-21", "v3"));
    assertEquals(List.of("[2026-11-21,3]", "[2026-11-21,6]"), ids());
  }

  @Test
  void aConditionThatIsNotTakenIsNamed() {
    assertSaid(2, run("2026-11-21", "old", "prob_a > 0.5"), "WHERE_CONDITION");
    assertSaid(2, run("2026-11-21", "old", "day = 1"), "WHERE_CONDITION");
    assertEquals(1, history().size());
  }

  @Test
  void vacuumRemovesWhatWasReplacedAndNothingElse() throws Exception {
    assertPublished(overwrite("2026-11-21", "old"));
    day("2026-11-21", "new", 5);
    assertPublished(overwrite("2026-11-21", "new", "--run-id", "new"));
    delta.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    sql("VACUUM %s RETAIN 0 HOURS");
    assertEquals(List.of("[2026-11-21,5]", "[2026-11-21,10]"), ids());
    assertEquals(1, folders().stream().filter(DeltaOverwriteRuns::hasParts).count());
    assertEquals(0, Program.run("verify", "--table", table, "--run-id", "new").code());
  }
}
