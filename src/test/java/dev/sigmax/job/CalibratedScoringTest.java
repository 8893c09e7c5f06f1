package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs with a calibration; {@link JobTest} runs each on both paths. */
class CalibratedScoringTest extends JobTest {
  private static final String THREE =
      """
      {"task": "multiclass", "labels": ["a", "b", "c"], "temperature": 2.0, "bias": [0.5, -0.25, -0.25]}
      """;

  private String calibration(String text) {
    try {
      return Files.writeString(folder.resolve("calibration.json"), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Softmax of z / 2 + bias, in DuckDB's arithmetic. */
  private static String softmax(String label, String bias) {
    return "exp(logit_" + label + " / 2 + " + bias + ")";
  }

  private void assertBiased(double tolerance) {
    String a = softmax("a", "0.5");
    String b = softmax("b", "-0.25");
    String c = softmax("c", "-0.25");
    String sum = "(" + a + " + " + b + " + " + c + ")";
    List<List<Object>> expected =
        DuckDb.rows(
            "SELECT id, "
                + String.join(" / " + sum + ", ", a, b, c)
                + " / "
                + sum
                + " FROM '"
                + in()
                + "/*.parquet' ORDER BY id");
    List<List<Object>> found = outputRows("id, prob_a, prob_b, prob_c");
    assertEquals(expected.size(), found.size());
    for (int row = 0; row < expected.size(); row++) {
      for (int i = 1; i < 4; i++) {
        assertEquals(
            ((Number) expected.get(row).get(i)).doubleValue(),
            ((Number) found.get(row).get(i)).doubleValue(),
            tolerance);
      }
    }
  }

  @Test
  void aTemperatureAndABiasAreAppliedBeforeSoftmax() {
    String file = calibration(THREE);
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--calibration", file));
    assertEngine("columnar");
    assertBiased(1e-7);
    assertEquals("file:" + file, manifest().at("/job/calibration/path").asText());
    assertEquals(8, manifest().at("/job/calibration/crc32c").asText().length());
    assertEquals(0.5, manifest().at("/job/calibration/bias/0").asDouble());
    assertEquals(2.0, manifest().at("/job/calibration/temperature").asDouble());
    assertEquals(0, Program.run("verify", out().toString()).code());
  }

  @Test
  void doublesAreCalibratedToo() {
    String file = calibration(THREE);
    input("a.parquet", THREE_ROWS.replace("FLOAT", "DOUBLE"));
    assertPublished(score("multiclass", "--calibration", file));
    assertBiased(1e-15);
  }

  @Test
  void floatsMayGiveDoubles() {
    String file = calibration(THREE);
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--calibration", file, "--precision", "double"));
    assertBiased(1e-15);
  }

  @Test
  void arraysColumnsAndBadRowsGiveTheSame() {
    String file = calibration(THREE);
    input(
        "a.parquet",
        "SELECT i AS id, [IF(i % 11 = 3, 'nan'::FLOAT, sin(i)::FLOAT), IF(i % 13 = 5, NULL,"
            + " cos(i)::FLOAT), (i % 5)::FLOAT] AS z FROM range(3000) t(i)");
    assertPublished(
        score(
            "multiclass",
            "--logits",
            "z",
            "--labels",
            "a,b,c",
            "--on-bad-row",
            "null",
            "--calibration",
            file));
    List<List<Object>> arrays =
        DuckDb.rows(
            "SELECT id, probabilities[1]::VARCHAR, probabilities[2]::VARCHAR,"
                + " probabilities[3]::VARCHAR, row_sum::VARCHAR, row_issue FROM "
                + output()
                + " ORDER BY id");
    input(
        "../columns/a.parquet",
        "SELECT id, z[1] AS logit_a, z[2] AS logit_b, z[3] AS logit_c FROM '"
            + in()
            + "/a.parquet'");
    delete(out());
    assertPublished(
        scoreFrom(
            folder.resolve("columns").toString(),
            "multiclass",
            "--on-bad-row",
            "null",
            "--calibration",
            file));
    assertEquals(
        arrays,
        DuckDb.rows(
            "SELECT id, prob_a::VARCHAR, prob_b::VARCHAR, prob_c::VARCHAR, row_sum::VARCHAR,"
                + " row_issue FROM "
                + output()
                + " ORDER BY id"));
  }

  private static void delete(Path folder) {
    try {
      org.apache.commons.io.FileUtils.deleteDirectory(folder.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsAddedIsOfTheCalibratedLogits() {
    String file = calibration(THREE.replace("-0.25, -0.25", "-4, 3.5"));
    input(
        "a.parquet",
        "SELECT i AS id, sin(i)::FLOAT AS logit_a, cos(i)::FLOAT AS logit_b, 0.5::FLOAT AS logit_c"
            + " FROM range(200) t(i)");
    assertPublished(
        score(
            "multiclass",
            "--calibration",
            file,
            "--add",
            "prediction,confidence,top_k=2,margin,entropy"));
    assertEngine("columnar");
    assertEquals(
        List.of(List.of(200L, 0L, 0L, 0L, 0L)),
        DuckDb.rows(
            "SELECT count(*), count(*) FILTER (prediction != 'c'), count(*) FILTER (abs(entropy +"
                + " prob_a * ln(prob_a) + prob_b * ln(prob_b) + prob_c * ln(prob_c)) > 1e-6),"
                + " count(*) FILTER (abs(margin - (prob_c - greatest(prob_a, prob_b))) > 1e-6),"
                + " count(*) FILTER (confidence != prob_c) FROM "
                + output()));
    Program explained = Program.run("explain", out().toString(), "--where", "id = 7");
    assertTrue(explained.out().contains("prediction  c"), explained.out() + explained.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void whatIsAddedToArraysIsOfTheCalibratedLogitsAndTheCountsOfThoseThatWereRead(String type) {
    String file = calibration(THREE.replace("-0.25, -0.25", "-4, 3.5"));
    input(
        "a.parquet",
        "SELECT i AS id, [sin(i), cos(i), 0.5]::" + type + "[] AS z FROM range(200) t(i)");
    assertPublished(
        score(
            "multiclass",
            "--logits",
            "z",
            "--labels",
            "a,b,c",
            "--calibration",
            file,
            "--keep",
            "id",
            "--add",
            "margin,entropy"));
    assertEngine("columnar");
    assertEquals(
        List.of(List.of(200L, 0L, 0L)),
        DuckDb.rows(
            "WITH scored AS (SELECT probabilities[1]::DOUBLE AS a, probabilities[2]::DOUBLE AS b,"
                + " probabilities[3]::DOUBLE AS c, margin, entropy FROM "
                + output()
                + ") SELECT count(*), count(*) FILTER (abs(entropy + a * ln(a) + b * ln(b) + c *"
                + " ln(c)) > 1e-6), count(*) FILTER (abs(margin - (c - greatest(a, b))) > 1e-6)"
                + " FROM scored"));
    assertEquals(1.0, manifest().at("/distribution/logits/max").asDouble());
  }

  @Test
  void aTemperatureAloneGivesTheBitsOfTheOption() {
    String file =
        calibration(
            "{\"task\": \"multiclass\", \"labels\": [\"a\", \"b\", \"c\"], \"temperature\": 1.7}");
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--calibration", file));
    List<List<Object>> calibrated = outputRows("COLUMNS(*)::VARCHAR");
    delete(out());
    assertPublished(score("multiclass", "--temperature", "1.7"));
    assertEquals(calibrated, outputRows("COLUMNS(*)::VARCHAR"));
  }

  @Test
  void sigmoidsTakeASlopeAndAnOffsetEach() {
    String file =
        calibration(
            "{\"task\": \"multilabel\", \"labels\": [\"a\", \"b\", \"c\"], \"slope\": [0.5, 2, -1],"
                + " \"offset\": [1, 0, 0.25]}");
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multilabel", "--calibration", file));
    double sum =
        ((Number)
                DuckDb.value(
                    "SELECT sum(abs(prob_a - 1 / (1 + exp(-0.5 * logit_a - 1))) + abs(prob_b - 1 / (1"
                        + " + exp(-2 * logit_b))) + abs(prob_c - 1 / (1 + exp(logit_c - 0.25)))) FROM "
                        + output()
                        + " JOIN '"
                        + in()
                        + "/a.parquet' USING (id)"))
            .doubleValue();
    assertTrue(sum < 1e-6, "off by " + sum);
  }

  @Test
  void aBinaryTaskTakesOneSlope() {
    String file =
        calibration(
            "{\"task\": \"binary\", \"labels\": [\"no\", \"yes\"], \"slope\": [0.5], \"offset\":"
                + " [-1]}");
    input("a.parquet", "SELECT 1 AS id, 6.0::DOUBLE AS logit_yes");
    assertPublished(score("binary", "--labels", "no,yes", "--calibration", file));
    List<Object> tails = outputRows("prob_no, prob_yes").get(0);
    assertEquals(1 / (1 + Math.exp(2)), (double) tails.get(0), 1e-16);
    assertEquals(1 / (1 + Math.exp(-2)), (double) tails.get(1), 2e-16);
  }

  @Test
  void calibrationsThatDoNotFitAreRefused() {
    input("a.parquet", THREE_ROWS);
    String file = calibration(THREE);
    assertRefused(
        2,
        score("multilabel", "--calibration", file),
        "is of a multiclass task, and this one is multilabel",
        "[CALIBRATION_DOES_NOT_FIT]");
    assertRefused(
        2,
        score("multiclass", "--labels", "c,b,a", "--calibration", file),
        "of the classes a, b, c, and the job has c, b, a");
    assertRefused(
        2,
        score("multiclass", "--calibration", file, "--temperature", "2"),
        "a calibration and a temperature are given");
    assertRefused(
        3,
        score("multiclass", "--calibration", folder.resolve("none.json").toString()),
        "there is no calibration file",
        "[CALIBRATION_FILE]");
    for (String wrong :
        List.of(
            "",
            "null",
            "[]",
            "{",
            "{}",
            "{\"task\": \"multiclass\", \"labels\": [\"a\", \"b\", \"c\"]}",
            "{\"task\": \"multiclass\", \"labels\": [\"a\", \"b\", \"c\"], \"temperature\": 0}",
            "{\"task\": \"multiclass\", \"labels\": [\"a\", \"b\", \"c\"], \"temperature\": \"x\"}",
            "{\"task\": \"multiclass\", \"labels\": [\"a\", \"b\", \"c\"], \"temperature\": 1,"
                + " \"bias\": [1]}",
            "{\"task\": \"multilabel\", \"labels\": [\"a\"], \"slope\": [0], \"offset\": [0]}")) {
      assertRefused(
          3, score("multiclass", "--calibration", calibration(wrong)), "[CALIBRATION_FILE]");
    }
  }

  @Test
  void aJobWhoseCalibrationChangedIsAnotherRun() throws IOException {
    String file = calibration(THREE);
    Path job =
        Files.writeString(
            folder.resolve("job.yaml"),
            "input: in\noutput: out\ntask: multiclass\ncalibration: calibration.json\n");
    input("a.parquet", THREE_ROWS);
    assertPublished(Program.run("score", job.toString()));
    assertEquals(0, Program.run("verify", job.toString()).code());
    assertTrue(Program.run("score", job.toString()).out().contains("already published"));
    calibration(THREE.replace("0.5", "0.25"));
    Program verified = Program.run("verify", job.toString());
    assertEquals(6, verified.code());
    assertTrue(verified.err().contains("calibration was"), verified.err());
    assertEquals(5, Program.run("score", job.toString()).code());
    Files.delete(Path.of(file));
    assertEquals(6, Program.run("verify", job.toString()).code());
    assertEquals(0, Program.run("verify", out().toString()).code());
  }

  @Test
  void aCalibratedRunIsExplainedAndEvaluatedByItsManifest() throws IOException {
    String file = calibration(THREE);
    input("a.parquet", "SELECT *, ['b', 'a', 'c'][id] AS truth FROM (" + THREE_ROWS + ")");
    assertPublished(score("multiclass", "--calibration", file));
    Files.delete(Path.of(file));
    Program explained = Program.run("explain", out().toString(), "--where", "id = 1");
    assertEquals(0, explained.code(), explained.err());
    assertTrue(explained.out().contains("from its logits, calibrated"), explained.out());
    // 1.5 / 2 + 0.5
    assertTrue(explained.out().contains("a      1.25 "), explained.out());
    Program evaluated = Program.run("evaluate", out().toString(), "--label", "truth");
    assertTrue(evaluated.out().contains("from the logits of its input"), evaluated.out());
    double loss =
        ((Number)
                DuckDb.value(
                    "SELECT -avg(ln(CASE truth WHEN 'a' THEN prob_a WHEN 'b' THEN prob_b ELSE prob_c"
                        + " END)) FROM "
                        + output()))
            .doubleValue();
    assertTrue(
        evaluated.out().contains(String.format(java.util.Locale.ROOT, "loss      %.4f", loss)),
        evaluated.out());
    assertFalse(evaluated.err().contains("WARN"), evaluated.err());
  }
}
