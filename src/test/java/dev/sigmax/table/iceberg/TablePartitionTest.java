package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.nio.file.Files;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs that publish to a partitioned table. Which partition rows are in is what Iceberg's own
 * writer says of the same rows.
 */
class TablePartitionTest extends TableTest {
  private static final String SCORES =
      "prob_a FLOAT, prob_b FLOAT, prob_c FLOAT, row_sum DOUBLE, row_issue STRING";

  private void day(String folder, String day) {
    input(folder + "/a.parquet", THREE_ROWS.replace("SELECT *", "SELECT *, " + day + " AS part"));
  }

  private Program scoreDay(String folder, String... options) {
    return scoreFromToTable(in().resolve(folder).toString(), options);
  }

  private List<String> partitions(String of) {
    return spark()
        .sql("SELECT partition, record_count FROM " + of + ".files ORDER BY ALL")
        .collectAsList()
        .stream()
        .map(Row::json)
        .toList();
  }

  private static String partition(String day) {
    return "{\"partition\":{\"part\":\"%s\"},\"record_count\":3}".formatted(day);
  }

  @Test
  void theRowsOfADayComeIntoItsPartition() {
    create("id INT, part STRING, " + SCORES, "PARTITIONED BY (part)");
    day("mon", "'2026-11-23'");
    day("tue", "'2026-11-24'");
    assertPublished(scoreDay("mon", "--engine", "columnar"));
    assertPublished(scoreDay("tue", "--engine", "row"));
    assertEquals(List.of(partition("2026-11-23"), partition("2026-11-24")), partitions(table));
    assertEquals(
        spark().sql("SELECT id, prob_a FROM " + table + " WHERE part = '2026-11-23'").count(), 3);
    assertTrue(scoreDay("tue", "--engine", "row").out().startsWith("already published"));
    Program verified = Program.run("verify", "--table", table, "--run-id", lastRunId());
    assertPublished(verified);
  }

  private String lastRunId() {
    return iceberg().currentSnapshot().summary().get("sigmax.run-id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "part | INT | 17::INT",
        "part | BIGINT | -5::BIGINT",
        "part | DATE | DATE '2026-11-21'",
        "part | DATE | NULL::DATE",
        "part | STRING | ''",
        "part | STRING | 'a text of more than sixteen characters, ä, 語'",
        "part | BOOLEAN | false",
        "part | DECIMAL(12, 2) | -1.5::DECIMAL(12, 2)",
        "part | BINARY | 'x/y'::BLOB",
        "part | TIMESTAMP | TIMESTAMPTZ '1969-12-31 23:59:59.5+00'",
        "days(part) | TIMESTAMP | TIMESTAMPTZ '1969-12-31 23:59:59.5+00' + INTERVAL (id) MILLISECOND",
        "hours(part) | TIMESTAMP_NTZ | TIMESTAMP '2026-11-21 06:00:00' + INTERVAL (id) MINUTE",
        "months(part) | DATE | DATE '2026-11-21' + id::INT",
        "years(part) | DATE | DATE '2026-11-21' + id::INT",
        "truncate(4, part) | STRING | 'abcd' || id",
        "truncate(100, part) | INT | -id::INT",
        "bucket(16, part) | STRING | 'a text of more than sixteen characters'",
        "bucket(16, part) | BIGINT | 1234567890123",
      })
  void rowsAreInThePartitionThatIcebergsWriterPutsThemInto(
      String partition, String type, String value) {
    create("id INT, part " + type + ", " + SCORES, "PARTITIONED BY (" + partition + ")");
    day("one", value);
    assertPublished(scoreDay("one"));
    String twin = catalog + ".db.twin";
    spark()
        .sql(
            "CREATE TABLE "
                + twin
                + " USING iceberg PARTITIONED BY ("
                + partition
                + ") AS SELECT * FROM "
                + table);
    assertEquals(partitions(twin), partitions(table));
    assertEquals(1, partitions(table).size());
    assertEquals(jsonOf(twin), jsonOf(table));
  }

  private static List<String> jsonOf(String of) {
    return spark().table(of).orderBy("id").collectAsList().stream().map(Row::json).toList();
  }

  @Test
  void aRunOfSeveralPartitionsIsDeclinedByName() {
    create("id INT, part STRING, " + SCORES, "PARTITIONED BY (part)");
    for (String value : List.of("'day ' || id", "CASE id WHEN 1 THEN NULL ELSE 'x' END")) {
      day("mixed", value);
      assertRefusedAndTableUntouched(
          5, scoreDay("mixed"), "several partitions", "TABLE_PARTITIONS");
    }
    assertFalse(Files.exists(folder.resolve("warehouse/db/scores/data")), "something was written");
  }

  @Test
  void valuesThatABucketDoesNotOrderAreOnePartitionOnlyWhereTheyAreTheSame() {
    create("id INT, " + SCORES, "PARTITIONED BY (bucket(4, id))");
    input("a.parquet", THREE_ROWS);
    assertRefusedAndTableUntouched(5, scoreToTable(), "several partitions", "bucket");
  }

  @Test
  void anOutputWithoutThePartitionIsRefusedBeforeItIsScored() {
    create("id INT, part STRING, " + SCORES, "PARTITIONED BY (part)");
    input("a.parquet", THREE_ROWS);
    assertRefusedAndTableUntouched(
        5, scoreToTable("--dry-run"), "is partitioned by part", "--keep");
  }

  @Test
  void partitionsByFloatsAndByFieldsInColumnsAreDeclined() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS, "PARTITIONED BY (prob_a)");
    assertRefusedAndTableUntouched(5, scoreToTable(), "is partitioned by prob_a", "NaN");
    spark().sql("DROP TABLE " + table);
    create(COLUMNS + ", place STRUCT<x: INT>", "PARTITIONED BY (place.x)");
    assertRefusedAndTableUntouched(5, scoreToTable(), "by a field inside a column");
  }

  @Test
  void aSortOrderIsDeclinedByName() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS);
    iceberg().replaceSortOrder().asc("id").commit();
    assertRefusedAndTableUntouched(5, scoreToTable(), "has the sort order");
  }

  @Test
  void aPartitionIsOverwritten() {
    create("id INT, part STRING, " + SCORES, "PARTITIONED BY (part)");
    day("mon", "'2026-11-23'");
    day("tue", "'2026-11-24'");
    assertPublished(scoreDay("mon"));
    assertPublished(scoreDay("tue"));
    String[] again = {
      "--temperature", "2", "--write-mode", "overwrite", "--where", "part = '2026-11-24'"
    };
    assertPublished(scoreDay("tue", again));
    assertEquals(List.of(partition("2026-11-23"), partition("2026-11-24")), partitions(table));
    assertEquals(2, spark().sql("SELECT DISTINCT prob_a FROM " + table + " WHERE id = 1").count());
    assertTrue(scoreDay("tue", again).out().startsWith("already published"));
  }
}
