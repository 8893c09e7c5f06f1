package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that put their rows in the place of others, in one commit. */
class TableOverwriteTest extends TableTest {
  private static final String LOGITS =
      "SELECT * FROM (VALUES (1, 1.5::FLOAT, 2::FLOAT, -1::FLOAT), (2, 0::FLOAT, 0::FLOAT,"
          + " 0::FLOAT)) t(id, logit_a, logit_b, logit_c)";

  @BeforeEach
  void makeTable() {
    spark().conf().unset("spark.sql.catalog." + catalog + ".type");
    setting(".catalog-impl", InterruptedCatalog.class.getName());
    create(COLUMNS.replace("id INT", "id INT, dt STRING"));
    day("2026-11-20", "old", 1);
    day("2026-11-21", "old", 1);
  }

  /** Logits of a day in a folder of a version, whose ids are so many times 1 and 2. */
  private void day(String day, String version, int times) {
    input(
        version + "/" + day + "/a.parquet",
        LOGITS
            .replace("*", "*, '" + day + "' AS dt")
            .replace("(1,", "(" + times + ",")
            .replace("(2,", "(" + 2 * times + ","));
  }

  private Program overwrite(String day, String version, String... options) {
    return run(day, version, "dt = '" + day + "'", options);
  }

  private Program run(String day, String version, String where, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--input",
                path("in/" + version + "/" + day),
                "--task",
                "multiclass",
                "--output-table",
                table,
                "--write-mode",
                "overwrite",
                "--where",
                where));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  private List<String> ids() {
    return spark().sql("SELECT dt, id FROM " + table + " ORDER BY dt, id").collectAsList().stream()
        .map(Row::toString)
        .toList();
  }

  private void assertRefused(int code, Program run, int snapshots, String... parts) {
    assertRefused(code, run, parts);
    assertEquals(snapshots, snapshots());
  }

  private static Program elsewhere(java.util.function.Supplier<Program> run) {
    return CompletableFuture.supplyAsync(run).join();
  }

  @Test
  void rowsOfADayMakeRoomForTheNewOnes() {
    assertPublished(overwrite("2026-11-20", "old"));
    assertPublished(overwrite("2026-11-21", "old"));
    day("2026-11-21", "new", 5);
    assertPublished(overwrite("2026-11-21", "new"));
    assertEquals(
        List.of("[2026-11-20,1]", "[2026-11-20,2]", "[2026-11-21,5]", "[2026-11-21,10]"), ids());
    Map<String, String> summary = iceberg().currentSnapshot().summary();
    assertEquals("overwrite", iceberg().currentSnapshot().operation());
    assertEquals("overwrite", summary.get("sigmax.write-mode"));
    assertEquals("dt = '2026-11-21'", summary.get("sigmax.where"));
    assertEquals("2", summary.get("added-records"));
    assertEquals("2", summary.get("deleted-records"));
  }

  @Test
  void theManifestHasTheModeAndTheCondition() throws Exception {
    assertPublished(overwrite("2026-11-21", "old"));
    URI folder = URI.create(iceberg().currentSnapshot().summary().get("sigmax.folder"));
    String manifest = Files.readString(Path.of(folder).resolve("_sigmax/manifest.json"));
    assertTrue(manifest.contains("\"write-mode\" : \"overwrite\""), manifest);
    assertTrue(manifest.contains("\"where\" : \"dt = '2026-11-21'\""), manifest);
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
    int before = snapshots();
    Program again = overwrite("2026-11-21", "old");
    assertPublished(again);
    assertTrue(again.out().startsWith("already published"), again.out());
    assertEquals(before, snapshots());
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
    assertEquals(3, snapshots());
  }

  @Test
  void anAppendedRunIsStillThereAfterOtherRowsWereOverwritten() {
    day("2026-11-20", "new", 5);
    Program append =
        Program.run(
            "score",
            "--input",
            path("in/old/2026-11-21"),
            "--task",
            "multiclass",
            "--output-table",
            table,
            "--run-id",
            "appended");
    assertPublished(append);
    assertPublished(overwrite("2026-11-20", "old"));
    assertPublished(overwrite("2026-11-20", "new"));
    Program verified = Program.run("verify", "--table", table, "--run-id", "appended");
    assertEquals(0, verified.code(), verified.err());
    assertTrue(!verified.out().contains("deleted or overwritten"), verified.out());
  }

  @Test
  void anIdStandsForTheLastRunOfTheSameRows() {
    assertPublished(overwrite("2026-11-21", "old", "--run-id", "daily"));
    day("2026-11-21", "new", 5);
    assertPublished(overwrite("2026-11-21", "new", "--run-id", "daily"));
    assertEquals(List.of("[2026-11-21,5]", "[2026-11-21,10]"), ids());
    Program verified = Program.run("verify", "--table", table, "--run-id", "daily");
    assertEquals(0, verified.code(), verified.err());
    assertRefused(5, overwrite("2026-11-20", "old", "--run-id", "daily"), 2, "another run daily");
  }

  @Test
  void rowsOutsideTheConditionAreRefused() {
    assertRefused(
        5,
        run("2026-11-21", "old", "dt = '2026-11-20'"),
        0,
        "TABLE_ROWS_OUTSIDE",
        "2 rows of the run",
        "dt = '2026-11-20'");
    assertRefused(5, run("2026-11-21", "old", "id = 1"), 0, "1 row of the run is");
    assertRefused(5, run("2026-11-21", "old", "false"), 0, "2 rows of the run");
  }

  @Test
  void rowsThatStatisticsDoNotTellOfAreRefusedBeforeTheyCanNotBeReplaced() {
    day("2026-11-21 and twenty more", "old", 1);
    assertRefused(
        5,
        overwrite("2026-11-21 and twenty more", "old"),
        0,
        "TABLE_FILE_SPLIT",
        "first 16 characters");
    spark()
        .sql(
            "ALTER TABLE "
                + table
                + " SET TBLPROPERTIES ('write.metadata.metrics.column.dt' = 'full')");
    assertPublished(overwrite("2026-11-21 and twenty more", "old"));
    day("2026-11-21 and twenty more", "new", 5);
    assertPublished(overwrite("2026-11-21 and twenty more", "new"));
    assertEquals(2, ids().size());
  }

  @Test
  void aFileWithOtherRowsInItIsNotSplit() {
    spark()
        .sql(
            "INSERT INTO "
                + table
                + " SELECT /*+ COALESCE(1) */ * FROM VALUES (8, '2026-11-21', 1F, 0F, 0F, 1D, null),"
                + " (9, '2026-11-22', 1F, 0F, 0F, 1D, null)");
    for (Program run :
        List.of(overwrite("2026-11-21", "old"), overwrite("2026-11-21", "old", "--dry-run"))) {
      assertRefused(5, run, 1, "TABLE_FILE_SPLIT", ".parquet", "DELETE");
    }
    spark().sql("DELETE FROM " + table + " WHERE dt = '2026-11-21'");
    assertPublished(overwrite("2026-11-21", "old"));
    assertEquals(List.of("[2026-11-21,1]", "[2026-11-21,2]", "[2026-11-22,9]"), ids());
  }

  @Test
  void ofTwoThatOverwriteTheSameRowsAtOnceOneCommits() {
    assertPublished(overwrite("2026-11-21", "old"));
    day("2026-11-21", "new", 5);
    day("2026-11-21", "other", 7);
    Program[] first = new Program[1];
    InterruptedCatalog.atNextCommit(
        commit -> {
          first[0] = elsewhere(() -> overwrite("2026-11-21", "other"));
          commit.run();
        });
    Program second = overwrite("2026-11-21", "new");
    assertPublished(first[0]);
    assertRefused(5, second, 2, "TABLE_ROWS_CHANGED", "dt = '2026-11-21'");
    assertEquals(List.of("[2026-11-21,7]", "[2026-11-21,14]"), ids());
    assertPublished(overwrite("2026-11-21", "new"));
    assertEquals(List.of("[2026-11-21,5]", "[2026-11-21,10]"), ids());
  }

  @Test
  void ofTwoSameOverwritesAtOnceOneCommits() {
    assertPublished(overwrite("2026-11-21", "old"));
    day("2026-11-21", "new", 5);
    Program[] first = new Program[1];
    InterruptedCatalog.atNextCommit(
        commit -> {
          first[0] = elsewhere(() -> overwrite("2026-11-21", "new"));
          commit.run();
        });
    Program second = overwrite("2026-11-21", "new");
    assertPublished(first[0]);
    assertPublished(second);
    assertTrue(second.out().startsWith("already published"), second.out());
    assertEquals(2, snapshots());
  }

  @Test
  void overwritesOfDifferentDaysCommitBesideEachOther() {
    Program[] first = new Program[1];
    InterruptedCatalog.atNextCommit(
        commit -> {
          first[0] = elsewhere(() -> overwrite("2026-11-20", "old"));
          commit.run();
        });
    assertPublished(overwrite("2026-11-21", "old"));
    assertPublished(first[0]);
    assertEquals(4, ids().size());
  }

  @Test
  void rowsThatWereAppendedMeanwhileAreNotTakenOut() {
    assertPublished(overwrite("2026-11-21", "old"));
    day("2026-11-21", "new", 5);
    InterruptedCatalog.atNextCommit(
        commit -> {
          elsewhere(
              () -> {
                spark()
                    .sql(
                        "INSERT INTO " + table + " VALUES (8, '2026-11-21', 1F, 0F, 0F, 1D, null)");
                return null;
              });
          commit.run();
        });
    assertRefused(5, overwrite("2026-11-21", "new"), 2, "TABLE_ROWS_CHANGED");
    assertEquals(List.of("[2026-11-21,1]", "[2026-11-21,2]", "[2026-11-21,8]"), ids());
  }

  @Test
  void modeAndConditionGoTogether() {
    for (List<String> options :
        List.of(
            List.of("--output-table", table, "--write-mode", "overwrite"),
            List.of("--output-table", table, "--where", "true"),
            List.of("--output-table", table, "--write-mode", "append", "--where", "true"),
            List.of("--output-table", table, "--write-mode", "replace"),
            List.of("--output-table", table, "--write-mode", "overwrite", "--where", "dt = ${day}"),
            List.of("--output-table", table, "--write-mode", "overwrite", "--where", "day = 1"),
            List.of("--output", path("out"), "--write-mode", "append"),
            List.of("--output", path("out"), "--where", "true"))) {
      List<String> all =
          new ArrayList<>(List.of("score", "--input", path("in/old"), "--task", "multiclass"));
      all.addAll(options);
      assertRefused(2, Program.run(all.toArray(new String[0])), 0);
    }
  }
}
