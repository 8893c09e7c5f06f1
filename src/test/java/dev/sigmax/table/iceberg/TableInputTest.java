package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that read a table, written by Iceberg's own writer. */
class TableInputTest extends TableTest {
  private static final String VALUES = "SELECT COLUMNS(*)::VARCHAR FROM %s ORDER BY ALL";

  private String logits;

  @BeforeEach
  void makeLogits() {
    logits = catalog + ".db.logits";
    makeTable();
  }

  private void makeTable() {
    sql("CREATE TABLE %s (id INT, logit_a FLOAT, logit_b FLOAT, logit_c FLOAT) USING iceberg");
    insert("(1, 1.5, 2, -1), (2, 0, 0, 0), (3, -7, 3, 3)");
  }

  private void sql(String statement) {
    spark().sql(statement.formatted(logits));
  }

  private void insert(String rows) {
    sql("INSERT INTO %s VALUES " + rows);
  }

  private Program scoreLogits(Path output, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--input-table",
                logits,
                "--task",
                "multiclass",
                "--output",
                output.toString()));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  private static List<List<Object>> values(Path output) {
    return DuckDb.rows(VALUES.formatted("'" + output + "/*.parquet'"));
  }

  private void assertNotRead(Program run, String... parts) {
    assertRefused(3, run, parts);
    assertTrue(run.err().contains("rewrite_data_files"), run.err());
  }

  @Test
  void aTableGivesWhatItsRowsGiveAsFiles() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    Path fromTable = folder.resolve("from-table");
    Program run = scoreLogits(fromTable, "--engine", "columnar");
    assertPublished(run);
    assertEquals(values(out()), values(fromTable));
    assertPublished(Program.run("verify", fromTable.toString()));
    assertTrue(
        scoreLogits(fromTable, "--engine", "columnar").out().startsWith("already published"));
  }

  @Test
  void aTableIsReadAsOfASnapshotOrAMoment() throws IOException {
    long before = iceberg(logits).currentSnapshot().snapshotId();
    Instant moment = Instant.ofEpochMilli(iceberg(logits).currentSnapshot().timestampMillis());
    insert("(4, 1, 2, 3)");
    assertPublished(scoreLogits(out()));
    assertEquals(4, values(out()).size());
    Path bySnapshot = folder.resolve("by-snapshot");
    assertPublished(scoreLogits(bySnapshot, "--as-of", Long.toString(before)));
    assertEquals(3, values(bySnapshot).size());
    assertTrue(
        java.nio.file.Files.readString(bySnapshot.resolve("_sigmax/manifest.json"))
            .contains(Long.toString(before)));
    Path byMoment = folder.resolve("by-moment");
    assertPublished(scoreLogits(byMoment, "--as-of", moment.toString()));
    assertEquals(values(bySnapshot), values(byMoment));
    assertEquals(3, scoreLogits(folder.resolve("none"), "--as-of", "17").code());
    assertEquals(2, scoreLogits(folder.resolve("none"), "--as-of", "yesterday").code());
  }

  @Test
  void rowsThatAreDeletedBesideTheirFilesAreNotRead() {
    sql(
        "ALTER TABLE %s SET TBLPROPERTIES ('format-version' = '2', 'write.delete.mode' ="
            + " 'merge-on-read')");
    sql("INSERT INTO %s SELECT id + 10, logit_a, logit_b, logit_c FROM %1$s");
    spark().table(logits).coalesce(1).write().mode(SaveMode.Overwrite).insertInto(logits);
    sql("DELETE FROM %s WHERE id = 2");
    assertNotRead(scoreLogits(out()), "deleted");
  }

  @Test
  void aTableIsScoredIntoATable() {
    create(COLUMNS);
    Program run =
        Program.run(
            "score", "--input-table", logits, "--task", "multiclass", "--output-table", table);
    assertPublished(run);
    assertEquals(3, rows().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tag_first", "branch_audit", "snapshot_id_%d", "at_timestamp_%d", "files"})
  void aNameOfMoreThanATableIsNotTakenForTheTable(String more) {
    Snapshot first = iceberg(logits).currentSnapshot();
    iceberg(logits)
        .manageSnapshots()
        .createTag("first", first.snapshotId())
        .createBranch("audit", first.snapshotId())
        .commit();
    insert("(4, 1, 2, 3)");
    long number = more.startsWith("at") ? first.timestampMillis() : first.snapshotId();
    String selected = logits + "." + more.formatted(number);
    assertTrue(spark().table(selected).count() > 0, "Iceberg takes the name");
    logits = selected;
    assertRefused(3, scoreLogits(out()), "TABLE_NOT_SERVED", "ame the table");
  }

  @Test
  void aBranchIsNotTakenForTheTableThatARunPublishesTo() {
    create(COLUMNS);
    input("a.parquet", THREE_ROWS);
    assertPublished(scoreToTable("--run-id", "first"));
    iceberg()
        .manageSnapshots()
        .createBranch("audit", iceberg().currentSnapshot().snapshotId())
        .commit();
    table += ".branch_audit";
    assertRefused(5, scoreToTable("--run-id", "second"), "TABLE_NOT_SERVED", "main branch");
    table = catalog + ".db.scores";
    assertEquals(3, rows().size());
  }

  @Test
  void aTableMayBeCalledAsABranch() {
    logits = catalog + ".db.branch_a";
    makeTable();
    assertPublished(scoreLogits(out()));
    assertEquals(3, values(out()).size());
  }

  @Test
  void aTableThatIsMissingIsRefused() {
    logits = catalog + ".db.nothing";
    assertRefused(3, scoreLogits(out()), "there is no table");
  }
}
