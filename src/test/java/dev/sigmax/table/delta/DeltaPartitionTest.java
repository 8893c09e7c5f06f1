package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs that publish to a partitioned Delta table. What partitions rows are in, and how the log has
 * them, is what Delta's own writer for Spark says of the same rows.
 */
class DeltaPartitionTest extends DeltaTest {
  private static final String SCORES =
      "prob_a FLOAT, prob_b FLOAT, prob_c FLOAT, row_sum DOUBLE, row_issue STRING";

  private void partitioned(String type) {
    create("id INT, part " + type + ", " + SCORES, "PARTITIONED BY (part)");
  }

  private void day(String day) {
    input("part=" + day + "/a.parquet", THREE_ROWS);
    input("part=" + day + "/b.parquet", THREE_ROWS.replace("(1,", "(4,"));
  }

  /** The values of partitions in a log, as the texts that they are there. */
  private static Set<String> partitionsOf(Path table) throws IOException {
    Set<String> partitions = new TreeSet<>();
    try (Stream<Path> log = Files.list(table.resolve("_delta_log"))) {
      for (Path commit :
          log.filter(file -> file.getFileName().toString().matches("[0-9]+[.]json")).toList()) {
        for (String line : Files.readAllLines(commit)) {
          JsonNode add = new ObjectMapper().readTree(line).path("add");
          if (!add.isMissingNode()) {
            partitions.add(add.get("partitionValues").toString());
          }
        }
      }
    }
    return partitions;
  }

