package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of the weight 0 are counted, and are otherwise as if they were not there. */
class WeightlessRowsTest extends JobTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Labels that are mostly those of the largest logit, weights of 1 and 2. */
  private static final String ROWS =
      "SELECT i AS id, sin(i * 7) * 3 AS logit_a, cos(i * 3) * 3 AS logit_b, sin(i) AS logit_c,"
          + " CASE WHEN i % 5 = 0 THEN 'c' WHEN sin(i * 7) > cos(i * 3) THEN 'a' ELSE 'b' END AS"
          + " truth, (1 + i % 2)::DOUBLE AS w FROM range(300) t(i)";

  private Path withWeightless(String logit) {
    return input(
        "with/a.parquet",
        ROWS
            + " UNION ALL SELECT 1000 + i, "
            + logit
            + ", 0, -9, ['a', 'b', 'c'][1 + i % 3], 0 FROM range(30) t(i)");
  }

  @Test
  void anEvaluationWithThemIsTheOneWithoutThem() throws IOException {
    JsonNode without = evaluated(input("without/a.parquet", ROWS));
    JsonNode with = evaluated(withWeightless("9"));
    assertEquals(330, with.get("rows").asInt());
    assertEquals(without.get("confusion"), with.get("confusion"));
    assertEquals(measures(without), measures(with));
  }

  private static JsonNode evaluated(Path input) throws IOException {
    Program run =
        Program.run("evaluate", input.toString(), "--label", "truth", "--weight", "w", "--json");
    assertEquals(0, run.code(), run.err());
    return JSON.readTree(run.out());
  }

  private static JsonNode measures(JsonNode evaluation) {
    return ((ObjectNode) evaluation).without(List.of("source", "rows", "labelled"));
  }

  @Test
  void aCalibrationWithThemIsTheOneWithoutThemWhateverTheirLogits() throws IOException {
    JsonNode without = calibrated(input("without/a.parquet", ROWS));
    JsonNode with = calibrated(withWeightless("1e200"));
    assertEquals(330, with.at("/fitted/rows").asInt());
    assertEquals(without.get("temperature"), with.get("temperature"));
    assertEquals(without.at("/fitted/loss"), with.at("/fitted/loss"));
  }

  private JsonNode calibrated(Path input) throws IOException {
    Program run = calibrate(input);
    assertEquals(0, run.code(), run.err());
    return JSON.readTree(file().toFile());
  }

  private Program calibrate(Path input) {
    return Program.run(
        "calibrate",
        input.toString(),
        "--label",
        "truth",
        "--weight",
        "w",
        "--write",
        file().toString(),
        "--replace");
  }

  private Path file() {
    return folder.resolve("calibration.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "calibrate"})
  void rowsThatAllWeighNothingAreRefused(String command) {
    Path rows = input("a.parquet", "SELECT * REPLACE (0::DOUBLE AS w) FROM (" + ROWS + ")");
    Program run =
        command.equals("calibrate")
            ? calibrate(rows)
            : Program.run("evaluate", rows.toString(), "--label", "truth", "--weight", "w");
    assertEquals(3, run.code(), run.out() + run.err());
    assertTrue(run.err().contains("300 rows"), run.err());
    assertTrue(run.err().contains("the weight 0 in w"), run.err());
    assertTrue(run.err().contains("[NOTHING_TO_EVALUATE]"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "calibrate"})
  void aNegativeWeightIsToldAsAMatterOfTheWeightAlone(String command) {
    Path rows = input("a.parquet", "SELECT * REPLACE (-1::DOUBLE AS w) FROM (" + ROWS + ")");
    Program run =
        command.equals("calibrate")
            ? calibrate(rows)
            : Program.run("evaluate", rows.toString(), "--label", "truth", "--weight", "w");
    assertEquals(3, run.code(), run.out() + run.err());
    assertTrue(
        run.err()
            .contains(
                "row 0: the weight -1.0 is no number from 0 up. Mend the column w, or leave out"
                    + " --weight. [WEIGHT_VALUE]"),
        run.err());
  }
}
