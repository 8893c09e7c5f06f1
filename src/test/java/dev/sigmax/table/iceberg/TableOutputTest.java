package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Runs that publish to a table; what is in it is read by Iceberg's own reader. */
class TableOutputTest extends TableTest {
  private static final String VALUES = "SELECT COLUMNS(*)::VARCHAR FROM %s ORDER BY ALL";

  @Test
  void aTableGetsTheRowsThatAFolderGets() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS);
    assertPublished(scoreToTable());
    assertPublished(score("multiclass"));
    assertEquals(
        spark().read().parquet(out().toString()).orderBy("id").collectAsList(),
        spark().sql("SELECT * FROM " + table + " ORDER BY id").collectAsList());
    assertEquals(1, snapshots());
    assertEquals("append", iceberg().currentSnapshot().operation());
  }

  @Test
  void rowsAndColumnsGiveTheSameTable() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS);
    Program columnar = scoreToTable("--engine", "columnar");
    assertPublished(columnar);
    List<String> once = rows();
    assertPublished(scoreToTable("--engine", "row", "--run-id", "by-rows"));
    List<String> twice = rows();
    for (int i = 0; i < once.size(); i++) {
      assertEquals(once.get(i), twice.get(2 * i));
      assertEquals(once.get(i), twice.get(2 * i + 1));
    }
  }

  @Test
  void aSessionThatStagesItsWritesIsNotServed() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS, "TBLPROPERTIES ('write.wap.enabled' = 'true')");
    spark().conf().set("spark.wap.branch", "audit");
    try {
      assertRefusedAndTableUntouched(5, scoreToTable(), "TABLE_NOT_SERVED", "spark.wap.branch");
    } finally {
      spark().conf().unset("spark.wap.branch");
    }
    assertPublished(scoreToTable());
  }

  @Test
  void theSnapshotNamesTheRunAndItsManifest() throws Exception {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS);
    Program run = scoreToTable("--run-id", "monday", "--json");
    assertPublished(run);
    Map<String, String> summary = iceberg().currentSnapshot().summary();
    assertEquals("monday", summary.get("sigmax.run-id"));
    assertEquals(64, summary.get("sigmax.fingerprint").length());
    assertEquals("3", summary.get("added-records"));
    Path folder = Path.of(java.net.URI.create(summary.get("sigmax.folder")));
    assertTrue(Files.exists(folder.resolve("_sigmax/manifest.json")));
    assertEquals(DuckDb.rows(VALUES.formatted("'" + folder + "/*.parquet'")).size(), 3);
    assertPublished(Program.run("verify", folder.toString()));
  }

  @Test
  void theSameRunAgainIsAlreadyPublished() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS);
    assertPublished(scoreToTable());
    Program again = scoreToTable();
    assertPublished(again);
    assertTrue(again.out().startsWith("already published"), again.out());
    assertEquals(1, snapshots());
    Program renamed = scoreToTable("--run-id", "other");
    assertEquals(5, renamed.code());
    assertTrue(renamed.err().contains("would count twice"), renamed.err());
  }

  @Test
  void aBackfillAddsTheRowsOfEachDayOnce() throws Exception {
    create(COLUMNS);
    input("dt=2026-11-01/a.parquet", THREE_ROWS);
    input("dt=2026-11-02/a.parquet", THREE_ROWS.replace("(1,", "(4,"));
    Path job =
        Files.writeString(
            folder.resolve("days.yaml"),
            "input: in/dt=${date}\noutput-table: " + table + "\ntask: multiclass\n");
    String[] days = {
      "backfill", job.toString(), "--from", "2026-11-01", "--to", "2026-11-02", "--quiet"
    };
    for (int call = 0; call < 2; call++) {
      Program run = Program.run(days);
      assertEquals(0, run.code(), run.err());
      assertEquals("2026-11-01: exit code 0\n2026-11-02: exit code 0\n", run.out());
      assertEquals(6, spark().table(table).count());
    }
  }

  @Test
  void aColumnThatIsRenamedLaterKeepsItsValues() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS);
    assertPublished(scoreToTable());
    spark().sql("ALTER TABLE " + table + " RENAME COLUMN prob_a TO first");
    List<Row> rows = spark().sql("SELECT first FROM " + table + " ORDER BY id").collectAsList();
    assertEquals(3, rows.size());
    rows.forEach(row -> assertTrue(!row.isNullAt(0), rows.toString()));
  }

  @Test
  void theElementsOfArraysHaveFieldIdsToo() {
    input("a.parquet", THREE_ROWS);
    create("id INT, probabilities ARRAY<FLOAT>, row_sum DOUBLE, row_issue STRING");
    for (String engine : List.of("row", "columnar")) {
      assertPublished(scoreToTable("--layout", "array", "--engine", engine, "--run-id", engine));
    }
    List<Row> rows =
        spark().sql("SELECT probabilities[1] FROM " + table + " WHERE id = 2").collectAsList();
    assertEquals(2, rows.size());
    rows.forEach(row -> assertEquals(1f / 3, row.getFloat(0)));
  }

  @Test
  void aTableThatIsMissingIsRefusedWithItsStatement() {
    input("a.parquet", THREE_ROWS);
    spark().sql("CREATE NAMESPACE " + catalog + ".db");
    Program run = scoreToTable();
    assertEquals(5, run.code(), run.err());
    String statement = run.err().substring(run.err().indexOf("CREATE TABLE"));
    statement = statement.substring(0, statement.indexOf("USING iceberg") + 13);
    spark().sql(statement);
    assertPublished(scoreToTable());
    assertEquals(3, rows().size());
  }

  @Test
  void columnsThatDoNotFitAreRefusedByName() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS.replace("prob_b FLOAT", "prob_b DOUBLE"));
    assertRefusedAndTableUntouched(5, scoreToTable(), "prob_b", "DOUBLE", "FLOAT");
    spark().sql("DROP TABLE " + table);
    create(COLUMNS.replace("prob_b FLOAT, ", ""));
    assertRefusedAndTableUntouched(5, scoreToTable(), "no column prob_b");
    spark().sql("DROP TABLE " + table);
    create(COLUMNS + ", dt STRING NOT NULL");
    assertRefusedAndTableUntouched(5, scoreToTable("--dry-run"), "dt", "NOT NULL");
    spark().sql("DROP TABLE " + table);
    create(COLUMNS + ", dt STRING");
    assertPublished(scoreToTable());
  }

  @Test
  void aCatalogThatIsNotConfiguredIsNamed() {
    input("a.parquet", THREE_ROWS);
    table = "nowhere.db.scores";
    Program run = scoreToTable();
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("spark.sql.catalog.nowhere is not set"), run.err());
  }

  @Test
  void aRunThatFailsLeavesNoTrace() {
    input("a.parquet", THREE_ROWS.replace("(2, 0::FLOAT", "(2, 'NaN'::FLOAT"));
    create(COLUMNS);
    assertRefusedAndTableUntouched(4, scoreToTable(), "1 of 3 rows is bad");
    Path data = folder.resolve("warehouse/db/scores/data");
    assertEquals(0, data.toFile().exists() ? data.toFile().list().length : 0);
  }
}