  /** As {@link #table}, by Delta's own writer. */
  private Path twin() {
    String twin = tableOfDelta().replace("scores", "twin");
    sql("CREATE TABLE " + twin + " USING delta PARTITIONED BY (part) AS SELECT * FROM %s");
    assertEquals(
        rows(),
        delta.sql("SELECT * FROM " + twin + " ORDER BY ALL").collectAsList().stream()
            .map(Row::toString)
            .toList());
    return data().resolveSibling("twin");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "STRING | 'a/b=c%20 ä:語?#\"''{}' ",
        "STRING | 'a text of more than thirty-two characters, as it may be'",
        "STRING | NULL::VARCHAR",
        "TINYINT | -7::TINYINT",
        "SMALLINT | 300::SMALLINT",
        "INT | 17::INT",
        "BIGINT | -5::BIGINT",
        "DATE | DATE '2026-11-21'",
        "DATE | NULL::DATE",
        "BOOLEAN | false",
        "DECIMAL(12, 2) | -1.5::DECIMAL(12, 2)",
        "TIMESTAMP | TIMESTAMPTZ '1969-12-31 23:59:59.123456+00'",
      })
  void theLogHasThePartitionThatDeltasWriterGivesIt(String type, String value) throws IOException {
    for (String engine : List.of("columnar", "row")) {
      input("a.parquet", THREE_ROWS.replace("*", "*, " + value + " AS part"));
      partitioned(type);
      Program run = scoreToTable("--engine", engine);
      assertPublished(run);
      Path twin = twin();
      assertEquals(partitionsOf(twin), partitionsOf(data()));
      assertEquals(1, partitionsOf(data()).size());
      assertEquals(3, rows().size());
      sql("DROP TABLE " + tableOfDelta().replace("scores", "twin"));
      sql("DROP TABLE %s");
    }
  }

  /** In the log as {@code 0E-10}, and with all six digits of a second. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DECIMAL(30, 10) | 0::DECIMAL(30, 10) | 0.0BD",
        "TIMESTAMP_NTZ | TIMESTAMP '2026-03-29 02:30:00.5' | TIMESTAMP_NTZ '2026-03-29 02:30:00.5'",
      })
  void whatTheLogWritesOtherwiseIsReadAlike(String type, String value, String asked) {
    input("a.parquet", THREE_ROWS.replace("*", "*, " + value + " AS part"));
    partitioned(type);
    assertPublished(scoreToTable());
    twin();
    assertEquals(
        3, delta.sql("SELECT * FROM " + table + " WHERE part = " + asked).collectAsList().size());
    assertEquals(
        0, delta.sql("SELECT * FROM " + table + " WHERE part <> " + asked).collectAsList().size());
  }

  /** Delta leaves the files of other days out, and reads none of ours twice. */
  @ParameterizedTest
  @CsvSource({"columnar", "row"})
  void foldersOfDaysComeIntoTheirPartitions(String engine) throws IOException {
    partitioned("STRING");
    day("2026-11-20");
    day("2026-11-21");
    day("__HIVE_DEFAULT_PARTITION__");
    assertPublished(scoreToTable("--engine", engine, "--run-id", "days"));
    assertEquals(
        List.of("[null,6]", "[2026-11-20,6]", "[2026-11-21,6]"),
        delta
            .sql("SELECT part, count(*) FROM " + table + " GROUP BY part ORDER BY part")
            .collectAsList()
            .stream()
            .map(Row::toString)
            .toList());
    assertEquals(partitionsOf(twin()), partitionsOf(data()));
    assertEquals(3, delta.table(table).inputFiles().length);
    assertEquals(
        1, delta.sql("SELECT * FROM " + table + " WHERE part = '2026-11-21'").inputFiles().length);
    assertEquals(0, Program.run("verify", "--table", table, "--run-id", "days").code());
    assertTrue(scoreToTable("--engine", engine).out().startsWith("already published"));
    Row run = history().get(0);
    assertEquals("WRITE", run.getAs("operation"));
    String info = run.getAs("engineInfo");
    assertTrue(info.contains("sigmax.run-id=days "), info);
  }

  @Test
  void severalColumnsArePartitionsTogether() throws IOException {
    create("id INT, part STRING, hour INT, " + SCORES, "PARTITIONED BY (hour, part)");
    for (int hour : new int[] {6, 7}) {
      input("part=mon/" + hour + ".parquet", THREE_ROWS.replace("*", "*, " + hour + " AS hour"));
      input("part=tue/" + hour + ".parquet", THREE_ROWS.replace("*", "*, " + hour + " AS hour"));
    }
    assertPublished(scoreToTable());
    assertEquals(4, partitionsOf(data()).size());
    assertEquals(
        1,
        delta
            .sql("SELECT * FROM " + table + " WHERE part = 'tue' AND hour = 6")
            .inputFiles()
            .length);
    assertEquals(12, rows().size());
  }

  @Test
  void rowsOfSeveralPartitionsInARowGroupAreRefusedBeforeTheyAreScored() {
    partitioned("STRING");
    input("a.parquet", THREE_ROWS.replace("*", "*, 'x' || id AS part"));
    assertRefusedAndTableUntouched(
        5, scoreToTable("--dry-run"), "TABLE_PARTITIONS", "part is between x1 and x3");
    assertRefusedAndTableUntouched(5, scoreToTable(), "TABLE_PARTITIONS", "nothing was scored");
  }

  /** The protocol has an empty text stand for null. */
  @Test
  void anEmptyTextIsRefusedBeforeItBecomesNull() {
    partitioned("STRING");
    input("a.parquet", THREE_ROWS.replace("*", "*, '' AS part"));
    assertRefusedAndTableUntouched(5, scoreToTable("--dry-run"), "TABLE_PARTITIONS", "empty text");
  }

  @ParameterizedTest
  @CsvSource({"DOUBLE, 1::DOUBLE", "BINARY, 'x'::BLOB"})
  void partitionsThatAreNotServedAreDeclinedByName(String type, String value) {
    partitioned(type);
    input("a.parquet", THREE_ROWS.replace("*", "*, " + value + " AS part"));
    assertRefusedAndTableUntouched(
        5, scoreToTable(), "TABLE_NOT_SERVED", "is partitioned by part, as " + type);
  }

  @Test
  void anOutputWithoutThePartitionIsRefusedBeforeItIsScored() {
    partitioned("STRING");
    input("a.parquet", THREE_ROWS);
    assertRefusedAndTableUntouched(
        5, scoreToTable("--dry-run"), "is partitioned by part", "--keep");
  }

  @Test
  void deltasOwnCommandsReadOurFiles() {
    partitioned("STRING");
    day("2026-11-20");
    day("2026-11-21");
    assertPublished(scoreToTable("--run-id", "days"));
    sql("INSERT INTO %s VALUES (9, '2026-11-21', 1F, 0F, 0F, 1D, null)");
    sql("UPDATE %s SET row_issue = 'seen' WHERE id = 1 AND part = '2026-11-21'");
    sql("OPTIMIZE %s");
    sql("DELETE FROM %s WHERE part = '2026-11-20'");
    assertEquals(7, rows().size());
    assertEquals(
        1,
        delta.sql("SELECT * FROM " + table + " WHERE row_issue = 'seen'").collectAsList().size());
    delta.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    sql("VACUUM %s RETAIN 0 HOURS");
    assertEquals(7, rows().size());
  }

  @Test
  void cleaningLeavesWhatTheTableHas() {
    partitioned("STRING");
    day("2026-11-20");
    day("2026-11-21");
    assertPublished(scoreToTable());
    Program cleaned = Program.run("clean", "--table", table, "--older-than", "0");
    assertEquals(0, cleaned.code(), cleaned.err());
    assertEquals(1, folders().size());
    assertEquals(12, rows().size());
  }
}
