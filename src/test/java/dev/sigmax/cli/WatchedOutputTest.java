package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.cli.console.WatchedOutput;
import dev.sigmax.job.JobTest;
import dev.sigmax.testing.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Standard output that takes nothing. */
class WatchedOutputTest extends JobTest {
  private static final String FULL = "No space left on device";

  /** Runs the program, whose writes to standard output fail. */
  private static Program run(String failure, String... arguments) {
    spark();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException(failure);
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        new Commands(new WatchedOutput(out), new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(arguments);
    return new Program(code, "", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aResultThatIsLostIsNoGoodEnd() {
    input("a.parquet", THREE_ROWS);
    for (String[] command :
        new String[][] {
          {"version"},
          {"score", "--help"},
          {"inspect", in().toString(), "--json"},
          {"explain", "1", "2"}
        }) {
      Program run = run(FULL, command);
      assertEquals(1, run.code(), command[0]);
      assertEquals(
          "sigmax: standard output cannot be written: " + FULL + ". [STANDARD_OUTPUT]\n",
          run.err());
    }
  }

  @Test
  void aRunWhoseSummaryIsLostIsPublishedAllTheSameAndSaysSo() {
    input("a.parquet", THREE_ROWS);
    String[] job = {
      "score", "--input", in().toString(), "--output", out().toString(), "--task", "multiclass"
    };
    Program run = run(FULL, job);
    assertEquals(1, run.code(), run.err());
    assertTrue(run.err().contains(FULL + ". [STANDARD_OUTPUT]\n"), run.err());
    String runId = manifest().get("run_id").asText();
    assertTrue(
        run.err().contains("The run had come to its end: published run " + runId), run.err());
    assertEquals(1, run(FULL, "verify", out().toString()).code());
    Program again = run(FULL, job);
    assertTrue(again.err().contains("The run had come to its end: already published"), again.err());
  }

  @Test
  void aFailureOfTheCommandKeepsItsCode() {
    Program run = run(FULL, "score", "/nowhere/a.yaml", "/nowhere/b.yaml");
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("[STANDARD_OUTPUT]"), run.err());
    assertTrue(Files.notExists(out()));
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoFailure() {
    input("a.parquet", THREE_ROWS);
    Program run = run("Broken pipe", "inspect", in().toString());
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.err());
  }
}
