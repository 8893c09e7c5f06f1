package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.SparkTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A test of whole runs of the program, from {@code in} to {@code out} below its folder. */
public abstract class JobTest extends SparkTest {
  /** Three rows of three float logits. */
  protected static final String THREE_ROWS =
      "SELECT * FROM (VALUES (1, 1.5::FLOAT, 2::FLOAT, -1::FLOAT), (2, 0::FLOAT, 0::FLOAT, 0::FLOAT),"
          + " (3, -7::FLOAT, 3::FLOAT, 3::FLOAT)) t(id, logit_a, logit_b, logit_c)";

  protected Path in() {
    return folder.resolve("in");
  }

  protected Path out() {
    return folder.resolve("out");
  }

  /** Makes the input folder, and a file in it from a query. */
  protected Path input(String name, String query, String options) {
    try {
      Path file = in().resolve(name);
      Files.createDirectories(file.getParent());
      DuckDb.write(query, file, options);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected Path input(String name, String query) {
    return input(name, query, "");
  }

  /** Scores {@code in} to {@code out}. */
  protected Program score(String task, String... options) {
    return scoreFrom(in().toString(), task, options);
  }

  /** Scores once, to an output on the file system that has faults. */
  protected Program scoreToFaultyFiles(String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--input",
                in().toString(),
                "--output",
                "faulty://" + out(),
                "--task",
                "multiclass"));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  protected Program scoreFrom(String input, String task, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("score", "--input", input, "--output", out().toString(), "--task", task));
    all.addAll(Arrays.asList(options));
    Program run = Program.run(all.toArray(new String[0]));
    if (run.code() == 0 && !all.contains("--engine") && !all.contains("--dry-run")) {
      assertRowsGiveTheSame(all);
    }
    return run;
  }

  /** Runs the same job by rows, and holds every value of its output against this one's. */
  private void assertRowsGiveTheSame(List<String> arguments) {
    try {
      Path byRows = Files.createTempDirectory(folder, "by-rows").resolve("out");
      List<String> again = new ArrayList<>(arguments);
      again.set(again.indexOf("--output") + 1, byRows.toString());
      again.addAll(List.of("--engine", "row"));
      Program run = Program.run(again.toArray(new String[0]));
      assertEquals(0, run.code(), run.err());
      assertEquals("row", manifestOf(byRows).at("/engine/path").asText());
      String other = "'" + byRows + "/*.parquet'";
      assertEquals(
          DuckDb.rows("DESCRIBE SELECT * FROM " + other),
          DuckDb.rows("DESCRIBE SELECT * FROM " + output()));
      String all = "SELECT COLUMNS(*)::VARCHAR FROM %s ORDER BY ALL";
      assertEquals(DuckDb.rows(all.formatted(other)), DuckDb.rows(all.formatted(output())));
      assertEquals(manifestOf(byRows).at("/checks"), manifest().at("/checks"));
      assertEquals(manifestOf(byRows).at("/bad_row_samples"), manifest().at("/bad_row_samples"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected static void assertPublished(Program run) {
    assertEquals(0, run.code(), run.err());
  }

  /** The manifest says which path scored: columnar or row. */
  protected void assertEngine(String path) {
    assertEquals(path, manifest().at("/engine/path").asText(), manifest().at("/engine").toString());
  }

  /** Refused with a code and a message, and nothing is left beside the input. */
  protected void assertRefused(int code, Program run, String... parts) {
    assertEquals(code, run.code(), run.err() + run.out());
    assertTrue(run.err().startsWith("sigmax: "), run.err());
    assertFalse(run.err().contains("\tat "), () -> "a stack trace: " + run.err());
    for (String part : parts) {
      assertTrue(run.err().contains(part), () -> part + " is not in: " + run.err());
    }
    assertFalse(Files.exists(out()), "there is an output");
    assertNoLitter();
  }

  /** No attempt is left beside the output. */
  protected void assertNoLitter() {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> litter = files.filter(f -> f.getFileName().toString().startsWith(".")).toList();
      assertEquals(List.of(), litter);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The output as DuckDB reads it. */
  protected String output() {
    return "'" + out() + "/*.parquet'";
  }

  protected List<List<Object>> outputRows(String columns) {
    return DuckDb.rows("SELECT " + columns + " FROM " + output() + " ORDER BY ALL");
  }

  protected JsonNode manifest() {
    return manifestOf(out());
  }

  private static JsonNode manifestOf(Path output) {
    try {
      return new ObjectMapper().readTree(output.resolve("_sigmax/manifest.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
