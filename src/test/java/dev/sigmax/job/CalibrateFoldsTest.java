package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** Cross-validation where logits repeat, as those of trees and of rounded scores do. */
class CalibrateFoldsTest extends JobTest {
  private JsonNode fitted(String input, String... options) throws IOException {
    Path file = folder.resolve("calibration.json");
    Files.deleteIfExists(file);
    List<String> all =
        new ArrayList<>(List.of("calibrate", input, "--label", "y", "--write", file.toString()));
    all.addAll(List.of(options));
    Program run = Program.run(all.toArray(new String[0]));
    assertEquals(0, run.code(), run.err());
    return new ObjectMapper().readTree(file.toFile());
  }

  /** Logits that are three times too large: of the leaf i the label holds with sigmoid(z / 3). */
  private static String tree(int rows, String logits) {
    return "SELECT z AS logit, (hash(i) % 1000003) / 1000003.0 < 1 / (1 + exp(-z / 3)) AS y, i AS id"
        + " FROM (SELECT i, (["
        + logits
        + "])[(1 + hash(i + 7) % 4)::INT]::DOUBLE AS z FROM range("
        + rows
        + ") t(i))";
  }

  /**
   * The least loss of four leaves is the entropy of their labels, which four leaves' rates have.
   */
  @Test
  void equalRowsAreSpreadOverTheFolds() throws IOException {
    input("a.parquet", tree(20_000, "-9, -2, 3, 8"));
    JsonNode loss = fitted(in().toString(), "--logits", "logit").at("/fitted/loss");
    double after = loss.get("after").asDouble();
    double heldOut = loss.get("held_out").asDouble();
    // Two parameters of 20,000 rows cost a held-out row some 2 / 20,000 nats.
    assertTrue(Math.abs(heldOut - after) < 0.002, loss.toString());
    assertTrue(heldOut < loss.get("before").asDouble(), loss.toString());
  }

  @Test
  void twoLevelsHeldOutCostTheEntropyOfTheirLabels() throws IOException {
    input(
        "a.parquet",
        "SELECT CASE WHEN i % 2 = 0 THEN 5 ELSE -5 END::DOUBLE AS logit,"
            + " ((i // 2) % 5 < 3) = (i % 2 = 0) AS y, i AS id FROM range(10000) t(i)");
    JsonNode loss = fitted(in().toString(), "--logits", "logit").at("/fitted/loss");
    double entropy = -0.6 * Math.log(0.6) - 0.4 * Math.log(0.4);
    assertEquals(entropy, loss.get("after").asDouble(), 1e-6);
    assertEquals(entropy, loss.get("held_out").asDouble(), 1e-3);
  }

  @Test
  void equalRowsFallIntoTheSameFoldsHoweverTheyAreSpread() throws IOException {
    String rows =
        "SELECT *, (id % 3 + 1) / 2.0::DOUBLE AS weight FROM (" + tree(4_000, "-9, -2, 3, 8") + ")";
    input("one/a.parquet", rows);
    for (int i = 0; i < 5; i++) {
      input(
          "many/" + i + ".parquet",
          "SELECT * FROM (" + rows + ") WHERE hash(id + 3) % 5 = " + i + " ORDER BY random()");
    }
    for (List<String> weight : List.of(List.<String>of(), List.of("--weight", "weight"))) {
      List<String> options = new ArrayList<>(List.of("--logits", "logit"));
      options.addAll(weight);
      String[] all = options.toArray(new String[0]);
      JsonNode one = fitted(in().resolve("one").toString(), all);
      JsonNode many = fitted(in().resolve("many").toString(), all);
      assertEquals(one.at("/fitted/loss"), many.at("/fitted/loss"));
      assertEquals(one.get("slope"), many.get("slope"));
    }
  }

  private Program calibrate(String task, String... options) {
    List<String> all =
        new ArrayList<>(List.of("calibrate", in().toString(), "--label", "y", "--task", task));
    all.addAll(List.of("--write", folder.resolve("calibration.json").toString()));
    all.addAll(List.of(options));
    return Program.run(all.toArray(new String[0]));
  }

  @Test
  void logitsThatDoNotVaryWithoutAFoldAreToldInAUsersWords() {
    input(
        "a.parquet",
        "SELECT CASE WHEN i = 0 THEN 1 ELSE 0 END::DOUBLE AS logit, i % 2 = 0 AS y"
            + " FROM range(40) t(i)");
    Program run = calibrate("binary", "--logits", "logit");
    assertRefused(
        3,
        run,
        "no calibration can be fitted: without a fifth of the rows, the logits do not vary",
        "take more rows. [CALIBRATION_NOT_FITTED]");
    assertTrue(!run.err().contains("least"), run.err());
  }

  @Test
  void logitsThatAreAllTheSameSayNothing() {
    input(
        "a.parquet",
        "SELECT 1.5::DOUBLE AS logit_a, 0.5::DOUBLE AS logit_b, CASE WHEN i % 2 = 0 THEN 'a' ELSE"
            + " 'b' END AS y FROM range(40) t(i)");
    Program run = calibrate("multiclass");
    assertRefused(3, run, "no calibration can be fitted: the logits say nothing of which class");
    input("a.parquet", "SELECT 1.5::DOUBLE AS logit, i % 2 = 0 AS y FROM range(40) t(i)");
    assertRefused(
        3,
        calibrate("binary", "--logits", "logit"),
        "no calibration can be fitted: the logits do not vary, or by too little to tell what they"
            + " are worth. Check that --logits names the scores of the model.");
  }
}
