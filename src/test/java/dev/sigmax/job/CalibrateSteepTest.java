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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Logits that are too large by any factor, as those of naive Bayes, and what has no calibration.
 * Against the same values of numpy as {@link CalibrateTest}: a factor changes slopes by that factor
 * and nothing else.
 */
class CalibrateSteepTest extends JobTest {
  private static final double CLOSE = 1e-11;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Path file() {
    return folder.resolve("calibration.json");
  }

  private Program calibrate(String label, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("calibrate", in().toString(), "--label", label, "--write", file().toString()));
    all.add("--replace");
    all.addAll(List.of(options));
    return Program.run(all.toArray(new String[0]));
  }

  private JsonNode written(String label, String... options) throws IOException {
    Program run = calibrate(label, options);
    assertEquals(0, run.code(), run.err());
    return JSON.readTree(file().toFile());
  }

  private static JsonNode golden(String name) throws IOException {
    return JSON.readTree(Path.of("src/test/resources/golden/calibrate.json").toFile()).get(name);
  }

  private static double at(JsonNode node, String place) {
    return node.at(place).asDouble();
  }

  private static void assertHeldOutIsNear(JsonNode golden, JsonNode written) {
    // Other logits fall into other folds.
    assertEquals(
        at(golden, "/loss/held_out"), at(written, "/fitted/loss/held_out"), 0.01, "held out");
  }

  @Test
  void temperaturesGrowWithTheLogits() throws IOException {
    for (double factor : new double[] {0x1p-40, 0x1p10, 0x1p24, 0x1p100}) {
      digits(factor);
      JsonNode written = written("digit");
      JsonNode golden = golden("digits");
      assertEquals(at(golden, "/temperature"), at(written, "/temperature") / factor, CLOSE);
      assertEquals(at(golden, "/loss/after"), at(written, "/fitted/loss/after"), CLOSE);
      assertHeldOutIsNear(golden, written);
    }
  }

  @Test
  void biasesStayAsTheyAre() throws IOException {
    digits(0x1p20);
    JsonNode written = written("digit", "--bias");
    JsonNode golden = golden("digits_bias");
    assertEquals(at(golden, "/temperature"), at(written, "/temperature") * 0x1p-20, CLOSE);
    for (int i = 0; i < 10; i++) {
      assertEquals(at(golden, "/bias/" + i), at(written, "/bias/" + i), CLOSE);
    }
    assertHeldOutIsNear(golden, written);
  }

  @Test
  void slopesShrinkWithTheLogits() throws IOException {
    for (double factor : new double[] {0x1p-40, 0x1p9, 0x1p24}) {
      List<String> traits = List.of("even", "prime", "has_loop", "at_least_5");
      input("a.parquet", stretched("traits", traits, factor));
      JsonNode written = written(String.join(",", traits));
      JsonNode golden = golden("traits");
      for (int i = 0; i < 4; i++) {
        assertEquals(at(golden, "/slope/" + i), at(written, "/slope/" + i) * factor, CLOSE);
        assertEquals(at(golden, "/offset/" + i), at(written, "/offset/" + i), CLOSE);
      }
      assertEquals(at(golden, "/loss/after"), at(written, "/fitted/loss/after"), CLOSE);
      assertHeldOutIsNear(golden, written);
    }
  }

  private void digits(double factor) {
    input(
        "a.parquet",
        stretched("digits", List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), factor));
  }

  private static String stretched(String sample, List<String> labels, double factor) {
    String columns =
        String.join(
            ", ",
            labels.stream()
                .map(
                    label ->
                        "logit_" + label + "::DOUBLE * " + factor + "::DOUBLE AS logit_" + label)
                .toList());
    return "SELECT * REPLACE (" + columns + ") FROM 'jobs/data/" + sample + ".parquet'";
  }

  private void assertNotFitted(String says, Program run) {
    assertEquals(3, run.code(), run.out() + run.err());
    assertTrue(run.err().contains("[CALIBRATION_NOT_FITTED]"), run.err());
    assertTrue(run.err().contains(says), run.err());
    assertFalse(Files.exists(file()));
  }

  @Test
  void labelsOfTheSmallestLogitAreCalledThat() {
    input(
        "a.parquet",
        "SELECT i % 2 AS truth, ((i % 2) * (1 + i % 7))::DOUBLE * -1 AS logit_1, ((1 - i % 2) * (1 + i"
            + " % 5))::DOUBLE * -1 AS logit_0, i AS id FROM range(400) t(i)");
    assertNotFitted("the smallest logit is right in every row", calibrate("truth"));
  }

  @Test
  void logitsThatAreAllTheSameDoNotVary() {
    input(
        "a.parquet", "SELECT i % 3 = 0 AS truth, 4::DOUBLE AS logit, i AS id FROM range(400) t(i)");
    assertNotFitted(
        "the logits do not vary", calibrate("truth", "--task", "binary", "--logits", "logit"));
  }

  /** Only row 17 is wrong: without its fold, logits may be stretched without an end. */
  @Test
  void aFoldWithoutAMinimumIsNoMeasure() {
    input(
        "a.parquet",
        "SELECT i % 2 AS truth, IF((i % 2 = 0) != (i = 17), 1 + i % 3, 0)::DOUBLE AS logit_0,"
            + " IF((i % 2 = 1) != (i = 17), 1 + i % 3, 0)::DOUBLE AS logit_1, i AS id FROM range(200)"
            + " t(i)");
    assertNotFitted("without a fifth of the rows", calibrate("truth"));
  }

  @Test
  void logitsWhoseSquaresOverflowAreCalledThat() {
    input(
        "a.parquet",
        "SELECT i % 3 = 0 AS truth, 1e200 * sin(i) AS logit, i AS id FROM range(400) t(i)");
    assertNotFitted(
        "beyond the range of doubles", calibrate("truth", "--task", "binary", "--logits", "logit"));
  }
}
