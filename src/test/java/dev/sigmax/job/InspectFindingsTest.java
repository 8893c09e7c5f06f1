package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What looks wrong to inspect, and what does not; what it says of layout and task, and why. */
class InspectFindingsTest extends JobTest {
  /** Logits of three classes in 600 rows that no rule repeats; z sums to nothing in particular. */
  private static final String LOGITS =
      "SELECT i, [sin(i * 1.7) * 6, cos(i * 0.9) * 5 + 0.3, sin(i * 3.1 + 1) * 7] AS z"
          + " FROM range(600) t(i)";

  private static final String SOFTMAX =
      "list_transform(%1$s, lambda v: exp(v) / list_sum(list_transform(%1$s, lambda w: exp(w))))";

  private JsonNode inspect() {
    return inspect(in().toString());
  }

  private static JsonNode inspect(String input) {
    Program run = Program.run("inspect", input, "--json");
    assertEquals(0, run.code(), run.err());
    try {
      return new ObjectMapper().readTree(run.out());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(JsonNode inspection) {
    List<String> names = new ArrayList<>();
    inspection.get("looks_wrong").forEach(finding -> names.add(finding.get("name").asText()));
    return names;
  }

  private void assertFinds(String query, String... names) {
    input("a.parquet", query);
    JsonNode inspection = inspect();
    assertEquals(List.of(names), names(inspection), inspection::toPrettyString);
  }

  private static String columns(String array) {
    return "%1$s[1] AS logit_a, %1$s[2] AS logit_b, %1$s[3] AS logit_c".formatted(array);
  }

  private static String softmax(String array) {
    return SOFTMAX.formatted(array);
  }

  private static String at(JsonNode inspection, String pointer) {
    return inspection.at("/candidates/0" + pointer).asText();
  }

  @Test
  void realLogitsBringNoAlarm() {
    for (String[] data :
        new String[][] {
          {"digits", "multiclass", "digit", "per_class"},
          {"digits_array", "multiclass", "digit", "per_class"},
          {"traits", "multilabel", "even,prime,has_loop,at_least_5", "per_class"},
          {"tumours", "binary", "benign", "margin"}
        }) {
      JsonNode inspection = inspect("jobs/data/" + data[0] + ".parquet");
      assertEquals(List.of(), names(inspection), data[0]);
      assertEquals(data[1], at(inspection, "/likely_task/name"), data[0]);
      assertEquals(data[2], inspection.at("/candidates/0/label").asText("").replace("null", ""));
      assertEquals(data[3], at(inspection, "/layout/name"), data[0]);
      assertEquals(data[1], inspection.at("/job/task").asText(), data[0]);
    }
    assertFinds("SELECT i, " + columns("z") + " FROM (" + LOGITS + ")");
    assertTrue(inspect().at("/candidates/0/likely_task").isNull(), "nothing says which task");
  }

  @Test
  void aLabelIsProposedWithACommandThatWorks() {
    String animals =
        "SELECT i AS id, sin(i) + if(i % 3 = 0, 3, 0) AS logit_cat, sin(i * 2) + if(i % 3 = 1, 3, 0)"
            + " AS logit_dog, sin(i * 3) + if(i % 3 = 2, 3, 0) AS logit_bird, i % 3 AS species_id";
    input(
        "a.parquet",
        animals + ", ['cat', 'dog', 'bird'][1 + i % 3] AS species FROM range(90) t(i)");
    JsonNode byName = inspect();
    assertEquals("species", at(byName, "/label"));
    assertTrue(byName.at("/candidates/0/labels").isNull(), byName::toPrettyString);
    assertProposes("sigmax evaluate OUTPUT --label species");
    assertPublished(score("multiclass"));
    assertPublished(Program.run("evaluate", out().toString(), "--label", "species"));

    input("a.parquet", animals + " FROM range(90) t(i)");
    JsonNode byNumber = inspect();
    assertEquals("species_id", at(byNumber, "/label"));
    assertEquals("[\"0\",\"1\",\"2\"]", byNumber.at("/candidates/0/labels").toString());
    assertProposes("sigmax evaluate INPUT --label species_id --labels 0,1,2");
    assertPublished(
        Program.run("evaluate", in().toString(), "--label", "species_id", "--labels", "0,1,2"));
    assertPublished(score("multiclass", "--replace"));
    Program refused = Program.run("evaluate", out().toString(), "--label", "species_id");
    assertEquals(3, refused.code(), refused.err());
    assertTrue(refused.err().contains("evaluate the run's input instead"), refused.err());
  }

  @Test
  void anInputWithoutFilesOrRowsIsToldAsThat() throws IOException {
    Files.createDirectories(in());
    assertEquals(List.of("no_rows"), names(inspect()));
    assertProposes(
        "  - the input has no files: score would publish an empty output. Check the path.");
    assertFinds("SELECT 1 AS i, 1.5::FLOAT AS logit_a, 2::FLOAT AS logit_b LIMIT 0", "no_rows");
  }

  @Test
  void aTextThatIsALabelIsFoundInALargeRowGroupAndLargeTextsAreToldAsNotLookedAt() {
    String animals =
        "SELECT sin(i) + if(i % 3 = 0, 3, 0) AS logit_cat, sin(i * 2) + if(i % 3 = 1, 3, 0) AS"
            + " logit_dog, sin(i * 3) + if(i % 3 = 2, 3, 0) AS logit_bird,"
            + " repeat(md5(i::VARCHAR), 4) AS caption";
    String rows = " FROM range(400000) t(i)";
    // The captions alone take more than the 32 MiB up to which a row group is small.
    input("a.parquet", animals + ", ['cat', 'dog', 'bird'][1 + i % 3] AS species" + rows);
    JsonNode found = inspect();
    assertEquals("species", at(found, "/label"), found::toPrettyString);
    assertEquals("[\"caption\"]", found.at("/candidates/0/not_looked_at").toString());

    input("a.parquet", animals + rows);
    assertTrue(inspect().at("/candidates/0/label").isNull());
    assertProposes(
        "label    no column looks like the truth: beside the logits there is no column of whole"
            + " numbers, booleans or names of classes");
    assertProposes("         not looked at, as they are large texts or too many: caption");
  }

  @Test
  void theNumbersOfTwoClassesMayBeYesAndNo() {
    for (String[] each : new String[][] {{"i % 2", "0,1"}, {"i % 2 = 1", "false,true"}}) {
      input(
          "a.parquet",
          "SELECT sin(i) + if(i % 2 = 0, 3, 0) AS z_no, cos(i) + if(i % 2 = 1, 3, 0) AS z_yes, "
              + each[0]
              + " AS y FROM range(90) t(i)");
      assertProposes("sigmax evaluate INPUT --logits 'z_*' --label y --labels " + each[1]);
      assertPublished(
          Program.run(
              "evaluate", in().toString(), "--logits", "z_*", "--label", "y", "--labels", each[1]));
    }
  }

  private void assertProposes(String command) {
    Program inspected = Program.run("inspect", in().toString());
    assertEquals(0, inspected.code(), inspected.err());
    assertTrue(inspected.out().contains(command + "\n"), inspected.out());
  }

  @Test
  void anOrdinaryWeakClassifierIsNotTakenForOneThatWasSoftmaxedTwice() {
    String logits =
        "SELECT [0.3 * sin(i), 0.2 * cos(i), 0.4 * sin(2 * i)] AS z FROM range(300) t(i)";
    assertFinds("SELECT " + softmax("z") + " AS logits FROM (" + logits + ")", "probabilities");
  }

  @Test
  void probabilitiesAreTold() {
    assertFinds(
        "SELECT i, "
            + columns("p")
            + " FROM (SELECT i, "
            + softmax("z")
            + " AS p FROM ("
            + LOGITS
            + "))",
        "probabilities");
    assertEquals("multiclass", at(inspect(), "/likely_task/name"));
    assertFinds(
        "SELECT 1 / (1 + exp(-z[1])) AS logit_a, 1 / (1 + exp(-z[2])) AS logit_b FROM ("
            + LOGITS
            + ")",
        "probabilities");
    assertFinds("SELECT 1 / (1 + exp(-z[1])) AS logit FROM (" + LOGITS + ")", "probabilities");
  }

  @Test
  void softmaxOfSoftmaxIsTold() {
    String once = "SELECT i, " + softmax("z") + " AS p FROM (" + LOGITS + ")";
    String twice = "SELECT i, " + softmax("p") + " AS logits FROM (" + once + ")";
    assertFinds(twice, "softmaxed_twice");
    // 1 / (e + 2) and e / (e + 2)
    String sentence = inspect().at("/looks_wrong/0/sentence").asText();
    assertTrue(sentence.contains("0.2119 to 0.5761"), sentence);
    assertFinds(
        "SELECT i, " + columns("(logits::FLOAT[])") + " FROM (" + twice + ")", "softmaxed_twice");
  }

  @Test
  void logarithmsOfProbabilitiesAreTold() {
    assertFinds(
        "SELECT list_transform(p, lambda v: ln(v)::FLOAT) AS logits FROM (SELECT "
            + softmax("z")
            + " AS p FROM ("
            + LOGITS
            + "))",
        "log_probabilities");
    // Below 0, and no logarithms of probabilities.
    assertFinds("SELECT list_transform(z, lambda v: v - 20) AS logits FROM (" + LOGITS + ")");
  }

  @Test
  void pairsOfAMarginAreTold() {
    String pairs =
        "SELECT -z[1]::FLOAT AS logit_no, z[1]::FLOAT AS logit_yes FROM (" + LOGITS + ")";
    assertFinds(pairs, "pair");
    assertEquals("pair", at(inspect(), "/layout/name"));
    assertEquals("pair", inspect().at("/job/raw-layout").asText());
    assertEquals("binary", inspect().at("/job/task").asText());
    assertFinds("SELECT [-z[1], z[1]] AS raw FROM (" + LOGITS + ")", "pair");
    // Two logits that are nearly so.
    assertFinds("SELECT -z[1] + 0.001 AS logit_no, z[1] AS logit_yes FROM (" + LOGITS + ")");
    assertEquals("per_class", at(inspect(), "/layout/name"));
  }

  @Test
  void halfAMarginIsToldByLabelsAndByFewDifferentValues() {
    // Labels that come true as a sigmoid of 2m says, in order and without a random number.
    String labelled =
        "SELECT [-m, m] AS raw, (i * 0.6180339887) %% 1 < 1 / (1 + exp(-%d * m)) AS benign FROM"
            + " (SELECT i, 2.5 * sin(i * 1.7) AS m FROM range(4000) t(i))";
    assertFinds(labelled.formatted(2), "halved_pair");
    assertEquals("benign", at(inspect(), "/label"));
    assertEquals("doubled_margin", inspect().at("/job/raw-layout").asText());
    assertFinds(labelled.formatted(1), "pair");
    assertFinds(
        "SELECT [-m, m] AS raw FROM (SELECT round(sin(i), 1) AS m FROM range(500) t(i))",
        "halved_pair");
  }

  @Test
  void classesThatDoNotBehaveAreTold() {
    String other = " FROM (" + LOGITS + ")";
    assertFinds(
        "SELECT z[1] AS logit_a, z[2] AS logit_b, 0.5 AS logit_c" + other,
        "not_floating",
        "constant_class");
    assertFinds(
        "SELECT z[1] AS logit_a, z[2] AS logit_b, 0.5::DOUBLE AS logit_c" + other,
        "constant_class");
    assertFinds(
        "SELECT z[1] AS logit_a, z[2] AS logit_b, z[3] - 20 AS logit_c" + other, "never_largest");
    assertFinds(
        "SELECT z[1] AS logit_a, z[2] AS logit_b, z[3] + 20 AS logit_c" + other, "always_largest");
    assertFinds(
        "SELECT z[1] AS logit_a, z[2] AS logit_b, z[2] AS logit_c" + other,
        "same_values",
        "never_largest");
    // A masked class is no mistake, and too few rows say nothing.
    assertFinds(
        "SELECT z[1] AS logit_a, z[2] AS logit_b, '-inf'::DOUBLE AS logit_c" + other,
        "never_largest");
    assertFinds("SELECT z[1] AS logit_a, 0.5::DOUBLE AS logit_b" + other + " LIMIT 5");
  }

  @Test
  void valuesThatCannotBeScoredAreCounted() {
    input(
        "a.parquet",
        "SELECT i, CASE i WHEN 3 THEN NULL WHEN 4 THEN 'nan'::FLOAT WHEN 5 THEN 'inf'::FLOAT WHEN 6"
            + " THEN '-inf'::FLOAT ELSE sin(i) END AS logit_a, cos(i)::FLOAT AS logit_b FROM"
            + " range(100) t(i)");
    JsonNode inspection = inspect();
    assertEquals(List.of("nulls", "nan", "infinite"), names(inspection));
    JsonNode sample = inspection.at("/candidates/0/sample");
    for (String count : List.of("nulls", "nan", "pos_inf", "neg_inf")) {
      assertEquals(1, sample.get(count).asInt(), count);
    }
    assertEquals(100, sample.get("rows").asInt());
    assertEquals("quarantine", inspection.at("/job/on-bad-row").asText());
  }

  @Test
  void whatCannotBeKeptAndWhatIsNoFloatStandsUnderLooksWrong() {
    assertFinds(
        "SELECT i, TIMESTAMP_NS '2026-01-01' AS at, uuid() AS key, 1 AS row_sum, z[1]::DECIMAL(9,3) AS"
            + " logit_a, z[2]::DECIMAL(9,3) AS logit_b FROM ("
            + LOGITS
            + ")",
        "not_floating",
        "not_kept",
        "not_kept",
        "not_kept");
    JsonNode inspection = inspect();
    assertTrue(inspection.at("/looks_wrong").toString().contains("microseconds"));
    assertEquals("[\"i\"]", inspection.at("/job/keep").toString());
  }

  @Test
  void scoresBesideTheLogitsAreNoAlarm() {
    assertFinds(
        "SELECT z AS logits, "
            + softmax("z")
            + " AS probs, 0.25 * i / 600 AS weight FROM ("
            + LOGITS
            + ")");
    assertEquals("logits", at(inspect(), "/logits"));
    assertFinds("SELECT " + softmax("z") + " AS a_probs, z AS z_logits FROM (" + LOGITS + ")");
    assertEquals("z_logits", at(inspect(), "/logits"));
  }

  @Test
  void arraysOfDifferentLengthsAreCounted() {
    assertFinds(
        "SELECT IF(i % 10 = 0, z[1:2], z) AS logits FROM (" + LOGITS + ")", "lengths_differ");
    JsonNode inspection = inspect();
    assertEquals("{\"2\":60,\"3\":540}", inspection.at("/candidates/0/sample/lengths").toString());
    assertEquals("3", inspection.at("/job/classes").asText());
  }

  @Test
  void whatARunFoundOutAboutItsRowsIsOfferedAsNoLogits() {
    input("a.parquet", THREE_ROWS);
    for (String[] options :
        new String[][] {
          {},
          {"--add", "margin"},
          {"--layout", "array", "--add", "prediction,confidence,margin,entropy"}
        }) {
      String output = out() + "-" + options.length;
      List<String> score =
          new ArrayList<>(
              List.of(
                  "score", "--input", in().toString(), "--output", output, "--task", "multiclass"));
      score.addAll(List.of(options));
      assertPublished(Program.run(score.toArray(new String[0])));
      JsonNode inspection = inspect(output);
      assertEquals("[]", inspection.get("candidates").toString());
      assertEquals(1, names(inspection).stream().filter("refused"::equals).count());
      assertTrue(inspection.at("/looks_wrong").toString().contains("is an output of Sigmax"));
    }
  }

  @Test
  void aColumnIsNamedAsItIsAlsoWhereItsNameLooksLikeASecretAndPathsHaveNone() {
    input(
        "x?sig=swordfish/a.parquet",
        "SELECT 1::FLOAT AS \"logit_q?token=zz\", 2::FLOAT AS logit_b, 3 AS \"a?password=id\"");
    JsonNode inspection = inspect(in().resolve("x?sig=swordfish").toString());
    List<String> names = new ArrayList<>();
    inspection.get("columns").forEach(column -> names.add(column.get("name").asText()));
    assertEquals(List.of("logit_q?token=zz", "logit_b", "a?password=id"), names);
    assertEquals(in() + "/x?sig=(redacted)", inspection.at("/job/input").asText());
    assertFalse(inspection.toString().contains("swordfish"), inspection::toPrettyString);
  }
}
