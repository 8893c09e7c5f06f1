package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Shell;
import dev.sigmax.testing.Tally;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Much of everything, in the heap that is named. Runs in {@code scripts/torture} alone, as it takes
 * minutes and some 4 GB of disk.
 */
@EnabledIfSystemProperty(named = "sigmax.torture", matches = "true")
class LoadIT {
  @TempDir private Path folder;

  private Path out() {
    return folder.resolve("out");
  }

  /** Scores and verifies; the sums and the rows are DuckDB's. */
  private void score(String what, String memory, Path input, long rows, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "scripts/sigmax",
                "score",
                "--driver-memory",
                memory,
                "--input",
                input.toString(),
                "--output",
                out().toString(),
                "--task",
                "multiclass"));
    command.addAll(Arrays.asList(options));
    long begun = System.nanoTime();
    Shell.Result run = Shell.run(command.toArray(new String[0]));
    long seconds = (System.nanoTime() - begun) / 1_000_000_000L;
    assertEquals(0, run.code(), run.err());
    Shell.Result verified =
        Shell.run("scripts/sigmax", "verify", "--driver-memory", memory, out().toString());
    assertEquals(0, verified.code(), verified.err());
    List<Object> sums =
        DuckDb.rows(
                "SELECT count(*), max(abs(row_sum - 1)), count(row_issue) FROM '"
                    + out()
                    + "/*.parquet'")
            .get(0);
    assertEquals(rows, sums.get(0));
    assertTrue((Double) sums.get(1) <= 0x1p-23, sums.toString());
    assertEquals(0L, sums.get(2));
    try (Tally tally = new Tally("load: " + what + ", heap " + memory)) {
      tally.count("right answer in " + seconds + " s");
    }
  }

  @Test
  void aThousandPartitions() {
    scorePartitions("1,000 partitions", 1000, 200);
  }

  @Test
  void twentyThousandSmallFiles() {
    scorePartitions("20,000 small files", 20_000, 5);
  }

  private void scorePartitions(String what, int partitions, int rowsInEach) {
    Path table = folder.resolve("in");
    DuckDb.run(
        "COPY (SELECT i AS id, i // "
            + rowsInEach
            + " AS day, (i % 7)::FLOAT AS logit_a, (i % 5)::FLOAT AS logit_b FROM range("
            + partitions * rowsInEach
            + ") t(i)) TO '"
            + table
            + "' (FORMAT parquet, PARTITION_BY (day))");
    score(what, "1g", table, (long) partitions * rowsInEach);
    assertEquals(
        (long) partitions,
        DuckDb.value("SELECT count(DISTINCT day) FROM '" + out() + "/*.parquet'"),
        "partitions became a column");
  }

  @Test
  void threeHundredMillionLogits() {
    Path file = folder.resolve("in.parquet");
    DuckDb.write(
        "SELECT i AS id, "
            + columns("(random() * 20 - 10)::FLOAT AS logit_%d", 10)
            + " FROM range(30000000) t(i)",
        file);
    score("300,000,000 logits", "1g", file, 30_000_000);
  }

  @Test
  void aRowGroupOfOneGibibyte() {
    Path file = folder.resolve("in.parquet");
    DuckDb.write(
        "SELECT i AS id, "
            + columns("(random() * 20 - 10)::FLOAT AS logit_%d", 10)
            + " FROM range(25000000) t(i)",
        file,
        ", ROW_GROUP_SIZE 25000000");
    assertEquals(
        1L, DuckDb.value("SELECT max(row_group_id) + 1 FROM parquet_metadata('" + file + "')"));
    score("a row group of 1 GiB", "3g", file, 25_000_000);
  }

  @Test
  void aHundredThousandClassesInOneArray() {
    Path file = folder.resolve("in.parquet");
    DuckDb.write(
        "SELECT i AS id, [(random() * 20 - 10)::FLOAT for j in range(100000)] AS logits"
            + " FROM range(1000) t(i)",
        file,
        ", ROW_GROUP_SIZE 2048");
    score("100,000 classes in one array", "2g", file, 1000, "--logits", "logits");
  }

  @Test
  void oneLargeFileAmongManySmall() {
    Path table = folder.resolve("in");
    String columns = columns("(random() * 20 - 10)::FLOAT AS logit_%d", 10);
    assertTrue(table.toFile().mkdir());
    DuckDb.write(
        "SELECT i AS id, " + columns + " FROM range(5000000) t(i)", table.resolve("0.parquet"));
    for (int i = 1; i <= 500; i++) {
      DuckDb.write(
          "SELECT i AS id, " + columns + " FROM range(" + i + ") t(i)",
          table.resolve(i + ".parquet"));
    }
    score("one large file and 500 small", "1g", table, 5_000_000 + 500 * 501 / 2);
  }

  private static String columns(String pattern, int count) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(pattern.formatted(i));
    }
    return String.join(", ", all);
  }
}
