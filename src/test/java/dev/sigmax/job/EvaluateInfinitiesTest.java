package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Labels that are certain: their sigmoid is 1, and a softmax of their row is no probability. */
class EvaluateInfinitiesTest extends JobTest {
  private Program evaluate(String... more) {
    input(
        "a.parquet",
        "SELECT i AS id, CASE WHEN i = 3 THEN 'inf'::DOUBLE ELSE sin(i * 7) END AS logit_a,"
            + " cos(i * 3) AS logit_b, i % 2 = 1 AS a, i % 3 = 0 AS b FROM range(60) t(i)");
    String[] all = {"evaluate", in().toString(), "--label", "a,b", "--task", "multilabel"};
    String[] arguments = java.util.Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, arguments, all.length, more.length);
    return Program.run(arguments);
  }

  @Test
  void whatSoftmaxWouldSayOfThemIsNothing() throws IOException {
    Program run = evaluate("--json");
    assertEquals(0, run.code(), run.err());
    assertFalse(run.out().contains("NaN"), run.out());
    JsonNode wrong = new ObjectMapper().readTree(run.out()).at("/wrong_function");
    assertTrue(wrong.get("ece").isNull(), wrong.toString());
    JsonNode bins = wrong.get("reliability");
    // Two probabilities of 120 are none, and lie in one of 15 bins.
    assertEquals(15, bins.size());
    int without = 0;
    for (JsonNode bin : bins) {
      without += bin.get("probability").isNull() ? 1 : 0;
    }
    assertEquals(1, without, bins.toString());
  }

  @Test
  void theirPageIsMade() throws IOException {
    Path page = folder.resolve("page.html");
    Program run = evaluate("--html", page.toString());
    assertEquals(0, run.code(), run.err());
    String html = Files.readString(page);
    assertFalse(html.contains("NaN"), html);
    assertTrue(html.contains("The same with softmax"), html);
  }
}
