package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Fault;
import dev.sigmax.testing.HaltingRun;
import dev.sigmax.testing.SessionWrite;
import dev.sigmax.testing.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A JVM that was told nothing, as {@code java -cp} starts it: Arrow has no memory there. */
class PlainJvmTest extends JobTest {
  private static final String FLAG = "--add-opens=java.base/java.nio=ALL-UNNAMED";
  private static final String VALUES =
      "SELECT COLUMNS(*)::VARCHAR FROM '%s/*.parquet' ORDER BY ALL";

  @BeforeEach
  void someRows() {
    input(
        "a.parquet",
        "SELECT i AS id, (i % 97 / 10.0)::FLOAT AS logit_a, (i % 89 / 10.0)::FLOAT AS logit_b FROM"
            + " range(3000) t(i)");
  }

  private static Shell.Result run(Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Dlog4j2.configurationFile=conf/log4j2.properties",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName()));
    command.addAll(List.of(arguments));
    return Shell.run(command.toArray(new String[0]));
  }

  private Shell.Result scored(Path output, String engine) {
    return run(
        HaltingRun.class,
        Fault.HALT.name(),
        "0",
        "score",
        "--input",
        in().toString(),
        "--output",
        output.toString(),
        "--task",
        "multiclass",
        "--engine",
        engine);
  }

  @Test
  void theJobTakesTheRowsNamesTheFlagAndGivesTheSameBits() {
    Path plain = folder.resolve("plain");
    Shell.Result run = scored(plain, "auto");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains(FLAG), run.err());
    assertPublished(score("multiclass", "--engine", "columnar"));
    assertEquals(DuckDb.rows(VALUES.formatted(out())), DuckDb.rows(VALUES.formatted(plain)));
    Object why = DuckDb.value("SELECT engine.why FROM '" + plain + "/_sigmax/manifest.json'");
    assertTrue(why.toString().contains(FLAG), why.toString());
  }

  @Test
  void theColumnarEngineIsRefusedWithTheFlag() {
    Path plain = folder.resolve("plain");
    Shell.Result run = scored(plain, "columnar");
    assertEquals(2, run.code(), run.err());
    assertTrue(
        run.err().contains("the columnar engine cannot serve this job: this JVM"), run.err());
    assertTrue(run.err().contains(FLAG), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertFalse(plain.toFile().exists());
  }

  @Test
  void sessionWritesByRowsAndSaysWhy() {
    Path plain = folder.resolve("plain");
    Shell.Result run =
        run(SessionWrite.class, in().toString(), "sigmoid(logit_a) AS p", plain.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue((run.out() + run.err()).contains(FLAG), run.err());
    assertEquals(
        3000L,
        DuckDb.value("SELECT count(*) FROM '" + plain + "/*.parquet' WHERE p BETWEEN 0.5 AND 1"));
  }
}
