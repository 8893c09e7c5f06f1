package dev.sigmax.table.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.columnar.plan.PageReaderChoice;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A test of a table of logits whose schema changes between its files. */
abstract class LogitTable extends TableTest {
  String logits;

  @BeforeEach
  void nameLogits() {
    logits = catalog + ".db.logits";
  }

  /** A statement in which {@code %s} is the table. */
  void sql(String statement) {
    spark().sql(statement.formatted(logits));
  }

  void insert(String rows) {
    sql("INSERT INTO %s VALUES " + rows);
  }

  void makeLogits(String columns) {
    sql("CREATE TABLE %s (" + columns + ") USING iceberg");
  }

  Program scoreLogits(Path output, String... options) {
    return score(List.of("--input-table", logits), output, options);
  }

  private static Program score(List<String> input, Path output, String... options) {
    List<String> all = new ArrayList<>(List.of("score", "--output", output.toString()));
    all.addAll(input);
    if (!Arrays.asList(options).contains("--task")) {
      all.addAll(List.of("--task", "multiclass"));
    }
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  /**
   * The table gives what the rows give that Iceberg's own reader has of it, written to one file: by
   * rows, and in batches by Sigmax's page reader and by Spark's, each alone.
   */
  void assertReadAsIcebergReadsIt(String... options) {
    assertReadAsIcebergReadsIt(PageReaderChoice.ONLY_OWN, options);
  }

  void assertReadAsIcebergReadsIt(PageReaderChoice own, String... options) {
    Path rows = folder.resolve("as-iceberg-reads-it");
    spark().table(logits).coalesce(1).write().mode("overwrite").parquet(rows.toString());
    Path expected = folder.resolve("expected");
    assertPublished(
        score(List.of("--input", rows.toString()), expected, with(options, "--replace")));
    Path byRows = folder.resolve("by-row");
    assertPublished(scoreLogits(byRows, with(options, "--replace", "--engine", "row")));
    assertAlike(expected, byRows, "row");
    for (PageReaderChoice reader : List.of(own, PageReaderChoice.SPARK)) {
      Path inBatches = folder.resolve("by-" + reader);
      spark().conf().set(PageReaderChoice.SETTING, reader.toString());
      try {
        assertPublished(scoreLogits(inBatches, with(options, "--replace", "--engine", "columnar")));
      } finally {
        spark().conf().unset(PageReaderChoice.SETTING);
      }
      assertAlike(expected, inBatches, "columnar");
    }
  }

  private static void assertAlike(Path expected, Path output, String engine) {
    assertEquals(engine, manifest(output).at("/engine/path").asText());
    assertEquals(columns(expected), columns(output));
    assertEquals(values(expected), values(output), output.toString());
  }

  private static String[] with(String[] options, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(options));
    all.addAll(Arrays.asList(more));
    return all.toArray(new String[0]);
  }

  static List<List<Object>> columns(Path output) {
    return DuckDb.rows("DESCRIBE SELECT * FROM '" + output + "/*.parquet'");
  }

  static List<List<Object>> values(Path output) {
    return DuckDb.rows("SELECT COLUMNS(*)::VARCHAR FROM '" + output + "/*.parquet' ORDER BY ALL");
  }

  static JsonNode manifest(Path output) {
    try {
      return new ObjectMapper().readTree(output.resolve("_sigmax/manifest.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void assertNotRead(Program run, String... parts) {
    assertRefused(3, run, parts);
    assertTrue(run.err().contains("rewrite_data_files"), run.err());
  }
}
