package dev.sigmax.table.iceberg;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs whose input has rows of several partitions of their table. Which partition rows are in is
 * what Iceberg's own writer says of the same rows.
 */
class TablePartitionReadTest extends TableTest {
  private static final String SCORES =
      "prob_a FLOAT, prob_b FLOAT, prob_c FLOAT, row_sum DOUBLE, row_issue STRING";

  /** DuckDB's row groups have 2048 rows or a multiple. */
  private static final String ROW_GROUPS = ", ROW_GROUP_SIZE 2048";

  private void partitioned(String type, String by) {
    create("id INT, part " + type + ", " + SCORES, "PARTITIONED BY (" + by + ")");
  }

  private void days(String... days) {
    for (String day : days) {
      input("part=" + day + "/a.parquet", THREE_ROWS);
      input("part=" + day + "/b.parquet", THREE_ROWS.replace("(1,", "(4,"));
    }
  }

  /** A file of three row groups of which {@code part} tells by the number of a row. */
  private void rowGroups(String file, String part) {
    input(
        file,
        "SELECT i::INT AS id, "
            + part
            + " AS part, (i % 7)::FLOAT AS logit_a, (i % 5)::FLOAT AS logit_b, 0::FLOAT AS logit_c"
            + " FROM range(6144) t(i)",
        ROW_GROUPS);
  }

  private static List<String> partitions(String of) {
    return spark()
        .sql("SELECT partition, record_count FROM " + of + ".partitions ORDER BY ALL")
        .collectAsList()
        .stream()
        .map(Row::json)
        .toList();
  }

  private long files() {
    return spark().sql("SELECT * FROM " + table + ".files").count();
  }

  /** Iceberg's own writer puts the rows of the table into the same partitions. */
  private void assertPartitionedAsIcebergDoes(String by, int partitions) {
    String twin = catalog + ".db.twin";
    spark()
        .sql(
            "CREATE TABLE "
                + twin
                + " USING iceberg PARTITIONED BY ("
                + by
                + ") AS SELECT * FROM "
                + table);
    assertEquals(partitions(twin), partitions(table));
    assertEquals(partitions, partitions(table).size());
    spark().sql("DROP TABLE " + twin);
  }

  /** Either engine gives the same rows, in the same partitions. */
  private void assertPartitionedByBothEngines(String type, String by, int partitions) {
    partitioned(type, by);
    assertPublished(scoreToTable("--engine", "columnar"));
    List<String> columnar = values();
    assertPartitionedAsIcebergDoes(by, partitions);
    spark().sql("DROP TABLE " + table);
    partitioned(type, by);
    assertPublished(scoreToTable("--engine", "row"));
    assertEquals(columnar, values());
    assertPartitionedAsIcebergDoes(by, partitions);
  }

  /** As {@link #rows()}, with the bytes in arrays of them. */
  private List<String> values() {
    return spark().sql("SELECT * FROM " + table + " ORDER BY ALL").collectAsList().stream()
        .map(Row::json)
        .toList();
  }

  @Test
  void foldersOfSeveralDaysComeIntoTheirPartitions() {
    days("2026-11-20", "2026-11-21", "__HIVE_DEFAULT_PARTITION__");
    input("part=2026-11-22/none.parquet", THREE_ROWS + " WHERE false");
    assertPartitionedByBothEngines("STRING", "part", 3);
    assertEquals(18, rows().size());
    assertTrue(rows().get(0).contains("null"), rows().get(0));
  }

  /** Small files of one day are written to one. */
  @Test
  void filesOfADayShareATask() {
    partitioned("STRING", "part");
    days("2026-11-20", "2026-11-21", "2026-11-22");
    assertPublished(scoreToTable());
    assertEquals(3, files());
  }

  @Test
  void aDayOfSeveralIsOverwrittenWithoutTheOthers() {
    partitioned("STRING", "part");
    days("2026-11-20", "2026-11-21");
    assertPublished(scoreToTable());
    String[] options = {
      "--temperature", "2", "--write-mode", "overwrite", "--where", "part = '2026-11-21'"
    };
    Program both = scoreToTable(options);
    assertEquals(5, both.code(), both.err());
    assertTrue(both.err().contains("TABLE_ROWS_OUTSIDE"), both.err());
    input("../next/part=2026-11-21/a.parquet", THREE_ROWS);
    assertPublished(scoreFromToTable(path("next"), options));
    assertEquals(2, snapshots());
    assertEquals(9, rows().size());
  }

