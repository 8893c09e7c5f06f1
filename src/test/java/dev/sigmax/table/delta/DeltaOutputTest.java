package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that publish to a Delta table; what is in it is read by Delta's own reader for Spark. */
class DeltaOutputTest extends DeltaTest {
  @Test
  void aTableGetsTheRowsThatAFolderGets() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS);
    Program run = scoreToTable();
    assertPublished(run);
    assertTrue(run.out().contains("output    table " + table), run.out());
    assertPublished(score("multiclass"));
    assertEquals(
        delta.read().parquet(out().toString()).orderBy("id").collectAsList(),
        delta.sql("SELECT * FROM " + table + " ORDER BY id").collectAsList());
    assertEquals(2, history().size());
  }

  @Test
  void rowsAndColumnsGiveTheSameTable() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS);
    assertPublished(scoreToTable("--engine", "columnar"));
    List<String> once = rows();
    assertPublished(scoreToTable("--engine", "row", "--run-id", "by-rows"));
    List<String> twice = rows();
    for (int i = 0; i < once.size(); i++) {
      assertEquals(once.get(i), twice.get(2 * i));
      assertEquals(once.get(i), twice.get(2 * i + 1));
    }
  }

  @Test
  void theHistoryNamesTheRunAndItsFolder() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS);
    assertPublished(scoreToTable("--run-id", "monday"));
    Row run = history().get(0);
    assertEquals("WRITE", run.getAs("operation"));
    String info = run.getAs("engineInfo");
    assertTrue(info.contains(" sigmax.version=") && info.contains("sigmax.run-id=monday "), info);
    assertTrue(info.matches(".*sigmax.fingerprint=[0-9a-f]{64} .*"), info);
    Path prepared = data().resolve(info.replaceFirst(".*sigmax.folder=(\\S+).*", "$1"));
    assertEquals(List.of(prepared), folders());
    assertPublished(Program.run("verify", prepared.toString()));
  }

  @Test
  void theLogHasTheRangesOfTheFilesAsDuckDbCountsThem() throws IOException {
    input("a.parquet", THREE_ROWS.replace("(1, 1.5", "(NULL, 1.5"));
    create(COLUMNS);
    assertPublished(scoreToTable());
    JsonNode statistics = statistics();
    String file = "'" + folders().get(0) + "/*.parquet'";
    List<Object> ranges =
        DuckDb.rows(
                "SELECT count(*), count(*) - count(id), min(id), max(id), min(prob_a),"
                    + " max(row_sum), count(*) - count(row_issue) FROM "
                    + file)
            .get(0);
    assertEquals(
        ranges.toString(),
        List.of(
                statistics.at("/numRecords").asLong(),
                statistics.at("/nullCount/id").asLong(),
                statistics.at("/minValues/id").asInt(),
                statistics.at("/maxValues/id").asInt(),
                statistics.at("/minValues/prob_a").floatValue(),
                statistics.at("/maxValues/row_sum").doubleValue(),
                statistics.at("/nullCount/row_issue").asLong())
            .toString());
    assertTrue(statistics.at("/minValues/row_issue").isMissingNode());
  }

  @Test
  void rowsWithNotANumberAreFoundWhateverTheRanges() throws IOException {
    input("a.parquet", THREE_ROWS.replace("(2, 0::FLOAT", "(2, 'NaN'::FLOAT"));
    create(COLUMNS);
    assertPublished(scoreToTable("--non-finite", "propagate"));
    assertTrue(statistics().at("/maxValues/prob_a").isMissingNode());
    assertEquals(
        2,
        delta
            .sql("SELECT id FROM " + table + " WHERE prob_a > 2")
            .collectAsList()
            .get(0)
            .getInt(0));
  }

  private JsonNode statistics() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(data().resolve("_delta_log/00000000000000000001.json"))) {
      JsonNode add = json.readTree(line).path("add");
      if (!add.isMissingNode()) {
        return json.readTree(add.get("stats").asText());
      }
    }
    throw new AssertionError("nothing was added");
  }

  @Test
  void theSameRunAgainIsAlreadyPublished() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS);
    assertPublished(scoreToTable());
    Program again = scoreToTable();
    assertPublished(again);
    assertTrue(again.out().startsWith("already published"), again.out());
    assertEquals(2, history().size());
    assertEquals(1, folders().size());
    assertSaid(5, scoreToTable("--run-id", "other"), "would count twice");
  }

  @Test
  void aRunWithoutRowsIsInTheHistoryToo() {
    input(
        "a.parquet",
        THREE_ROWS.replace("SELECT * FROM (", "SELECT * FROM (SELECT * FROM (") + ") WHERE id > 3");
    create(COLUMNS);
    assertPublished(scoreToTable());
    assertEquals(List.of(), rows());
    assertTrue(scoreToTable().out().startsWith("already published"));
  }

  @Test
  void aTableThatIsMissingIsRefusedWithItsStatement() {
    input("a.parquet", THREE_ROWS);
    Program run = scoreToTable();
    assertSaid(5, run, "CREATE TABLE " + table);
    String statement = run.err().substring(run.err().indexOf("CREATE TABLE"));
    sql(statement.substring(0, statement.indexOf("USING delta") + 11));
    assertPublished(scoreToTable());
    assertEquals(3, rows().size());
  }

  @Test
  void columnsThatDoNotFitAreRefusedByName() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS.replace("prob_b FLOAT", "prob_b DOUBLE"));
    assertRefusedAndTableUntouched(5, scoreToTable(), "prob_b", "DOUBLE", "FLOAT");
    sql("DROP TABLE %s");
    create(COLUMNS.replace("prob_b FLOAT, ", ""));
    assertRefusedAndTableUntouched(5, scoreToTable(), "no column prob_b");
    sql("DROP TABLE %s");
    create(COLUMNS.replace("id INT", "id INT NOT NULL"));
    assertRefusedAndTableUntouched(5, scoreToTable("--dry-run"), "id", "NOT NULL");
    sql("DROP TABLE %s");
    create(COLUMNS + ", dt STRING");
    assertPublished(scoreToTable());
    assertEquals(3, rows().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "is partitioned by prob_a, as FLOAT|PARTITIONED BY (prob_a)",
        "needs clustering|CLUSTER BY (id)",
        "delta.columnMapping.mode = name|TBLPROPERTIES ('delta.columnMapping.mode' = 'name')",
        "forget a run|TBLPROPERTIES ('delta.setTransactionRetentionDuration' = 'interval 1 day')",
        "needs allowColumnDefaults|TBLPROPERTIES ('delta.feature.allowColumnDefaults' ="
            + " 'supported')"
      })
  void whatATableAsksOfItsWritersIsDeclinedByName(String declined) {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS, declined.substring(declined.indexOf('|') + 1));
    assertRefusedAndTableUntouched(
        5, scoreToTable(), declined.substring(0, declined.indexOf('|')), "TABLE_NOT_SERVED");
  }

  @Test
  void columnsWithRulesAreDeclinedByName() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS + ", twice INT GENERATED ALWAYS AS (id * 2)");
    assertRefusedAndTableUntouched(5, scoreToTable(), "has twice as a generated column");
    sql("DROP TABLE %s");
    create(COLUMNS + ", number BIGINT GENERATED ALWAYS AS IDENTITY");
    assertRefusedAndTableUntouched(5, scoreToTable(), "has number as an identity column");
    sql("DROP TABLE %s");
    create(COLUMNS.replace("row_issue STRING", "row_issue VARCHAR(3)"));
    assertRefusedAndTableUntouched(5, scoreToTable(), "has row_issue as CHAR or VARCHAR");
    sql("DROP TABLE %s");
    create(COLUMNS);
    sql("ALTER TABLE %s ADD CONSTRAINT positive CHECK (id > 0)");
    assertSaid(5, scoreToTable(), "has the constraint positive");
    assertEquals(List.of(), rows());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delta.enableRowTracking",
        "delta.enableDeletionVectors",
        "delta.enableChangeDataFeed",
        "delta.enableInCommitTimestamps",
        "delta.enableTypeWidening",
        "delta.appendOnly"
      })
  void whatAnAppendRespectsIsServed(String property) {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS, "TBLPROPERTIES ('" + property + "' = 'true')");
    sql("INSERT INTO %s VALUES (9, 1, 0, 0, 1, null)");
    assertPublished(scoreToTable());
    assertEquals(4, rows().size());
    assertTrue(scoreToTable().out().startsWith("already published"));
  }

  @Test
  void rowsThatAreTrackedHaveNumbersOfTheirOwn() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS, "TBLPROPERTIES ('delta.enableRowTracking' = 'true')");
    sql("INSERT INTO %s VALUES (9, 1, 0, 0, 1, null)");
    assertPublished(scoreToTable());
    assertEquals(
        4, delta.sql("SELECT DISTINCT _metadata.row_id FROM " + table).collectAsList().size());
  }

  @Test
  void theFeedOfChangesHasTheRows() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS, "TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')");
    assertPublished(scoreToTable());
    List<Row> changes =
        delta
            .read()
            .option("readChangeFeed", "true")
            .option("startingVersion", "1")
            .table(table)
            .select("_change_type")
            .collectAsList();
    assertEquals(3, changes.size());
    changes.forEach(change -> assertEquals("insert", change.getString(0)));
  }

  @Test
  void aLogOfManyRunsHasCheckpoints() throws IOException {
    create(COLUMNS);
    for (int i = 1; i <= 11; i++) {
      input("a.parquet", THREE_ROWS.replace("(1, ", "(" + (10 + i) + ", "));
      assertPublished(scoreToTable());
    }
    assertTrue(Files.exists(data().resolve("_delta_log/00000000000000000010.checkpoint.parquet")));
    assertEquals(33, rows().size());
    assertTrue(scoreToTable().out().startsWith("already published"));
  }

  @Test
  void aTableOfAnotherFormatIsNamed() {
    input("a.parquet", THREE_ROWS);
    sql("CREATE TABLE %s (id INT) USING parquet");
    assertSaid(5, scoreToTable(), "is no Delta table (it is parquet)");
  }

  @Test
  void aRunThatFailsLeavesNoTrace() {
    input("a.parquet", THREE_ROWS.replace("(2, 0::FLOAT", "(2, 'NaN'::FLOAT"));
    create(COLUMNS);
    assertRefusedAndTableUntouched(4, scoreToTable(), "1 of 3 rows is bad");
  }
}
