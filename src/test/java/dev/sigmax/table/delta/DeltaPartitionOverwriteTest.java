package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs that put their rows in the place of others in a partitioned table. Files of Delta's own
 * writer lack the columns that the table is partitioned by.
 */
class DeltaPartitionOverwriteTest extends DeltaOverwriteRuns {
  @BeforeEach
  void makeDays() {
    day("2026-11-20", "old", 1);
    day("2026-11-21", "old", 1);
    day("2026-11-21", "new", 5);
  }

  private void partitioned() {
    create(DAYS, "PARTITIONED BY (dt)");
  }

  @ParameterizedTest
  @CsvSource({"columnar", "row"})
  void rowsOfADayMakeRoomForTheNewOnes(String engine) {
    partitioned();
    assertPublished(overwrite("2026-11-20", "old", "--engine", engine));
    assertPublished(overwrite("2026-11-21", "old", "--engine", engine));
    assertPublished(overwrite("2026-11-21", "new", "--engine", engine));
    assertEquals(
        List.of("[2026-11-20,1]", "[2026-11-20,2]", "[2026-11-21,5]", "[2026-11-21,10]"), ids());
    Program again = overwrite("2026-11-21", "new", "--engine", engine);
    assertTrue(again.out().startsWith("already published"), again.out());
    assertPublished(overwrite("2026-11-21", "old", "--engine", engine));
    assertEquals(5, history().size());
  }

  @Test
  void rowsOfDeltasOwnWriterMakeRoom() {
    partitioned();
    sql(
        "INSERT INTO %s VALUES (8, '2026-11-21', 1, 0, 0, 1, null), (9, '2026-11-22', 1, 0, 0, 1,"
            + " null), (7, null, 1, 0, 0, 1, null)");
    assertPublished(overwrite("2026-11-21", "new"));
    assertEquals(List.of("[null,7]", "[2026-11-21,5]", "[2026-11-21,10]", "[2026-11-22,9]"), ids());
  }

  /** A pattern of a text is known of the partition; of numbers inside, files are read. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dt LIKE '2026-11-21%' | true",
        "dt >= '2026-11-21' AND dt < '2026-11-22' | true",
        "NOT (dt <> '2026-11-21') | true",
        "dt IN ('2026-11-21', '2026-11-23') | true",
        "dt = '2026-11-21' AND id > 0 | true",
        "dt = '2026-11-21' AND id <> 8 | false",
        "dt = '2026-11-21' OR id = 9 | true",
      })
  void aConditionMayNameWhatElseItLikes(String where, boolean whole) {
    partitioned();
    sql(
        "INSERT INTO %s SELECT /*+ COALESCE(1) */ * FROM VALUES (7, '2026-11-21', 1F, 0F, 0F, 1D,"
            + " null), (8, '2026-11-21', 1F, 0F, 0F, 1D, null), (10, '2026-11-24', 1F, 0F, 0F, 1D,"
            + " null)");
    Program run = run("2026-11-21", "new", where);
    if (whole) {
      assertPublished(run);
      assertEquals(List.of("[2026-11-21,5]", "[2026-11-21,10]", "[2026-11-24,10]"), ids());
    } else {
      assertSaid(5, run, "TABLE_FILE_SPLIT", "picks 1 of 2 rows");
    }
  }

  /** Types of which no statistics tell, and values that depend on a time zone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BOOLEAN | true",
        "TIMESTAMP | TIMESTAMP '2026-11-21 06:00:00.123456'",
        "TIMESTAMP_NTZ | TIMESTAMP_NTZ '2026-11-21 06:00:00.123456'",
        "DATE | DATE '2026-11-21'",
        "DECIMAL(12, 2) | -1.50BD",
        "INT | 3",
        "BIGINT | 12345678901L",
      })
  void aPartitionOfAnyTypeMakesRoom(String type, String value) {
    create(DAYS.replace("dt STRING", "dt " + type), "PARTITIONED BY (dt)");
    sql("INSERT INTO %s VALUES (8, " + value + ", 1, 0, 0, 1, null), (9, null, 1, 0, 0, 1, null)");
    input("typed/a.parquet", LOGITS);
    delta.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    delta
        .read()
        .parquet(path("in/typed"))
        .selectExpr("*", "CAST(" + value + " AS " + type + ") AS dt")
        .write()
        .parquet(path("in/logits/day"));
    for (String engine : List.of("columnar", "row")) {
      assertPublished(
          run("day", "logits", "dt = " + value, "--engine", engine, "--run-id", "by-" + engine));
      assertEquals(
          List.of("[null,9]", "[1]", "[2]"),
          delta.sql("SELECT dt, id FROM " + table + " ORDER BY dt, id").collectAsList().stream()
              .map(row -> row.isNullAt(0) ? row.toString() : "[" + row.get(1) + "]")
              .toList());
    }
  }

  /** As a job of each day names it: the braces make a glob of the name. */
  @Test
  void theFolderOfADayComesIntoItsPartition() throws IOException {
    partitioned();
    sql("INSERT INTO %s VALUES (7, '2026-11-22', 1, 0, 0, 1, null)");
    input("days/dt=2026-11-22/a.parquet", LOGITS);
    input("days/dt=2026-11-23/a.parquet", LOGITS);
    Path job = folder.resolve("daily.yaml");
    Files.writeString(
        job,
        "input: "
            + path("in/days")
            + "/dt={${date}}\ntask: multiclass\noutput-table: "
            + table
            + "\nwrite-mode: overwrite\nwhere: dt = '${date}'\n");
    assertPublished(Program.run("score", job.toString(), "--set", "date=2026-11-22"));
    assertEquals(List.of("[2026-11-22,1]", "[2026-11-22,2]"), ids());
  }

  @Test
  void rowsOutsideTheConditionAreRefused() {
    partitioned();
    assertSaid(
        5,
        run("2026-11-21", "old", "dt = '2026-11-20'"),
        "TABLE_ROWS_OUTSIDE",
        "2 rows of the run");
    assertEquals(1, history().size());
    assertEquals(List.of(), folders());
  }
}
