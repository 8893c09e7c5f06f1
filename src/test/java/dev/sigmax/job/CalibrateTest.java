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
 * Against values of numpy, scipy and scikit-learn, which scripts/golden_calibrate.py wrote down.
 */
class CalibrateTest extends JobTest {
  private static final double CLOSE = 1e-11;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Path file() {
    return folder.resolve("calibration.json");
  }

  private Program calibrate(String input, String label, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("calibrate", input, "--label", label, "--write", file().toString()));
    all.addAll(List.of(options));
    return Program.run(all.toArray(new String[0]));
  }

  private JsonNode written(String input, String label, String... options) throws IOException {
    Program run = calibrate(input, label, options);
    assertEquals(0, run.code(), run.err());
    JsonNode written = JSON.readTree(file().toFile());
    Files.delete(file());
    return written;
  }

  private static void assertGolden(String name, JsonNode written) throws IOException {
    JsonNode golden =
        JSON.readTree(Path.of("src/test/resources/golden/calibrate.json").toFile()).get(name);
    for (String key : List.of("temperature", "bias", "slope", "offset")) {
      assertEquals(golden.has(key), written.has(key), key);
      for (int i = 0; golden.has(key) && i < golden.get(key).size(); i++) {
        assertEquals(
            golden.at("/" + key + "/" + i).asDouble(),
            written.at("/" + key + "/" + i).asDouble(),
            CLOSE,
            key);
      }
    }
    assertEquals(
        golden.at("/temperature").asDouble(), written.at("/temperature").asDouble(), CLOSE);
    for (String key : List.of("before", "after", "held_out", "standard_error")) {
      assertEquals(
          golden.at("/loss/" + key).asDouble(),
          written.at("/fitted/loss/" + key).asDouble(),
          CLOSE,
          key);
    }
  }

  @Test
  void theSampleDataIsCalibratedAsNumpyDoesIt() throws IOException {
    assertGolden("digits", written("jobs/data/digits.parquet", "digit"));
    assertGolden("digits_bias", written("jobs/data/digits.parquet", "digit", "--bias"));
    assertGolden("traits", written("jobs/data/traits.parquet", "even,prime,has_loop,at_least_5"));
    assertGolden(
        "tumours",
        written(
            "jobs/data/tumours.parquet",
            "benign",
            "--logits",
            "logit",
            "--labels",
            "malignant,benign"));
  }

  @Test
  void weightsCountAndAnyPartitioningGivesTheSameBits() throws IOException {
    String rows =
        "SELECT *, (image_id % 7) / 4.0::DOUBLE AS weight FROM 'jobs/data/digits.parquet'";
    input("one/a.parquet", rows);
    for (int i = 0; i < 5; i++) {
      input(
          "many/" + i + ".parquet",
          "SELECT * FROM (" + rows + ") WHERE hash(image_id) % 5 = " + i + " ORDER BY random()");
    }
    JsonNode one = written(in().resolve("one").toString(), "digit", "--weight", "weight");
    assertGolden("digits_weighted", one);
    JsonNode many = written(in().resolve("many").toString(), "digit", "--weight", "weight");
    assertEquals(one.get("temperature"), many.get("temperature"));
    assertEquals(one.at("/fitted/loss"), many.at("/fitted/loss"));
    JsonNode biases = written(in().resolve("one").toString(), "digit", "--bias");
    assertEquals(
        biases.get("bias"),
        written(in().resolve("many").toString(), "digit", "--bias").get("bias"));
  }

  @Test
  void aCalibrationIsAppliedAndEvaluatedBesideWhatWasBefore() throws IOException {
    assertEquals(0, calibrate("jobs/data/digits.parquet", "digit").code());
    String file = file().toString();
    Program run =
        Program.run(
            "evaluate",
            "jobs/data/digits.parquet",
            "--label",
            "digit",
            "--calibration",
            file,
            "--json");
    JsonNode evaluation = JSON.readTree(run.out());
    JsonNode fitted = JSON.readTree(file().toFile()).at("/fitted/loss");
    assertEquals(fitted.get("after").asDouble(), evaluation.get("loss").asDouble(), 1e-12);
    assertEquals(fitted.get("before").asDouble(), evaluation.at("/before/loss").asDouble(), 1e-12);
    String text =
        Program.run(
                "evaluate", "jobs/data/digits.parquet", "--label", "digit", "--calibration", file)
            .out();
    assertTrue(text.contains("loss      0.1262  0.1212"), text);
    assertPublished(scoreFrom("jobs/data/digits.parquet", "multiclass", "--calibration", file));
    assertEquals(
        fitted.get("after").asDouble(),
        JSON.readTree(Program.run("evaluate", out().toString(), "--label", "digit", "--json").out())
            .get("loss")
            .asDouble(),
        1e-12);
  }

  @Test
  void anOutputIsToldAsThat() {
    assertPublished(scoreFrom("jobs/data/digits.parquet", "multiclass"));
    Program run = calibrate(out().toString(), "digit");
    assertEquals(3, run.code(), run.out());
    for (String part :
        List.of("is an output of Sigmax", "_sigmax/manifest.json", "[INPUT_IS_OWN_OUTPUT]")) {
      assertTrue(run.err().contains(part), run.err());
    }
    assertFalse(Files.exists(file()));
  }

  @Test
  void aCalibrationThatWouldNotHelpIsNotWritten() {
    // Calibrated to begin with: of 800 rows with logit log(3) three in four hold, and so on.
    input(
        "a.parquet",
        "SELECT (CASE WHEN i % 2 = 0 THEN ln(3) ELSE -ln(3) END)::DOUBLE AS logit_yes, CASE WHEN i %"
            + " 2 = 0 THEN (i // 2) % 4 < 3 ELSE (i // 2) % 4 = 0 END AS truth, i AS id FROM"
            + " range(1600) t(i)");
    Program run = calibrate(in().toString(), "truth");
    assertEquals(4, run.code(), run.out() + run.err());
    assertTrue(run.err().contains("would not help"), run.err());
    assertTrue(run.err().contains("[CALIBRATION_WOULD_NOT_HELP]"), run.err());
    assertFalse(Files.exists(file()));
  }

  @Test
  void rowsWithoutALabelOrAFiniteLogitAreLeftOut() throws IOException {
    String odd =
        " UNION ALL SELECT NULL, 1.0, 2.0 UNION ALL SELECT 'a', 'inf'::DOUBLE, 0 UNION ALL SELECT 'b', NULL,"
            + " 0 UNION ALL SELECT 'b', 0, '-inf'::DOUBLE";
    String rows =
        "SELECT IF((i * 7) % 10 < 8, 'a', 'b') AS truth, ((i * 13) % 17 / 3.0)::DOUBLE AS logit_a,"
            + " 0::DOUBLE AS logit_b FROM range(200) t(i)";
    input("plain/a.parquet", rows);
    input("odd/a.parquet", rows + odd);
    Program plain = calibrate(in().resolve("plain").toString(), "truth");
    String temperature = line(plain.out() + plain.err(), "temperature");
    Files.deleteIfExists(file());
    Program run = calibrate(in().resolve("odd").toString(), "truth");
    assertEquals(plain.code(), run.code(), run.err());
    String text = run.out() + run.err();
    assertEquals("204", line(text, "rows "));
    assertTrue(line(text, "fitted to").startsWith("200"), text);
    assertEquals(temperature, line(text, "temperature"));
  }

  private static String line(String text, String name) {
    return text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError(text));
  }

  private void assertNot(int code, String says, Program run) {
    assertEquals(code, run.code(), run.out() + run.err());
    assertTrue(run.err().contains(says), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void whatCannotBeFittedIsRefused() {
    input(
        "right/a.parquet",
        "SELECT i % 3 AS truth, (i % 3 = 0)::INT::DOUBLE AS logit_0, (i % 3 = 1)::INT::DOUBLE AS"
            + " logit_1, (i % 3 = 2)::INT::DOUBLE AS logit_2 FROM range(60) t(i)");
    assertNot(3, "right in every row", calibrate(in().resolve("right").toString(), "truth"));
    input(
        "wrong/a.parquet",
        "SELECT (i * 5) % 7 % 3 AS truth, -((i * 5) % 7 % 3 = 0)::INT::DOUBLE AS logit_0, -((i * 5) %"
            + " 7 % 3 = 1)::INT::DOUBLE + i % 2 AS logit_1, -((i * 5) % 7 % 3 = 2)::INT::DOUBLE AS"
            + " logit_2 FROM range(700) t(i)");
    Program wrong = calibrate(in().resolve("wrong").toString(), "truth");
    assertEquals(3, wrong.code(), wrong.out() + wrong.err());
    assertTrue(wrong.err().contains("[CALIBRATION_NOT_FITTED]"), wrong.err());
    input(
        "absent/a.parquet",
        "SELECT i % 2 AS truth, sin(i)::DOUBLE AS logit_0, cos(i)::DOUBLE AS logit_1, 1::DOUBLE AS"
            + " logit_2, true AS always FROM range(60) t(i)");
    assertNot(
        3,
        "no row has the label 2",
        calibrate(in().resolve("absent").toString(), "truth", "--bias"));
    assertNot(
        3,
        "always holds",
        calibrate(
            in().resolve("absent").toString(),
            "always",
            "--logits",
            "logit_0",
            "--task",
            "binary"));
    assertFalse(Files.exists(file()));
  }

  @Test
  void mistakesAreRefusedAsOfOtherCommands() throws IOException {
    input("a.parquet", "SELECT *, 'a' AS truth FROM (" + THREE_ROWS + ")");
    String in = in().toString();
    assertNot(2, "no label column", Program.run("calibrate", in, "--write", file().toString()));
    assertNot(2, "--write FILE", Program.run("calibrate", in, "--label", "truth"));
    assertNot(3, "there is no column nothing", calibrate(in, "nothing"));
    assertNot(3, "is no class", calibrate(in, "id"));
    assertNot(2, "Unknown option", calibrate(in, "truth", "--temperature", "2"));
    assertEquals(0, Program.run("calibrate", "--help").code());
    Files.writeString(file(), "mine");
    assertNot(5, "exists", calibrate("jobs/data/digits.parquet", "digit"));
    assertEquals("mine", Files.readString(file()));
    assertEquals(0, calibrate("jobs/data/digits.parquet", "digit", "--replace").code());
    assertTrue(Files.readString(file()).contains("temperature"));
  }
}
