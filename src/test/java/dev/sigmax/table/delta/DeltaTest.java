package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sigmax.SigmaxExtensions;
import dev.sigmax.job.JobTest;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.SparkMinor;
import io.delta.sql.DeltaSparkSessionExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.catalog.DeltaCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test with a session that knows Delta, and a database whose tables are in the test's folder. */
abstract class DeltaTest extends JobTest {
  /** What {@link #THREE_ROWS} come to. */
  static final String COLUMNS =
      "id INT, prob_a FLOAT, prob_b FLOAT, prob_c FLOAT, row_sum DOUBLE, row_issue STRING";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  SparkSession delta;
  String table;
  private String database;

  @BeforeEach
  void openSession() {
    SparkMinor.assumeMadeForIt(DeltaCatalog.class);
    assumeTrue(SparkMinor.hasParquetForDelta(), "Delta's Kernel takes a newer Parquet");
    // Opens the context that this session shares, where no test has.
    SparkSession.setActiveSession(spark());
    delta =
        SparkSession.builder()
            .withExtensions(new DeltaSparkSessionExtension())
            .withExtensions(new SigmaxExtensions())
            .config("spark.sql.catalog.spark_catalog", DeltaCatalog.class.getName())
            // Else each look at a table is fifty tasks, and a vacuum thousands.
            .config("spark.databricks.delta.snapshotPartitions", "1")
            .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "1")
            .config("io.delta.kernel.logStore.file.impl", InterruptedLogStore.class.getName())
            .create();
    SparkSession.setActiveSession(delta);
    SparkSession.setDefaultSession(delta);
    database = "spark_catalog.delta" + DATABASES.incrementAndGet();
    table = tableOfDelta();
    sql("CREATE DATABASE " + database + " LOCATION '" + folder.resolve("warehouse").toUri() + "'");
  }

  @AfterEach
  void closeSession() {
    if (delta != null) {
      sql("DROP DATABASE " + database + " CASCADE");
      SparkSession.setActiveSession(spark());
      SparkSession.setDefaultSession(spark());
    }
  }

  String tableOfDelta() {
    return database + ".scores";
  }

  /** Runs a statement, in which the table is called {@code %s}. */
  void sql(String statement) {
    delta.sql(statement.replace("%s", table));
  }

  void create(String columns, String... clauses) {
    sql("CREATE TABLE %s (" + columns + ") USING delta " + String.join(" ", clauses));
  }

  Program scoreToTable(String... options) {
    return scoreToTable(in(), options);
  }

  Program scoreToTable(Path input, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--input",
                input.toString(),
                "--task",
                "multiclass",
                "--output-table",
                table));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  /** The same on another thread. */
  static Program elsewhere(Supplier<Program> run) {
    return CompletableFuture.supplyAsync(run).join();
  }

  /** The rows as Delta's own reader for Spark has them. */
  List<String> rows() {
    return delta.sql("SELECT * FROM " + table + " ORDER BY ALL").collectAsList().stream()
        .map(Row::toString)
        .toList();
  }

  /** The table's history as Delta's SQL has it, the last commit first. */
  List<Row> history() {
    return delta.sql("DESCRIBE HISTORY " + table).collectAsList();
  }

  Path data() {
    return folder.resolve("warehouse/scores");
  }

  /** The folders of runs. */
  List<Path> folders() {
    java.io.File[] all = data().toFile().listFiles((parent, name) -> name.startsWith("sigmax-"));
    return all == null ? List.of() : Arrays.stream(all).map(java.io.File::toPath).toList();
  }

  /** Writes a checkpoint, and removes the commits that it stands for, as Delta does in time. */
  void cleanLog() throws IOException {
    for (int i = 0; i < 10; i++) {
      sql("INSERT INTO %s VALUES (" + (100 + i) + ", 1, 0, 0, 1, null)");
    }
    assertTrue(Files.exists(data().resolve("_delta_log/00000000000000000010.checkpoint.parquet")));
    for (int version = 0; version < 10; version++) {
      for (String start : new String[] {"", "."}) {
        for (String end : new String[] {".json", ".crc", ".json.crc", ".crc.crc"}) {
          Files.deleteIfExists(
              data().resolve("_delta_log/%s%020d%s".formatted(start, version, end)));
        }
      }
    }
  }

  void assertSaid(int code, Program run, String... parts) {
    assertEquals(code, run.code(), run.err() + run.out());
    for (String part : parts) {
      assertTrue(run.err().contains(part), () -> part + " is not in: " + run.err());
    }
  }

  /** Refused, and the table has no commit but the one that made it. */
  void assertRefusedAndTableUntouched(int code, Program run, String... parts) {
    assertSaid(code, run, parts);
    assertEquals(1, history().size());
    assertEquals(List.of(), folders());
  }
}
