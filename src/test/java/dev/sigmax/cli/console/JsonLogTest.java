package dev.sigmax.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.job.JobTest;
import dev.sigmax.testing.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** {@code --log-format json}: each line of standard error is an object. */
class JsonLogTest extends JobTest {
  private record Logged(int code, List<JsonNode> lines) {
    /** The only line whose message has a text in it. */
    JsonNode line(String text) {
      List<JsonNode> found =
          lines.stream().filter(each -> each.get("message").asText().contains(text)).toList();
      assertEquals(1, found.size(), () -> text + " in " + lines);
      return found.get(0);
    }
  }

  /** Runs the program, and then logs by the same process; all of what standard error got. */
  private static Logged logged(Runnable after, String... arguments) throws IOException {
    PrintStream before = System.err;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    Program run;
    System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try {
      run = Program.run(arguments);
      after.run();
    } finally {
      System.setErr(before);
      Configurator.reconfigure();
    }
    assertEquals("", run.err());
    List<JsonNode> lines = new ArrayList<>();
    for (String line : shown.toString(StandardCharsets.UTF_8).lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return new Logged(run.code(), lines);
  }

  private static Logged logged(String... arguments) throws IOException {
    return logged(() -> {}, arguments);
  }

  private Logged loggedScore(String... options) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("score", "--input", in().toString(), "--output", out().toString()));
    all.addAll(List.of("--task", "multiclass", "--log-format", "json"));
    all.addAll(List.of(options));
    return logged(all.toArray(String[]::new));
  }

  @Test
  void aWarningOfARunHasTimeLevelLoggerMessageAndRunId() throws IOException {
    input("a.parquet", "SELECT 0.25::FLOAT AS logit_a, 0.75::FLOAT AS logit_b FROM range(9)");
    Instant start = Instant.now().minusMillis(1);
    Logged run = loggedScore("--run-id", "monday");
    assertEquals(0, run.code());
    JsonNode warning = run.line("probabilities");
    assertEquals("WARN", warning.get("level").asText());
    assertEquals("dev.sigmax.job.ScoringJob", warning.get("logger").asText());
    assertEquals("monday", warning.get("run_id").asText());
    assertFalse(warning.has("stack_trace"), warning::toString);
    Instant time = Instant.parse(warning.get("timestamp").asText());
    assertFalse(time.isBefore(start) || time.isAfter(Instant.now()), time::toString);
  }

  @Test
  void anErrorIsOneLineWhateverItsMessageAndHasItsStackTraceIfAskedFor() throws IOException {
    input("a.parquet", "SELECT 'NaN'::FLOAT AS logit_a, 0.75::FLOAT AS logit_b");
    Logged run = loggedScore("--verbose", "--run-id", "tuesday");
    assertEquals(4, run.code());
    JsonNode error = run.line("[TOO_MANY_BAD_ROWS]");
    assertEquals("ERROR", error.get("level").asText());
    assertEquals("dev.sigmax.cli", error.get("logger").asText());
    assertEquals("tuesday", error.get("run_id").asText());
    assertTrue(error.get("stack_trace").asText().contains("\tat dev.sigmax."), error::toString);
  }

  @Test
  void aWrongCommandLineIsALineToo() throws IOException {
    Logged run = logged("score", "--inptu", "x", "--log-format=json");
    assertEquals(2, run.code());
    assertEquals("ERROR", run.line("[COMMAND_LINE]").get("level").asText());
    assertEquals(1, run.lines().size());
  }

  @Test
  void passwordsAndLocalSchemesAreTakenOut() throws IOException {
    Exception cause = new IOException("file:/tmp/a s3a://key:secret@bucket/b?token=abc&x=1");
    Logged run =
        logged(
            () -> LoggerFactory.getLogger("a.store").warn(cause.getMessage(), cause),
            "verify",
            path("nothing"),
            "--log-format",
            "json");
    JsonNode line = run.line("bucket");
    String expected = "/tmp/a s3a://(redacted)@bucket/b?token=(redacted)&x=1";
    assertEquals(expected, line.get("message").asText());
    assertTrue(
        line.get("stack_trace").asText().startsWith("java.io.IOException: " + expected),
        line::toString);
  }

  @Test
  void howFarARunIsIsInfoWithoutASecondName() throws IOException {
    Logged run =
        logged(
            () -> JsonLog.PROGRESS.info("scoring 4 rows"),
            "verify",
            path("x"),
            "--log-format=json");
    assertEquals("INFO", run.line("scoring 4 rows").get("level").asText());
  }

  @Test
  void anotherFormatIsRefused() {
    Program run = Program.run("verify", path("x"), "--log-format", "xml");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("--log-format takes text or json, not xml."), run.err());
  }
}