  /** 0 and 10 are in one bucket, and 5 in another; all are in the file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "part | STRING | concat('day ', i // 2048) | 3",
        "part | STRING | CASE WHEN i < 2048 THEN NULL ELSE 'x' END | 2",
        "part | INT | (i // 4096)::INT | 2",
        "part | BIGINT | i // 2048 - 1 | 3",
        "part | DATE | DATE '2026-11-20' + (i // 2048)::INT | 3",
        "part | BOOLEAN | i < 2048 | 2",
        "part | DECIMAL(30, 2) | (i // 2048)::DECIMAL(30, 2) | 3",
        "part | BINARY | concat('x', i // 2048)::BLOB | 3",
        "days(part) | TIMESTAMP | TIMESTAMPTZ '2026-11-20 00:00:00+00' + INTERVAL ((i // 2048) * 86400 + i) SECOND | 3",
        "truncate(2048, part) | INT | i::INT | 3",
        "bucket(64, part) | BIGINT | i // 2048 * 5 | 2",
      })
  void rowGroupsComeIntoTheirPartitions(String by, String type, String value, int partitions) {
    rowGroups("a.parquet", value);
    rowGroups("b.parquet", value);
    assertPartitionedByBothEngines(type, by, partitions);
    assertEquals(12288, rows().size());
  }

  /** A dry run says so too, and neither scores. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "part | STRING | concat('day ', i % 2) | is between day 0 and day 1",
        "part | STRING | CASE i % 2 WHEN 1 THEN 'x' END | is null in some rows and not in others",
        "bucket(4, part) | BIGINT | i | is between 0 and 2047",
        "days(part) | DATE | DATE '2026-11-20' + (i // 1000)::INT | is between",
      })
  void rowGroupsOfSeveralPartitionsAreRefusedBeforeTheyAreScored(
      String by, String type, String value, String told) {
    partitioned(type, by);
    rowGroups("a.parquet", value);
    for (String engine : List.of("columnar", "row")) {
      assertRefusedAndTableUntouched(
          5,
          scoreToTable("--dry-run", "--engine", engine),
          "TABLE_PARTITIONS",
          "several partitions: part " + told,
          "in rows 1 to 2048 of",
          "a.parquet");
    }
    assertRefusedAndTableUntouched(5, scoreToTable(), "TABLE_PARTITIONS", "nothing was scored");
  }

  @Test
  void aPartitionThatTheRunComputesIsRefused() {
    input("a.parquet", THREE_ROWS);
    create(COLUMNS, "PARTITIONED BY (row_issue)");
    assertRefusedAndTableUntouched(
        5, scoreToTable("--dry-run"), "TABLE_PARTITIONS", "row_issue is what the run computes");
  }

  @Test
  void rowsInQuarantineStayOutOfThePartitions() {
    partitioned("STRING", "part");
    days("2026-11-20", "2026-11-21");
    input("part=2026-11-21/c.parquet", THREE_ROWS.replace("(2, 0::FLOAT", "(2, 'NaN'::FLOAT"));
    assertPublished(scoreToTable("--on-bad-row", "quarantine", "--max-bad-rows", "1"));
    assertPartitionedAsIcebergDoes("part", 2);
    assertEquals(14, rows().size());
  }

  /** More columns than Spark reads in batches where it wants rows. */
  @Test
  void filesThatSparkReadsRowByRowAreReadApartToo() {
    String columns = IntStream.range(0, 120).mapToObj(i -> "k" + i).collect(joining(", "));
    create(
        "id INT, part STRING, " + columns.replaceAll("(k[0-9]+)", "$1 INT") + ", " + SCORES,
        "PARTITIONED BY (part)");
    for (String day : List.of("2026-11-20", "2026-11-21")) {
      input(
          "part=" + day + "/a.parquet",
          THREE_ROWS.replace("*", "*, " + columns.replaceAll("(k[0-9]+)", "id AS $1")));
    }
    assertPublished(scoreToTable("--engine", "row"));
    assertPartitionedAsIcebergDoes("part", 2);
  }

  @Test
  void aTableThatIsReadKeepsItsPartitions() {
    String logits = catalog + ".db.logits";
    spark()
        .sql(
            "CREATE TABLE "
                + logits
                + " (id INT, part STRING, logit_a FLOAT, logit_b FLOAT, logit_c FLOAT) USING iceberg"
                + " PARTITIONED BY (part)");
    spark()
        .sql(
            "INSERT INTO "
                + logits
                + " VALUES (1, 'a', 1, 2, 3), (2, 'b', 1, 2, 3), (3, null, 1, 2, 3)");
    partitioned("STRING", "part");
    Program run =
        Program.run(
            "score", "--input-table", logits, "--task", "multiclass", "--output-table", table);
    assertPublished(run);
    assertPartitionedAsIcebergDoes("part", 3);
  }
}
