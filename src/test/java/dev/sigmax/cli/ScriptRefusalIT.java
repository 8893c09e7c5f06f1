package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code scripts/sigmax} says where a run cannot begin. */
class ScriptRefusalIT extends ScriptWithTellingJava {
  private static void assertSays(int code, String says, String... arguments) {
    Shell.Result told =
        Shell.run(Stream.concat(Stream.of(SCRIPT), Stream.of(arguments)).toArray(String[]::new));
    assertEquals(code, told.code(), told.err());
    assertTrue(told.err().startsWith("sigmax: "), told.err());
    assertTrue(told.err().contains(says), told.err());
    assertTrue(told.err().lines().count() <= 2, told.err());
  }

  @Test
  void whatIsNoSettingIsASentenceAndNoTrace() {
    assertSays(
        2,
        "--driver-memory takes a size such as 4g, not abc. [OPTION_VALUE]",
        "score",
        "--driver-memory=abc");
    assertSays(2, "there is no = behind word. [OPTION_VALUE]", "score", "--conf", "word secret");
    assertSays(2, "not wherever. [MASTER_NOT_SERVED]", "score", "--master", "wherever");
    assertSays(
        2,
        "cannot read the properties file /nowhere. [OPTION_VALUE]",
        "score",
        "--properties-file",
        "/nowhere");
    assertSays(2, "--master needs a value. [COMMAND_LINE]", "score", "--master");
    String[] job = {"score", "jobs/digits.yaml", "--output", folder.resolve("out").toString()};
    assertSays(2, "tests of Spark itself", with(job, "--master", "local-cluster[1,1,1024]"));
    assertSays(7, "does not answer", with(job, "--master", "spark://127.0.0.1:1"));
    assertSays(2, "is a file", with(job, "--conf", "spark.local.dir=/dev/null"));
    assertSays(
        2,
        "cannot write temporary files in /dev/null.",
        with(job, "--driver-java-options", "-Djava.io.tmpdir=/dev/null"));
  }

  @Test
  void tooLittleMemoryNamesTheOptionThatGivesMore() {
    Shell.Result small =
        Shell.run(
            SCRIPT,
            "score",
            "jobs/digits.yaml",
            "--output",
            folder.resolve("out").toString(),
            "--driver-memory",
            "100m");
    assertEquals(2, small.code(), small.err());
    assertTrue(small.err().contains("Take --driver-memory 600m, or more; "), small.err());
    assertTrue(small.err().endsWith("[SPARK_DOES_NOT_START]\n"), small.err());
  }

  @Test
  void aHomeThatIsNoneIsASentence() throws IOException {
    Shell.Result noJava = Shell.run("env", "JAVA_HOME=/nowhere", SCRIPT, "version");
    assertEquals(2, noJava.code());
    assertTrue(
        noJava.err().startsWith("sigmax: there is no /nowhere/bin/java (JAVA_HOME is /nowhere). "),
        noJava.err());
    assertEquals(1, noJava.err().lines().count(), noJava.err());
    Path copy = folder.resolve("a:b/scripts/sigmax");
    Files.createDirectories(copy.getParent());
    Files.copy(Path.of(SCRIPT), copy);
    Shell.Result colon = Shell.run("bash", copy.toString(), "explain", "1", "2");
    assertEquals(2, colon.code());
    assertEquals(
        "sigmax: there is a colon in the path of Sigmax, "
            + copy.getParent().getParent().toRealPath()
            + ", which ends a path on Java's class path. Move it.\n",
        colon.err());
  }

  @Test
  void aSparkThatIsNotThereIsToldAndNotUsed() {
    Shell.Result version = Shell.run("env", "SPARK_HOME=/nowhere", SCRIPT, "version");
    assertEquals(0, version.code(), version.err());
    assertTrue(version.out().startsWith("sigmax "), version.out());
    assertEquals(
        "sigmax: SPARK_HOME is /nowhere, where no bin/spark-submit is; using the Spark of Sigmax\n",
        version.err());
    assertEquals("", Shell.run("env", "SPARK_HOME=", SCRIPT, "version").err());
  }

  @Test
  void theJarAloneSaysThatItNeedsSpark() {
    Shell.Result alone = Shell.run(REAL_JAVA + "/bin/java", "-jar", "target/sigmax.jar", "score");
    assertEquals(2, alone.code());
    assertTrue(alone.err().startsWith("sigmax: there is no Spark on the class path"), alone.err());
  }

  @Test
  void whatMayNotBeReadIsToldWithTheReasonAndWhatToDo() throws IOException {
    Path closed = Files.createDirectories(folder.resolve("closed/sub")).getParent();
    Files.copy(Path.of("jobs/data/digits.parquet"), closed.resolve("a.parquet"));
    Files.createSymbolicLink(folder.resolve("link.parquet"), closed.resolve("a.parquet"));
    Path job = Files.writeString(folder.resolve("j.yaml"), "task: binary\n");
    String nothing = "---------";
    for (Path path : List.of(closed, job)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(nothing));
    }
    try {
      for (String input :
          List.of("closed/a.parquet", "closed/sub/*.parquet", "closed/*", "closed")) {
        assertMayNotBeRead(
            3,
            closed.toString(),
            "[INPUT_NO_PERMISSION]",
            "inspect",
            folder.resolve(input).toString());
      }
      String link = folder.resolve("link.parquet").toString();
      assertMayNotBeRead(3, link, "[INPUT_NO_PERMISSION]", "inspect", link);
      assertMayNotBeRead(2, job.toString(), "[JOB_FILE]", "score", job.toString());
      Shell.Result none = Shell.runUnprivileged(SCRIPT, "inspect", folder + "/none/a.parquet");
      assertTrue(none.err().contains("[INPUT_NOT_FOUND]"), none.err());
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static void assertMayNotBeRead(int code, String what, String name, String... command) {
    Shell.Result told = Shell.runUnprivileged(with(new String[] {SCRIPT}, command));
    assertEquals(code, told.code(), told.err());
    assertTrue(told.err().startsWith("sigmax: cannot "), told.err());
    assertTrue(told.err().contains("no permission (" + what), told.err());
    assertTrue(told.err().endsWith("Let this user read it, or run as one who may. " + name + "\n"));
  }
}
