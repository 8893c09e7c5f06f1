package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How {@code scripts/sigmax} takes options, and what becomes of what it prints. */
class ScriptIT extends ScriptWithTellingJava {
  @Test
  void optionsOfSparkAndOfSigmaxMayBeMixed() {
    List<String> command =
        command("score", "--name", "n", "a b.yaml", "--conf=spark.x=y z", "--keep", "id");
    int jar = command.lastIndexOf(Path.of("target/sigmax.jar").toAbsolutePath().toString());
    assertEquals(
        List.of("score", "a b.yaml", "--keep", "id"), command.subList(jar + 1, command.size()));
    assertTrue(command.indexOf("spark.x=y z") > 0, command::toString);
    assertTrue(command.indexOf("spark.x=y z") < jar, command::toString);
    assertFalse(command.stream().anyMatch(option -> option.startsWith("-Xmx")), command::toString);
  }

  @Test
  void typedScoresAreExplainedWithoutSparkInHalfASecond() {
    for (String[] scores :
        new String[][] {{"2.0", "-1.5", ".1"}, {"0.7, 1e-3, Inf"}, {"-inf,", "nan"}}) {
      List<String> command =
          command(Stream.concat(Stream.of("explain"), Stream.of(scores)).toArray(String[]::new));
      assertFalse(String.join(" ", command).contains("spark"), command::toString);
    }
    for (String[] others :
        new String[][] {{"explain", "out", "--where", "id = 1"}, {"explain", "1", "--help"}}) {
      assertTrue(command(others).contains("org.apache.spark.deploy.SparkSubmit"));
    }
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      Shell.Result told = Shell.run(SCRIPT, "explain", "2.0", "1.0", "0.1");
      best = Math.min(best, System.nanoTime() - start);
      assertTrue(told.out().contains("0.6590"), told.err());
    }
    assertTrue(best < 500_000_000, "it took " + best + " ns");
  }

  @Test
  void settingsThatAreJavasReachJavaFromOptionsAndFiles() throws IOException {
    Path properties =
        Files.write(
            folder.resolve("spark.conf"),
            List.of(
                "# comment",
                "spark.driver.memory = 3g",
                "spark.driver.extraJavaOptions : -Da='b c' -Dd=e",
                "spark.driver.extraClassPath   /extra/*"));
    List<String> fromFile = command("score", "--properties-file", properties.toString());
    assertTrue(fromFile.containsAll(List.of("-Xmx3g", "-Da=b c", "-Dd=e")), fromFile::toString);
    String classPath = fromFile.get(fromFile.indexOf("-cp") + 1);
    assertTrue(classPath.startsWith("/extra/*:"), classPath);
    List<String> options =
        command(
            "--driver-memory",
            "512m",
            "score",
            "--properties-file",
            properties.toString(),
            "--driver-java-options",
            "-Df=g");
    assertTrue(options.containsAll(List.of("-Xmx512m", "-Df=g")), options::toString);
    assertFalse(options.contains("-Xmx3g"), options::toString);
  }

  @Test
  void theEnvironmentSetsTheHeapWhereNoOptionDoes() {
    String variable = "SPARK_DRIVER_MEMORY=700m";
    List<String> alone = commandIn(variable, "score", "a.yaml");
    assertTrue(alone.contains("-Xmx700m"), alone::toString);
    List<String> option = commandIn(variable, "score", "a.yaml", "--driver-memory", "600m");
    assertTrue(option.contains("-Xmx600m"), option::toString);
    assertFalse(option.contains("-Xmx700m"), option::toString);
  }

  private static List<String> collectors(List<String> command) {
    return command.stream().filter(option -> option.matches("-XX:\\+Use\\w*GC")).toList();
  }

  /** Java does not start with two. */
  @Test
  void aCollectorThatASiteHasChosenIsTheOnlyOne() {
    String[] job = {"score", "a.yaml"};
    assertEquals(List.of("-XX:+UseParallelGC"), collectors(command(job)));
    assertEquals(
        List.of("-XX:+UseParallelGC"), collectors(command(with(job, "--name", "heap of Java's"))));
    assertEquals(
        List.of("-XX:+UseG1GC"),
        collectors(command(with(job, "--driver-java-options", "-XX:+UseG1GC"))));
    assertEquals(
        List.of(), collectors(commandIn("JDK_JAVA_OPTIONS=-Xss2m -XX:+UseZGC -Dx=y", job)));
    assertEquals(List.of(), collectors(commandIn("JAVA_TOOL_OPTIONS=-XX:+UseSerialGC", job)));
    // Spark's launcher is a Java of its own.
    assertEquals(
        List.of(),
        collectors(commandIn("JDK_JAVA_OPTIONS=-XX:+UseG1GC", with(job, "--name", "scores"))));
  }

  @Test
  void whatIsDoneAlreadyStartsNoSpark() throws IOException {
    Path day = Files.createDirectories(folder.resolve("in/dt=2026-11-01"));
    DuckDb.write("SELECT 1::FLOAT AS logit_a, 2::FLOAT AS logit_b", day.resolve("a.parquet"));
    Path job =
        Files.writeString(
            folder.resolve("job.yaml"),
            "input: in/dt=${date}\noutput: out-${date}\ntask: multiclass\n");
    String[] backfill = {"backfill", job.toString(), "--from", "2026-11-01", "--to", "2026-11-01"};
    String[] set = {"--set", "date=2026-11-01"};
    String[] incremental =
        with(with(new String[] {"score", job.toString(), "--incremental"}, set), "--output");
    incremental = with(incremental, folder.resolve("runs").toString());
    assertEquals(0, Program.run(backfill).code());
    assertEquals(0, Program.run(incremental).code());
    String[] nobody = {SCRIPT, "--master", "spark://127.0.0.1:1"};
    Shell.Result again = Shell.run(with(nobody, backfill));
    assertEquals(0, again.code(), again.err());
    assertTrue(again.out().startsWith("already published: run "), again.out());
    Shell.Result nothingNew = Shell.run(with(nobody, incremental));
    assertEquals(0, nothingNew.code(), nothingNew.err());
    assertTrue(nothingNew.out().startsWith("nothing new: 1 run "), nothingNew.out());
    // The master does matter where something is left.
    backfill[5] = "2026-11-02";
    Files.createDirectories(folder.resolve("in/dt=2026-11-02"));
    assertEquals(7, Shell.run(with(nobody, backfill)).code());
  }

  @Test
  void nothingIsSaidOfIncubatorsAndNothingElseIsLost() {
    assertEquals("", Shell.run(SCRIPT, "version").err());
    Shell.Result refused = Shell.run(SCRIPT, "score", "/nowhere.yaml");
    assertEquals("sigmax: there is no job file /nowhere.yaml. [JOB_FILE]\n", refused.err());
  }

  @Test
  void aResultThatCannotBeWrittenIsToldAndAReaderThatGoesIsNot() {
    for (String command : List.of("explain 1 2", "version", "inspect jobs/data/digits.parquet")) {
      Shell.Result full = Shell.run("bash", "-c", SCRIPT + " " + command + " >/dev/full");
      assertEquals(1, full.code(), command + full.err());
      assertEquals(
          "sigmax: standard output cannot be written: No space left on device."
              + " [STANDARD_OUTPUT]\n",
          full.err());
      Shell.Result gone =
          Shell.run("bash", "-c", "set -o pipefail; " + SCRIPT + " " + command + " | true");
      assertEquals("", gone.err(), command);
      assertEquals(0, gone.code(), command);
    }
  }

  @Test
  void aPageMayGoDownAPipe() {
    String page = " --label digit --html /dev/stdout --replace | grep -c '</html>'";
    Shell.Result told =
        Shell.run("bash", "-c", SCRIPT + " evaluate jobs/data/digits.parquet" + page);
    assertEquals("1\n", told.out(), told.err());
  }

  @Test
  void aHelpFitsANarrowTerminal() {
    assumeTrue(Shell.run("bash", "-c", "command -v script").code() == 0, "there is no terminal");
    for (String help : List.of("score --help", "help score", "--help")) {
      Shell.Result told =
          Shell.run("script", "-qec", "stty cols 60; " + SCRIPT + " " + help, "/dev/null");
      assertTrue(told.out().contains("Usage: "), told.out() + told.err());
      told.out()
          .replaceAll("\u001b\\[[0-9;]*m", "")
          .lines()
          .forEach(line -> assertTrue(line.length() <= 60, line));
    }
  }

  /** Not a part of it may others read, nor know its name. */
  @Test
  void whatARunMakesHasThePermissionsThatTheShellGives() {
    for (String[] mask :
        new String[][] {{"077", "700 600"}, {"002", "775 664"}, {"022", "755 644"}}) {
      String out = folder.resolve("out" + mask[0]).toString();
      Shell.Result run =
          Shell.run(
              "bash",
              "-c",
              "umask "
                  + mask[0]
                  + "; "
                  + SCRIPT
                  + " score jobs/digits.yaml --quiet --output "
                  + out
                  + " && echo $(find "
                  + out
                  + " -type d -printf '%m\\n' | sort -u) $(find "
                  + out
                  + " -type f -printf '%m\\n' | sort -u)");
      assertEquals(mask[1] + "\n", run.out(), run.err());
    }
  }
}
