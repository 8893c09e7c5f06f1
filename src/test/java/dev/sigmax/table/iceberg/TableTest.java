package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.JobTest;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.SparkMinor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;

/** A test with a catalog of its own, whose warehouse is below the test's folder. */
abstract class TableTest extends JobTest {
  /** What {@link #THREE_ROWS} come to. */
  static final String COLUMNS =
      "id INT, prob_a FLOAT, prob_b FLOAT, prob_c FLOAT, row_sum DOUBLE, row_issue STRING";

  private static final AtomicInteger CATALOGS = new AtomicInteger();

  String catalog;
  String table;

  @BeforeEach
  void makeCatalog() {
    SparkMinor.assumeMadeForIt(SparkCatalog.class);
    catalog = "lake" + CATALOGS.incrementAndGet();
    table = catalog + ".db.scores";
    setting("", SparkCatalog.class.getName());
    setting(".warehouse", folder.resolve("warehouse").toUri().toString());
    setting(".type", "hadoop");
    setting(".cache-enabled", "false");
  }

  void setting(String key, String value) {
    spark().conf().set("spark.sql.catalog." + catalog + key, value);
  }

  void create(String columns, String... clauses) {
    spark()
        .sql(
            "CREATE TABLE "
                + table
                + " ("
                + columns
                + ") USING iceberg "
                + String.join(" ", clauses));
  }

  Program scoreToTable(String... options) {
    return scoreFromToTable(in().toString(), options);
  }

  Program scoreFromToTable(String input, String... options) {
    return run("score", "--input", input, "--task", "multiclass", options);
  }

  private Program run(
      String command, String name, String value, String task, String of, String... options) {
    List<String> all =
        new ArrayList<>(List.of(command, name, value, task, of, "--output-table", table));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  Table iceberg() {
    return iceberg(table);
  }

  static Table iceberg(String name) {
    try {
      return Spark3Util.loadIcebergTable(spark(), name);
    } catch (AnalysisException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The rows as Iceberg's own reader has them, every value as the text of its bits. */
  List<String> rows() {
    return spark().sql("SELECT * FROM " + table + " ORDER BY ALL").collectAsList().stream()
        .map(Row::toString)
        .toList();
  }

  int snapshots() {
    List<Object> all = new ArrayList<>();
    iceberg().snapshots().forEach(all::add);
    return all.size();
  }

  void assertRefusedAndTableUntouched(int code, Program run, String... parts) {
    assertEquals(code, run.code(), run.err() + run.out());
    for (String part : parts) {
      assertTrue(run.err().contains(part), () -> part + " is not in: " + run.err());
    }
    assertEquals(0, snapshots());
  }
}
