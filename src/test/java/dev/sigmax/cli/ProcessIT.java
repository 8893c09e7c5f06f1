package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a user runs it: by script, through spark-submit, on a cluster, killed half-way. */
class ProcessIT {
  private static final String SCRIPT = "scripts/sigmax";
  private static final int NO_OF_SIGINT = 130;

  @TempDir private Path folder;

  private Path out() {
    return folder.resolve("out");
  }

  private static Shell.Result sigmax(String... arguments) {
    return Shell.run(Stream.concat(Stream.of(SCRIPT), Stream.of(arguments)).toArray(String[]::new));
  }

  private static long different(Path one, Path other) {
    String a = "'" + one + "/*.parquet'";
    String b = "'" + other + "/*.parquet'";
    return (Long)
        DuckDb.value(
            "SELECT count(*) FROM ((FROM "
                + a
                + " EXCEPT ALL FROM "
                + b
                + ") UNION ALL (FROM "
                + b
                + " EXCEPT ALL FROM "
                + a
                + "))");
  }

  @Test
  void aStandaloneClusterGivesTheBitsAndNamesOfALocalRun() throws IOException {
    Path local = folder.resolve("local");
    Path cluster = folder.resolve("cluster");
    Path arabic = folder.resolve("arabic");
    Program first = Program.run("score", "jobs/digits.yaml", "--output", local.toString());
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().contains("published run"), first.out());
    Shell.Result started = Shell.run("scripts/local-cluster", "start");
    try {
      assertEquals(0, started.code(), started.err());
      scoreOnCluster(cluster);
      assertTrue(masterLog().contains("Registering app sigmax"), "the cluster ran no job");
      // Executors have the locale of their machines, some with other digits.
      scoreOnCluster(
          arabic, "--conf", "spark.executor.extraJavaOptions=-Duser.language=ar -Duser.country=EG");
    } finally {
      Shell.run("scripts/local-cluster", "stop");
    }
    for (Path output : List.of(cluster, arabic)) {
      assertEquals(899L, DuckDb.value("SELECT count(*) FROM '" + output + "/*.parquet'"));
      assertEquals(0, different(local, output));
      try (Stream<Path> files = Files.list(output)) {
        List<String> parts =
            files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith("parquet")).toList();
        assertTrue(parts.stream().allMatch(f -> f.startsWith("part-0000")), parts::toString);
      }
    }
  }

  private static void scoreOnCluster(Path output, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "score",
                "jobs/digits.yaml",
                "--output",
                output.toString(),
                "--properties-file",
                "target/cluster/spark.conf"));
    command.addAll(List.of(options));
    Shell.Result run = sigmax(command.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
  }

  private static String masterLog() {
    try {
      return Files.readString(Path.of("target/cluster/master.log"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Enough rows that the writing takes a while, in a file that plain ASCII cannot name. */
  private Path longInput() throws IOException {
    Path place = Files.createDirectory(folder.resolve("in"));
    Path input = place.resolve("in.parquet");
    DuckDb.write(
        "SELECT i AS id, list_transform(range(100), x -> (hash(i * 100 + x) % 20)::FLOAT) AS logits"
            + " FROM range(150000) t(i)",
        input);
    String name = place + "/gr$'\\303\\266'sse.parquet";
    assertEquals(0, Shell.run("bash", "-c", "mv " + input + " " + name).code());
    return place;
  }

  private Shell startLongRun(Path input) {
    return Shell.start(
        // Where the tests run in the background, they and their children ignore an interrupt.
        "env",
        "--default-signal=INT",
        "LC_ALL=C",
        SCRIPT,
        "score",
        "--input",
        input.toString(),
        "--output",
        out().toString(),
        "--task",
        "multiclass",
        "--logits",
        "logits");
  }

  private List<Path> attempts() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().contains(".sigmax-staging-")).toList();
    }
  }

  private void awaitWriting(Shell run) throws IOException, InterruptedException {
    while (attempts().stream().noneMatch(a -> Files.exists(a.resolve("_temporary")))) {
      assertTrue(run.isAlive(), "the run ended before it wrote");
      Thread.sleep(20);
    }
  }

  @Test
  void aKilledRunLeavesNoOutputAndTheNextOnePublishes() throws Exception {
    Path input = longInput();
    Shell run = startLongRun(input);
    awaitWriting(run);
    run.signal("KILL");
    assertEquals(128 + 9, run.await().code());
    assertFalse(Files.exists(out()));
    assertEquals(1, attempts().size());

    Shell.Result next = startLongRun(input).await();
    assertEquals(0, next.code(), next.err());
    assertTrue(next.err().contains("were abandoned, and are left alone"), next.err());
    assertEquals(150_000L, DuckDb.value("SELECT count(*) FROM '" + out() + "/*.parquet'"));
    Program verified = Program.run("verify", out().toString());
    assertEquals(0, verified.code(), verified.err());
  }

  @Test
  void anInterruptedRunLeavesNothingAtAll() throws Exception {
    Shell run = startLongRun(longInput());
    awaitWriting(run);
    run.signal("INT");
    Shell.Result result = run.await();
    assertEquals(NO_OF_SIGINT, result.code());
    assertTrue(result.err().contains("Interrupted: this run published nothing at "), result.err());
    assertTrue(result.err().contains(out() + "."), result.err());
    assertFalse(result.err().contains("cannot read the input"), result.err());
    assertFalse(result.err().contains("something failed"), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
    assertFalse(Files.exists(out()));
    assertEquals(List.of(), attempts());
  }

  @Test
  void aClassArchiveThatIsNoneMeansAPlainStart() throws IOException {
    Path archive = Path.of("target/sigmax.jsa");
    Files.deleteIfExists(archive);
    Files.writeString(archive, "this is no archive");
    try {
      Shell.Result result = Shell.runWithClassArchive("scripts/sigmax", "--version");
      assertEquals(0, result.code(), result.err());
      assertTrue(result.out().startsWith("sigmax "), result.out());
      assertFalse(result.err().contains("archive"), result.err());
    } finally {
      Files.delete(archive);
    }
  }

  @Test
  void aFailingTaskShowsNoStackTraceUnlessAskedFor() throws IOException {
    Path written = folder.resolve("in.parquet");
    DuckDb.write("SELECT i::FLOAT AS logit_a, -i::FLOAT AS logit_b FROM range(9999) t(i)", written);
    byte[] bytes = Files.readAllBytes(written);
    for (int i = 200; i < bytes.length / 2; i += 50) {
      bytes[i] ^= 0x55;
    }
    Files.write(written, bytes);
    String[] arguments = {
      "score", "--input", written.toString(), "--output", out().toString(), "--task", "multiclass"
    };
    Shell.Result quiet = sigmax(arguments);
    assertEquals(3, quiet.code(), quiet.err());
    assertTrue(quiet.err().contains("in.parquet"), quiet.err());
    assertFalse(quiet.err().contains("\tat "), quiet.err());
    Shell.Result verbose =
        sigmax(Stream.concat(Stream.of(arguments), Stream.of("--verbose")).toArray(String[]::new));
    assertTrue(verbose.err().contains("\tat "), verbose.err());
  }

  /** Spark warns of long plans and of large tasks, of which a person can do nothing. */
  @Test
  void aQuietJobOfThousandsOfColumnsSaysNothing() {
    Path written = folder.resolve("wide.parquet");
    DuckDb.write(
        IntStream.range(0, 8000)
            .mapToObj(i -> "(i % " + (i + 2) + ")::FLOAT AS logit_" + i)
            .collect(Collectors.joining(", ", "SELECT ", " FROM range(3) t(i)")),
        written);
    Shell.Result run =
        sigmax(
            "score",
            "--input",
            written.toString(),
            "--output",
            out().toString(),
            "--task",
            "multiclass",
            "--quiet");
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.err() + run.out());
  }
}
