package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Fault;
import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Program;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that read a table, written by Delta's own writer for Spark. */
class DeltaInputTest extends DeltaTest {
  private static final String VALUES = "SELECT COLUMNS(*)::VARCHAR FROM %s ORDER BY ALL";
  private static final String LOGITS = "id INT, logit_a FLOAT, logit_b FLOAT, logit_c FLOAT";

  private void createLogits(String... clauses) {
    create(LOGITS, clauses);
    sql(
        "INSERT INTO %s SELECT /*+ COALESCE(1) */ * FROM VALUES (1, 1.5, 2, -1), (2, 0, 0, 0), (3, -7, 3, 3)");
  }

  private Program scoreLogits(Path output, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--input-table",
                table,
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

  @Test
  void aTableGivesWhatItsRowsGiveAsFiles() {
    createLogits();
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    Path fromTable = folder.resolve("from-table");
    assertPublished(scoreLogits(fromTable, "--engine", "columnar"));
    assertEquals(values(out()), values(fromTable));
    assertPublished(Program.run("verify", fromTable.toString()));
    assertTrue(
        scoreLogits(fromTable, "--engine", "columnar").out().startsWith("already published"));
  }

  @Test
  void aTableIsReadAsOfAVersionOrAMoment() {
    createLogits();
    Timestamp moment = history().get(0).getAs("timestamp");
    sql("INSERT INTO %s VALUES (4, 1, 2, 3)");
    assertPublished(scoreLogits(out()));
    assertEquals(4, values(out()).size());
    Path byVersion = folder.resolve("by-version");
    assertPublished(scoreLogits(byVersion, "--as-of", "1"));
    assertEquals(3, values(byVersion).size());
    Path byMoment = folder.resolve("by-moment");
    assertPublished(scoreLogits(byMoment, "--as-of", moment.toInstant().toString()));
    assertEquals(values(byVersion), values(byMoment));
    Path later = folder.resolve("later");
    assertPublished(scoreLogits(later, "--as-of", "2100-01-01T00:00:00Z"));
    assertEquals(4, values(later).size());
    assertSaid(3, scoreLogits(folder.resolve("none"), "--as-of", "17"), "no version as of 17");
    assertSaid(
        3,
        scoreLogits(folder.resolve("none"), "--as-of", "2001-01-01T00:00:00Z"),
        "no version as of");
    assertEquals(2, scoreLogits(folder.resolve("none"), "--as-of", "yesterday").code());
  }

  @Test
  void filesFromBeforeAColumnWasAddedAreNotReadUntilTheyAreWrittenAgain() {
    createLogits();
    sql("ALTER TABLE %s ADD COLUMN logit_d FLOAT");
    Program refused = scoreLogits(out());
    assertSaid(3, refused, "no column logit_d", "TABLE_FILES");
    sql("UPDATE %s SET logit_d = 1");
    assertPublished(scoreLogits(out()));
    assertEquals(3, values(out()).size());
  }

  @Test
  void rowsThatAreDeletedBesideTheirFilesAreNotReadUntilTheyAreWrittenAgain() {
    createLogits("TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')");
    sql("DELETE FROM %s WHERE id = 2");
    Program refused = scoreLogits(out());
    assertSaid(3, refused, "deleted", "INSERT OVERWRITE");
    sql("INSERT OVERWRITE %s SELECT * FROM " + table);
    assertPublished(scoreLogits(out()));
    assertEquals(2, values(out()).size());
  }

  @Test
  void partitionsAndColumnMappingAreDeclinedByName() {
    create(LOGITS, "PARTITIONED BY (id)");
    assertSaid(3, scoreLogits(out()), "is partitioned by id");
    sql("DROP TABLE %s");
    create(LOGITS, "TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
    assertSaid(3, scoreLogits(out()), "delta.columnMapping.mode = name");
  }

  @Test
  void aTableThatIsMissingIsRefused() {
    assertSaid(3, scoreLogits(out()), "there is no table", "TABLE_NOT_FOUND");
  }

  @Test
  void aTableThatACatalogOfAnyFormatsDoesNotHaveIsAMissingInputAndAMissingOutput() {
    delta.conf().set("spark.sql.catalog.folders", FolderCatalog.class.getName());
    delta.conf().set("spark.sql.catalog.folders.root", folder.toString());
    table = "folders.db.nothing";
    assertSaid(3, scoreLogits(out()), "there is no table", "TABLE_NOT_FOUND");
    assertSaid(5, scoreToTable(), "there is no table", "TABLE_NOT_FOUND");
    assertSaid(3, Program.run("verify", "--table", table, "--run-id", "x"), "TABLE_NOT_FOUND");
    assertSaid(3, Program.run("clean", "--table", table), "TABLE_NOT_FOUND");
  }

  @Test
  void aTableOfAnotherFormatIsAnInputThatIsNotServed() {
    sql("CREATE TABLE %s (id INT, logit_a FLOAT, logit_b FLOAT) USING parquet");
    assertSaid(3, scoreLogits(out()), "TABLE_NOT_SERVED");
    assertSaid(5, scoreToTable(), "TABLE_NOT_SERVED");
  }

  @Test
  void aLogOrAFileThatMayNotBeReadIsAnInputWithoutPermission() {
    FaultyFiles.register(delta.sparkContext().hadoopConfiguration());
    createLogits();
    table = "spark_catalog.delta.`faulty://" + data() + "`";
    try {
      boolean fired = true;
      int tried = 0;
      for (int n = 1; fired; n++) {
        FaultPlan.plan(Fault.DENY_READING, n);
        Program run = scoreLogits(folder.resolve("out-" + n));
        fired = FaultPlan.fired();
        FaultPlan.heal();
        if (fired && run.code() != 0) {
          tried++;
          assertSaid(3, run, "INPUT_NO_PERMISSION");
          assertFalse(run.err().contains("rite it again"), run.err());
        }
      }
      assertTrue(tried > 1, "hardly a log was closed");
    } finally {
      FaultPlan.heal();
    }
  }
}
