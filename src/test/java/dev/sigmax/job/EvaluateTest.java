package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Against scikit-learn's values, which scripts/golden_evaluate.py wrote down. */
class EvaluateTest extends JobTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final double CLOSE = 1e-12;

  private static Program evaluate(String... arguments) {
    List<String> all = new ArrayList<>(List.of("evaluate"));
    all.addAll(Arrays.asList(arguments));
    return Program.run(all.toArray(new String[0]));
  }

  private static JsonNode json(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--json");
    Program run = evaluate(all.toArray(new String[0]));
    assertEquals(0, run.code(), run.err());
    try {
      return new ObjectMapper().readTree(run.out());
    } catch (IOException e) {
      throw new UncheckedIOException(run.out(), e);
    }
  }

  private static JsonNode golden(String name) {
    try {
      return new ObjectMapper().readTree(GOLDEN.resolve("evaluate.json").toFile()).at("/" + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every value of {@code expected} is there, numbers to 1e-12. */
  private static void assertAgrees(JsonNode expected, JsonNode actual, String where) {
    if (expected.isObject()) {
      for (Map.Entry<String, JsonNode> field : expected.properties()) {
        assertTrue(actual.has(field.getKey()), where + " has no " + field.getKey());
        assertAgrees(field.getValue(), actual.get(field.getKey()), where + "/" + field.getKey());
      }
    } else if (expected.isNumber()) {
      assertTrue(actual.isNumber(), where + " is " + actual);
      double value = expected.asDouble();
      assertEquals(value, actual.asDouble(), CLOSE * Math.max(1, Math.abs(value)), where);
    } else {
      assertEquals(expected, actual, where);
    }
  }

  @Test
  void theSampleDataIsAsScikitLearnSays() {
    JsonNode digits = json("jobs/data/digits.parquet", "--label", "digit");
    assertAgrees(golden("digits"), digits, "digits");
    assertEquals("multiclass", digits.at("/task").asText());
    assertEquals(899, digits.at("/rows").asInt());
    assertEquals(899, digits.at("/labelled").asInt());
    assertAgrees(
        golden("digits"),
        json("jobs/data/digits_array.parquet", "--label", "digit", "--logits", "logits"),
        "digits_array");
    assertAgrees(
        golden("traits"),
        json("jobs/data/traits.parquet", "--label", "even,prime,has_loop,at_least_5"),
        "traits");
    assertAgrees(
        golden("tumours"),
        json(
            "jobs/data/tumours.parquet",
            "--label",
            "benign",
            "--logits",
            "logit",
            "--labels",
            "malignant,benign"),
        "tumours");
  }

  private void assertHardCase(String name, String label, String logits) {
    JsonNode expected = golden(name);
    String labels =
        String.join(",", new ObjectMapper().convertValue(expected.at("/labels"), String[].class));
    input(
        name + "/a.parquet",
        "SELECT * FROM read_csv('"
            + GOLDEN.resolve("evaluate-" + name + ".csv")
            + "', types = {'weight': 'DOUBLE', '"
            + logits.replace(",", "': 'DOUBLE', '")
            + "': 'DOUBLE'})");
    String[] plain = {
      in().resolve(name).toString(),
      "--label",
      label,
      "--logits",
      logits,
      "--task",
      expected.at("/task").asText(),
      "--labels",
      labels
    };
    assertAgrees(expected.at("/plain"), json(plain), name);
    List<String> weighted = new ArrayList<>(Arrays.asList(plain));
    weighted.addAll(List.of("--weight", "weight"));
    assertAgrees(
        expected.at("/weighted"), json(weighted.toArray(new String[0])), name + " weighted");
  }

  @Test
  void tiesAnAbsentClassAndWeightsAreAsScikitLearnSays() {
    assertHardCase("ties", "truth", "logit_0,logit_1,logit_2,logit_3");
  }

  @Test
  void logitsFarApartAreAsScikitLearnSays() {
    assertHardCase("far", "truth", "logit_0,logit_1,logit_2");
  }

  @Test
  void binaryTiesAreAsScikitLearnSays() {
    assertHardCase("binary", "truth", "logit_0");
  }

  @Test
  void labelsThatAlwaysOrNeverHoldAreAsScikitLearnSays() {
    assertHardCase("labels", "is_*", "logit_0,logit_1,logit_2");
  }

  @Test
  void anyPartitioningGivesTheSameBits() {
    String rows =
        "SELECT *, (hash(image_id) % 1000) / 7.0::DOUBLE AS weight FROM 'jobs/data/digits.parquet'";
    input("one/a.parquet", rows);
    for (int i = 0; i < 7; i++) {
      input(
          "many/" + i + ".parquet",
          "SELECT * FROM (" + rows + ") WHERE hash(image_id) % 7 = " + i + " ORDER BY random()");
    }
    for (String weight : List.of("", "weight")) {
      String one = withoutItsSource("one", weight);
      assertEquals(one, withoutItsSource("many", weight));
      assertTrue(one.contains("\"rows\" : 899"), one);
    }
  }

  private String withoutItsSource(String inputs, String weight) {
    List<String> arguments =
        new ArrayList<>(List.of(in().resolve(inputs).toString(), "--label", "digit", "--json"));
    if (!weight.isEmpty()) {
      arguments.addAll(List.of("--weight", weight));
    }
    Program run = evaluate(arguments.toArray(new String[0]));
    assertEquals(0, run.code(), run.err());
    return run.out().replaceFirst("\"source\".*\n", "");
  }

  @Test
  void aPublishedRunIsEvaluatedFromItsInputsLogits() {
    input("a.parquet", "SELECT * FROM 'jobs/data/traits.parquet'");
    assertPublished(score("multilabel"));
    JsonNode run = json(out().toString(), "--label", "even,prime,has_loop,at_least_5");
    assertAgrees(golden("traits"), run, "traits");
    assertTrue(run.at("/source").asText().contains("from the logits of its input"));
  }

  @Test
  void thresholdsOfARunAreThoseOfItsEvaluation() {
    input("a.parquet", "SELECT * FROM 'jobs/data/traits.parquet'");
    assertPublished(
        score("multilabel", "--add", "prediction", "--thresholds", "even=0.9,prime=0.2"));
    String[] traits = {"even", "prime", "has_loop", "at_least_5"};
    StringBuilder right = new StringBuilder("0");
    for (String trait : traits) {
      right.append(" + (list_contains(prediction, '" + trait + "') = " + trait + ")::INT");
    }
    double accuracy =
        ((Number) DuckDb.value("SELECT avg((" + right + ") / 4.0) FROM " + output())).doubleValue();
    String label = String.join(",", traits);
    assertEquals(
        accuracy, json(out().toString(), "--label", label).at("/accuracy").asDouble(), 1e-12);
    assertEquals(
        accuracy,
        json("jobs/data/traits.parquet", "--label", label, "--thresholds", "even=0.9,prime=0.2")
            .at("/accuracy")
            .asDouble(),
        1e-12);
    assertEquals(
        golden("traits/accuracy").asDouble(),
        json(
                out().toString(),
                "--label",
                label,
                "--threshold",
                "0.5",
                "--thresholds",
                "even=0.5,prime=0.5")
            .at("/accuracy")
            .asDouble(),
        1e-12);
  }

  @Test
  void aRunThatLeftItsProbabilitiesOutIsEvaluatedFromItsInputAlone() throws IOException {
    Path file = input("a.parquet", "SELECT * FROM 'jobs/data/digits.parquet'");
    assertPublished(
        score("multiclass", "--layout", "none", "--add", "prediction", "--precision", "double"));
    assertAgrees(
        golden("digits/classes"), json(out().toString(), "--label", "digit").at("/classes"), "");
    Files.delete(file);
    Program gone = evaluate(out().toString(), "--label", "digit");
    assertEquals(3, gone.code(), gone.out());
    assertTrue(gone.err().contains("has no probabilities in its output"), gone.err());
  }

  @Test
  void withoutItsInputARunIsEvaluatedFromItsProbabilities() throws IOException {
    Path file = input("a.parquet", "SELECT * FROM 'jobs/data/traits.parquet'");
    assertPublished(score("multilabel"));
    Files.delete(file);
    JsonNode run = json(out().toString(), "--label", "even,prime,has_loop,at_least_5");
    assertTrue(run.at("/wrong_function").isNull());
    assertEquals(golden("traits/loss").asDouble(), run.at("/loss").asDouble(), 1e-9);
    assertAgrees(golden("traits/classes"), run.at("/classes"), "classes");
    assertAgrees(golden("traits/ece"), run.at("/ece"), "ece");
  }

  @Test
  void ofAnOutputOnlyTheOptionsThatTheManifestAnswersAreRefused() {
    input("a.parquet", "SELECT * FROM 'jobs/data/tumours.parquet'");
    assertPublished(score("binary", "--logits", "logit"));
    String[] all = {out().toString(), "--label", "benign", "--threshold", "0.4"};
    String page = folder.resolve("page.html").toString();
    assertEquals(0, evaluate(with(all, "--html", page, "--json")).code());
    assertEquals(0, evaluate(with(all, "--html", page, "--replace")).code());
    Program run = evaluate(with(all, "--temperature", "2", "--logits", "logit"));
    assertEquals(2, run.code(), run.out());
    assertTrue(
        run.err().contains("how it was scored: leave out --logits, --temperature. [OPTIONS"),
        run.err());
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void floatProbabilitiesOfARunAreEvaluatedAsWritten() {
    input("a.parquet", "SELECT * FROM 'jobs/data/digits.parquet'");
    assertPublished(score("multiclass"));
    JsonNode run = json(out().toString(), "--label", "digit");
    JsonNode golden = golden("digits");
    assertEquals(golden.at("/loss").asDouble(), run.at("/loss").asDouble(), CLOSE);
    assertEquals(golden.at("/brier").asDouble(), run.at("/brier").asDouble(), 1e-7);
    double written =
        ((Number)
                DuckDb.value(
                    "SELECT avg("
                        + String.join(
                            " + ",
                            IntStream.range(0, 10)
                                .mapToObj(
                                    i -> "(prob_" + i + "::DOUBLE - (digit = " + i + ")::INT) ** 2")
                                .toList())
                        + ") FROM "
                        + output()))
            .doubleValue();
    assertEquals(written, run.at("/brier").asDouble(), CLOSE);
  }

  @Test
  void rowsWithoutALabelOrWithoutProbabilitiesAreCountedAndLeftOut() {
    input(
        "a.parquet",
        "SELECT * FROM (VALUES (0, 'a', 1.5::DOUBLE, 0::DOUBLE), (1, NULL, 9, 0), (2, 'b', 'nan', 0),"
            + " (3, 'b', 0.5, 0.75)) t(id, truth, logit_a, logit_b)");
    JsonNode run = json(in().toString(), "--label", "truth");
    assertEquals(4, run.at("/rows").asInt());
    assertEquals(3, run.at("/labelled").asInt());
    assertEquals(1, run.at("/bad_rows").asInt());
    String text = evaluate(in().toString(), "--label", "truth").out();
    assertTrue(text.contains("unlabelled  1, null in the label: left out"), text);
    assertTrue(text.contains("bad rows    1, without probabilities: left out"), text);
    assertEquals(1.0, run.at("/accuracy").asDouble());
    assertEquals(1, run.at("/classes/b/support").asInt());
  }

  @Test
  void aLabelThatIsNoClassIsRefusedWithItsRow() {
    input(
        "a.parquet",
        "SELECT i AS id, IF(i = 2, 'cat', 'a') AS truth, 1.5::DOUBLE AS logit_a, 0::DOUBLE AS"
            + " logit_b FROM range(5) t(i)");
    Program run = evaluate(in().toString(), "--label", "truth");
    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains("a.parquet, row 2: the label cat is no class"), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void whatContradictsItselfIsRefused() {
    input("a.parquet", "SELECT *, true AS no_label FROM (" + THREE_ROWS + ")");
    String in = in().toString();
    assertEquals(2, evaluate(in).code());
    assertEquals(3, evaluate(in, "--label", "nothing").code());
    assertEquals(3, evaluate(in, "--label", "id", "--weight", "nothing").code());
    assertEquals(3, evaluate(folder.resolve("nowhere").toString(), "--label", "id").code());
    assertEquals(2, evaluate(in, "--label", "id,no_label").code());
    assertEquals(2, evaluate(in, "--label", "id", "--threshold", "0.3").code());
    assertEquals(2, evaluate(in, "--label", "id", "--threshold", "x").code());
    assertEquals(2, evaluate(in, "--label", "id,no_label,logit_a", "--task", "multiclass").code());
    Program labels = evaluate(in, "--label", "id");
    assertEquals(3, labels.code());
    assertTrue(labels.err().contains("the label 1 is no class"), labels.err());
  }

  @Test
  void labelsMayBeAnArrayOfNamesOrOfFlags() {
    input(
        "a.parquet",
        "SELECT *, [even, prime, has_loop, at_least_5] AS flags, list_filter([IF(even, 'even', NULL),"
            + " IF(prime, 'prime', NULL), IF(has_loop, 'has_loop', NULL), IF(at_least_5,"
            + " 'at_least_5', NULL)], lambda x: x IS NOT NULL) AS named FROM"
            + " 'jobs/data/traits.parquet'");
    assertAgrees(golden("traits"), json(in().toString(), "--label", "flags"), "flags");
    assertAgrees(golden("traits"), json(in().toString(), "--label", "named"), "named");
    // In another order than the labels', and matched by name.
    assertAgrees(
        golden("traits"),
        json(in().toString(), "--label", "at_least_5,has_loop,prime,even"),
        "by name");
  }

  @Test
  void of101ClassesNoneHasBinsOfItsOwn() {
    input(
        "a.parquet",
        "SELECT (i % 101)::VARCHAR AS truth, list_transform(range(101), j -> CASE WHEN j = i % 101"
            + " THEN 3 ELSE 0 END)::FLOAT[] AS logits FROM range(202) t(i)");
    JsonNode many = json(in().toString(), "--label", "truth", "--logits", "logits");
    assertEquals(1, many.at("/classes/100/recall").asDouble());
    assertTrue(many.at("/classes/100/ece").isNull(), many.at("/classes/100").toString());
    assertEquals(0, many.at("/classes/100/reliability").size());
    JsonNode digits = json("jobs/data/digits.parquet", "--label", "digit");
    double weight = 0;
    for (JsonNode bin : digits.at("/classes/3/reliability")) {
      weight += bin.at("/weight").asDouble();
    }
    assertEquals(899, weight);
  }

  @Test
  void theTerminalShowsConfusionReliabilityAndTheWrongFunction() {
    Program run = evaluate("jobs/data/digits.parquet", "--label", "digit");
    assertEquals(0, run.code(), run.err());
    for (String part :
        List.of(
            "confusion matrix: true class in rows, predicted class in columns",
            "reliability: mean probability (|) and observed share (█), in bins of equal mass",
            "what sigmoid would have cost on the same rows",
            "binary cross-entropy  0.0226   0.9445",
            "█")) {
      assertTrue(run.out().contains(part), run.out());
    }
  }
}
