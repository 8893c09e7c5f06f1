package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.PlatformRun;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sessions that a platform has opened, whose serialiser is no longer to be chosen. */
class PlatformSessionTest extends JobTest {
  private static final Map<String, String> KRYO =
      Map.of(
          "spark.serializer",
          "org.apache.spark.serializer.KryoSerializer",
          "spark.kryo.registrationRequired",
          "true");

  /** So little memory that Spark cannot keep 20,000 rows of 50 logits in it. */
  private static final Map<String, String> KRYO_AND_LITTLE_MEMORY =
      Map.of(
          "spark.serializer",
          "org.apache.spark.serializer.KryoSerializer",
          "spark.kryo.registrationRequired",
          "true",
          "spark.testing.memory",
          "12000000",
          "spark.testing.reservedMemory",
          "1");

  /** A log that has what fits inform of. */
  private static final String LOG =
      """
      appender.console.type = Console
      appender.console.name = console
      appender.console.target = SYSTEM_ERR
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = %m%n
      rootLogger.level = warn
      rootLogger.appenderRef.console.ref = console
      logger.fit.name = dev.sigmax.job.calibrate
      logger.fit.level = info
      """;

  private static final String DIGITS = "jobs/data/digits.parquet";

  /** Above 16 files their footers are read by tasks. */
  private static final int FILES = 20;

  private static List<String> calibrate(Path input, String label, Path file) {
    return List.of(
        "calibrate",
        input.toString(),
        "--task",
        "multiclass",
        "--label",
        label,
        "--write",
        file.toString());
  }

  private static void assertWell(Shell.Result run) {
    assertEquals(0, run.code(), run.err());
  }

  private static Program here(List<String> command) {
    Program run = Program.run(command.toArray(new String[0]));
    assertPublished(run);
    return run;
  }

  @Test
  void whatKryoCannotWriteIsMeasuredAllTheSame() {
    List<String> evaluate =
        List.of("evaluate", DIGITS, "--task", "multiclass", "--label", "digit", "--json");
    Shell.Result run = PlatformRun.run(KRYO, evaluate);
    assertWell(run);
    assertEquals(here(evaluate).out(), run.out());
  }

  @Test
  void whatKryoCannotWriteIsFittedScoredAndVerifiedAllTheSame() throws IOException {
    Files.createDirectories(in());
    for (int i = 0; i < FILES; i++) {
      Files.copy(Path.of(DIGITS), in().resolve(i + ".parquet"));
    }
    Path fitted = folder.resolve("fitted.yaml");
    Path expected = folder.resolve("expected.yaml");
    Path scored = folder.resolve("scored");
    assertWell(
        PlatformRun.run(
            KRYO,
            calibrate(in(), "digit", fitted),
            List.of("inspect", in().toString()),
            List.of(
                "score",
                "--input",
                in().toString(),
                "--output",
                scored.toString(),
                "--task",
                "multiclass",
                "--logits",
                "logit_*",
                "--on-bad-row",
                "null"),
            List.of("verify", scored.toString())));
    here(calibrate(in(), "digit", expected));
    assertEquals(Files.readString(expected), Files.readString(fitted));
    assertPublished(score("multiclass", "--logits", "logit_*"));
    String all = "SELECT COLUMNS(*)::VARCHAR FROM '%s/*.parquet' ORDER BY ALL";
    assertEquals(DuckDb.rows(all.formatted(out())), DuckDb.rows(all.formatted(scored)));
  }

  @Test
  void rowsThatDoNotFitIntoMemoryAreFittedAllTheSame() throws IOException {
    input(
        "a.parquet",
        "SELECT (hash(i) % 50)::VARCHAR AS label, list_transform(range(50), x ->"
            + " ((hash(i * 50 + x) % 1000) / 300.0 + (CASE WHEN hash(i) % 50 = x THEN 1 ELSE 0"
            + " END))::FLOAT) AS logits FROM range(20000) t(i)");
    Path fitted = folder.resolve("fitted.yaml");
    Path expected = folder.resolve("expected.yaml");
    List<String> logits = List.of("--logits", "logits");
    Map<String, String> settings = new HashMap<>(KRYO_AND_LITTLE_MEMORY);
    settings.put(
        "log4j2.configurationFile",
        Files.writeString(folder.resolve("log.properties"), LOG).toString());
    Shell.Result run = PlatformRun.run(settings, with(calibrate(in(), "label", fitted), logits));
    assertWell(run);
    assertTrue(
        run.err()
            .contains(
                "spark.serializer is org.apache.spark.serializer.KryoSerializer: rows that do not fit"
                    + " into memory are read again for each pass of the fit."),
        run.err());
    here(with(calibrate(in(), "label", expected), logits));
    assertEquals(Files.readString(expected), Files.readString(fitted));
  }

  private static List<String> with(List<String> command, List<String> options) {
    return Stream.concat(command.stream(), options.stream()).toList();
  }
}
