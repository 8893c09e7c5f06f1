package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Runs of one incremental job, {@code score --incremental}, and what is under its output. */
abstract class IncrementalRuns extends JobTest {
  private static final String ROWS =
      "SELECT %d + i AS id, (i %% 7)::FLOAT AS logit_a, (i %% 5)::FLOAT AS logit_b FROM range(%d) t(i)";

  protected Program incremental(String... options) {
    return onJob("score", options);
  }

  protected Program onJob(String command, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                command,
                "--incremental",
                "--input",
                in().toString(),
                "--output",
                out().toString(),
                "--task",
                "multiclass"));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  /** A file of {@code rows} rows, with ids from {@code first} on. */
  protected Path file(String name, int first, int rows) {
    return input(name, ROWS.formatted(first, rows));
  }

  protected Path run(int number) {
    return out().resolve("run=0000000" + number);
  }

  protected JsonNode manifestOf(int number) throws IOException {
    return new ObjectMapper().readTree(run(number).resolve("_sigmax/manifest.json").toFile());
  }

  protected List<String> runs() throws IOException {
    try (Stream<Path> children = Files.list(out())) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }

  /** As DuckDB reads all runs: how many rows, how many ids, and their sum. */
  protected List<Object> counted() {
    return DuckDb.rows(
            "SELECT count(*), count(DISTINCT id), sum(id)::BIGINT FROM '"
                + out()
                + "/run=*/*.parquet'")
        .get(0);
  }

  protected static void assertFails(int code, String name, Program run, String... parts) {
    assertEquals(code, run.code(), run.err() + run.out());
    assertTrue(run.err().contains("[" + name + "]"), run.err());
    for (String part : parts) {
      assertTrue(run.err().contains(part), () -> part + " is not in: " + run.err());
    }
  }
}
