package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Shell;
import dev.sigmax.testing.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors and workers of a real standalone cluster die in the middle of a stage: the output has
 * the bits of an undisturbed run. Runs in {@code scripts/torture} alone, as it takes minutes.
 */
@EnabledIfSystemProperty(named = "sigmax.torture", matches = "true")
class ExecutorDeathIT {
  private static final String SCRIPT = "scripts/sigmax";
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
  private static final long ROWS = 400_000;

  @TempDir private Path folder;
  private Path input;

  @BeforeEach
  void startCluster() {
    input = folder.resolve("in.parquet");
    DuckDb.write(
        "SELECT i AS id, list_transform(range(100), x -> (hash(i * 100 + x) % 20)::FLOAT) AS logits"
            + " FROM range("
            + ROWS
            + ") t(i)",
        input);
    Shell.Result started = Shell.run("scripts/local-cluster", "start");
    assertEquals(0, started.code(), started.err());
  }

  @AfterEach
  void stopCluster() {
    Shell.run("scripts/local-cluster", "stop");
  }

  private Shell score(String output, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                SCRIPT,
                "score",
                "--input",
                input.toString(),
                "--output",
                folder.resolve(output).toString(),
                "--task",
                "multiclass",
                "--logits",
                "logits",
                "--properties-file",
                "target/cluster/spark.conf",
                // Many short tasks, so that some are always under way.
                "--conf",
                "spark.sql.files.maxPartitionBytes=4000000"));
    command.addAll(List.of(options));
    return Shell.start(command.toArray(new String[0]));
  }

  private void awaitWriting(Shell run) throws IOException, InterruptedException {
    while (true) {
      try (Stream<Path> files = Files.walk(folder)) {
        if (files.anyMatch(f -> f.toString().contains("/_temporary/") && Files.isDirectory(f))) {
          return;
        }
      } catch (java.io.UncheckedIOException moved) {
        // Files come and go; look again.
      }
      assertTrue(run.isAlive(), "the run ended before it wrote");
      Thread.sleep(20);
    }
  }

  private static List<Long> executors() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(EXECUTOR))
        .map(ProcessHandle::pid)
        .sorted()
        .toList();
  }

  private static void signal(String name, long pid) {
    Shell.run("kill", "-" + name, Long.toString(pid));
  }

  private void requireSame(String output, Shell.Result run) {
    assertEquals(0, run.code(), run.err());
    String a = "'" + folder.resolve("undisturbed") + "/*.parquet'";
    String b = "'" + folder.resolve(output) + "/*.parquet'";
    assertEquals(ROWS, DuckDb.value("SELECT count(*) FROM " + b));
    assertEquals(
        0L, DuckDb.value("SELECT count(*) FROM (FROM " + a + " EXCEPT ALL FROM " + b + ")"));
    assertEquals(0, Shell.run(SCRIPT, "verify", folder.resolve(output).toString()).code());
  }

  @Test
  void executorsAndWorkersThatDieChangeNoBit() throws Exception {
    assertEquals(0, score("undisturbed").await().code());
    try (Tally tally = new Tally("executors and workers killed")) {
      Shell one = score("one-executor");
      awaitWriting(one);
      signal("KILL", executors().get(0));
      requireSame("one-executor", one.await());
      tally.count("same bits");

      Shell both = score("both-executors");
      awaitWriting(both);
      executors().forEach(pid -> signal("KILL", pid));
      requireSame("both-executors", both.await());
      tally.count("same bits");

      Shell slow = score("speculation", "--conf", "spark.speculation=true");
      awaitWriting(slow);
      long stopped = executors().get(0);
      signal("STOP", stopped);
      Thread.sleep(6_000);
      signal("CONT", stopped);
      requireSame("speculation", slow.await());
      tally.count("same bits");

      Shell worker = score("worker");
      awaitWriting(worker);
      signal(
          "KILL", Long.parseLong(Files.readString(Path.of("target/cluster/worker-1.pid")).strip()));
      signal("KILL", executors().get(0));
      requireSame("worker", worker.await());
      tally.count("same bits");
    }
  }
}
