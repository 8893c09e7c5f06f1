package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code scripts/sigmax} takes options, and what it says where a run cannot begin. */
class ScriptIT {
  private static final String SCRIPT = "scripts/sigmax";
  private static final String REAL_JAVA = System.getProperty("java.home");

  @TempDir private Path folder;

  /** A Java that runs Spark's launcher, and prints every other command, an argument a line. */
  @BeforeEach
  void makeJavaThatTells() throws IOException {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        "#!/usr/bin/env bash\ncase \"$*\" in *launcher.Main*) exec "
            + REAL_JAVA
            + "/bin/java \"$@\" ;; esac\nprintf '%s\\n' \"$@\"\n");
    assertTrue(java.toFile().setExecutable(true));
  }

  private List<String> command(String... arguments) {
    return commandIn("SIGMAX=test", arguments);
  }

  /** The command that the script makes, with a variable of the environment. */
  private List<String> commandIn(String variable, String... arguments) {
    Shell.Result told =
        Shell.run(
            Stream.concat(
                    Stream.of("env", "JAVA_HOME=" + folder.resolve("jdk"), variable, SCRIPT),
                    Stream.of(arguments))
                .toArray(String[]::new));
    assertEquals(0, told.code(), told.err());
    return told.out().lines().toList();
  }

  private static void assertSays(int code, String says, String... arguments) {
    Shell.Result told =
        Shell.run(Stream.concat(Stream.of(SCRIPT), Stream.of(arguments)).toArray(String[]::new));
    assertEquals(code, told.code(), told.err());
    assertTrue(told.err().startsWith("sigmax: "), told.err());
    assertTrue(told.err().contains(says), told.err());
    assertTrue(told.err().lines().count() <= 2, told.err());
  }

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

  /** A file of so many bytes, which take no place on the disk. */
  private Path data(String name, long bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
      data.setLength(bytes);
    }
    return file;
  }

  private boolean hasOptimisingCompiler(String... arguments) {
    return !command(arguments).contains("-XX:TieredStopAtLevel=1");
  }

  @Test
  void littleDataIsScoredWithoutTheOptimisingCompiler() throws IOException {
    String little = data("in/dt=1/a.parquet", 100 << 20).toString();
    String much = data("in/dt=2/b.parquet", 300 << 20).toString();
    assertFalse(hasOptimisingCompiler("score", "--input", little, "--logits", "logit_*"));
    assertFalse(hasOptimisingCompiler("score", "--input=" + folder + "/in/dt=1/*.parquet"));
    assertFalse(hasOptimisingCompiler("verify", folder + "/in/dt=1"));
    assertFalse(hasOptimisingCompiler("history", folder + "/in"));
    assertFalse(hasOptimisingCompiler("score", "--help"));
    assertTrue(hasOptimisingCompiler("score", "--input", little, much));
    assertTrue(hasOptimisingCompiler("score", "--input", folder + "/in"));
    assertTrue(hasOptimisingCompiler("score", "--input", little, "s3a://bucket/in"));
    assertTrue(hasOptimisingCompiler("score", "--input-table", "lake.db.t", "--labels", little));
    assertTrue(hasOptimisingCompiler("score", "--master", "spark://h:1", "--input", little));
    assertTrue(hasOptimisingCompiler("score", "--input", "/nowhere"));
    List<String> off = commandIn("SIGMAX_LITTLE_DATA=off", "score", "--input", little);
    assertFalse(off.contains("-XX:TieredStopAtLevel=1"), off::toString);
  }

  @Test
  void theInputsOfAJobFileTellHowMuchDataThereIs() throws IOException {
    data("in/dt=1/a.parquet", 100 << 20);
    data("in/dt=2/b.parquet", 300 << 20);
    Files.createDirectories(folder.resolve("jobs"));
    String list =
        Files.writeString(
                folder.resolve("jobs/list.yaml"),
                "# a job\ninput:\n  - ../in/dt=${date}/*.parquet # of a day\noutput: ../in\n")
            .toString();
    assertFalse(hasOptimisingCompiler("score", list, "--set", "date=1"));
    assertTrue(hasOptimisingCompiler("score", list, "--set=date=2"));
    assertTrue(hasOptimisingCompiler("score", list, "--set", "date=3"));
    assertTrue(hasOptimisingCompiler("score", list));
    String line =
        Files.writeString(folder.resolve("jobs/line.yaml"), "task: binary\ninput: ['../in/dt=1']")
            .toString();
    assertFalse(hasOptimisingCompiler("score", line));
    assertFalse(hasOptimisingCompiler("verify", line));
    assertTrue(hasOptimisingCompiler("score", line, list, "--set", "date=2"));
    String table =
        Files.writeString(folder.resolve("jobs/table.yaml"), "input-table: lake.db.t").toString();
    assertTrue(hasOptimisingCompiler("score", table));
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
    assertTrue(small.err().contains("Check --master, --conf, --driver-memory and"), small.err());
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

  private static String[] with(String[] job, String... options) {
    return Stream.concat(Stream.of(job), Stream.of(options)).toArray(String[]::new);
  }

  @Test
  void theJarAloneSaysThatItNeedsSpark() {
    Shell.Result alone = Shell.run(REAL_JAVA + "/bin/java", "-jar", "target/sigmax.jar", "score");
    assertEquals(2, alone.code());
    assertTrue(alone.err().startsWith("sigmax: there is no Spark on the class path"), alone.err());
  }

  @Test
  void nothingIsSaidOfIncubatorsAndNothingElseIsLost() {
    assertEquals("", Shell.run(SCRIPT, "version").err());
    Shell.Result refused = Shell.run(SCRIPT, "score", "/nowhere.yaml");
    assertEquals("sigmax: there is no job file /nowhere.yaml. [JOB_FILE]\n", refused.err());
  }

  /** What Java is told of the locale: of its characters, of its messages, and of all else. */
  private String localeIn(String... environment) throws IOException {
    Path java = Files.createDirectories(folder.resolve("locale/bin")).resolve("java");
    Files.writeString(
        java,
        "#!/usr/bin/env bash\nprintf '%s ' \"$LC_CTYPE\" \"$LC_MESSAGES\" \"${LC_ALL-}${LANGUAGE-}${LANG-}${LC_TIME-}\"\n");
    assertTrue(java.toFile().setExecutable(true));
    String[] env = {"env", "-u", "LC_ALL", "JAVA_HOME=" + folder.resolve("locale")};
    Shell.Result told = Shell.run(with(with(env, environment), SCRIPT, "explain", "1", "2"));
    assertEquals(0, told.code(), told.err());
    return told.out().strip();
  }

  @Test
  void messagesOfTheSystemAreNotTranslatedAndNamesOfFilesAreUtf8() throws IOException {
    assertEquals("C.UTF-8 C", localeIn("LC_ALL=C.UTF-8", "LANGUAGE=de:fr"));
    assertEquals("C.UTF-8 C", localeIn("LC_CTYPE=C.UTF-8", "LANG=C"));
    assertEquals("C.UTF-8 C", localeIn("LC_ALL=C", "LC_MESSAGES=de_DE.UTF-8"));
    assertEquals("C.UTF-8 C", localeIn("LANG=C.UTF-8", "LC_CTYPE="));
  }

  /** To Java, one category that cannot be had is as if there were none. */
  @Test
  void aLocaleThatIsNotInstalledDoesNotHideNamesOfFiles() throws IOException {
    assertEquals("C.UTF-8 C", localeIn("LANG=xx_XX.UTF-8", "LC_TIME=xx_XX.UTF-8"));
    assertEquals("C.UTF-8 C", localeIn("LC_ALL=C.UTF-8", "LANG=xx_XX.UTF-8"));
    assertEquals("C.UTF-8 C", localeIn("LC_CTYPE=C.UTF-8", "LC_TIME=xx_XX.UTF-8"));
  }

  @Test
  void aFullDiskIsToldInEveryLanguage() {
    String german = folder.resolve("de_DE.UTF-8").toString();
    Shell.run("localedef", "-i", "de_DE", "-f", "UTF-8", german);
    assumeTrue(Files.isDirectory(Path.of(german)), "there is no German to be had");
    Shell.Result full =
        Shell.run(
            "env",
            "LOCPATH=" + folder,
            "LC_ALL=de_DE.UTF-8",
            "bash",
            "-c",
            SCRIPT + " explain 1 2 >/dev/full");
    assertEquals(
        "sigmax: standard output cannot be written: No space left on device. [STANDARD_OUTPUT]\n",
        full.err());
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

  @Test
  void aPageMayGoDownAPipe() {
    String page = " --label digit --html /dev/stdout --replace | grep -c '</html>'";
    Shell.Result told =
        Shell.run("bash", "-c", SCRIPT + " evaluate jobs/data/digits.parquet" + page);
    assertEquals("1\n", told.out(), told.err());
  }
}
