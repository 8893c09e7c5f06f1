package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Reference;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that hold a margin with both signs, and what the job says of them. */
class RawLayoutTest extends JobTest {
  /** Margins m of both signs, from tiny ones to those whose sigmoid is all tail. */
  private static final String MARGINS =
      "SELECT i, (i - 50) * abs(i - 50) * 0.0171::%1$s AS m FROM range(101) t(i)"
          + " UNION ALL SELECT 200 + i, (i - 20) * 1e-5::%1$s FROM range(41) t(i)";

  private static final String BAD_ROWS =
      """
      SELECT * FROM (VALUES
        (0, 1.5::%1$s, -1.5::%1$s), (1, 0, 0), (2, '-0'::%1$s, 0), (3, 'inf', '-inf'), (4, '-inf', 'inf'),
        (5, 1.5, 1.5), (6, 1.5, -1.25), (7, 'inf', 'inf'), (8, 1.5, 'inf'), (9, 0, 1e-30),
        (10, 'nan', 1.5), (11, 1.5, 'nan'), (12, 'nan', 'nan'), (13, NULL, 1.5), (14, 1.5, NULL)
      ) t(id, logit_no, logit_yes)\
      """;

  private static final String ISSUES =
      "[[0, null], [1, null], [2, null], [3, null], [4, null], [5, pair], [6, pair], [7, pair],"
          + " [8, pair], [9, pair], [10, nan], [11, nan], [12, nan], [13, null], [14, null]]";

  private static String columns(String type) {
    return "SELECT i, -m::"
        + type
        + " AS logit_no, m::"
        + type
        + " AS logit_yes FROM ("
        + MARGINS.formatted(type)
        + ")";
  }

  private static String arrays(String type) {
    return "SELECT i, [-m::"
        + type
        + ", m::"
        + type
        + "] AS raw FROM ("
        + MARGINS.formatted(type)
        + ")";
  }

  private static double asDouble(Object value) {
    return ((Number) value).doubleValue();
  }

  private List<List<Object>> scored(String input, String probabilities) {
    List<List<Object>> rows =
        DuckDb.rows(
            "SELECT "
                + input
                + ", "
                + probabilities
                + " FROM '"
                + in()
                + "/*.parquet' JOIN "
                + output()
                + " USING (i)");
    assertEquals(142, rows.size());
    return rows;
  }

  /** Held against 60 digits: of floats every bit, of doubles one unit in the last place. */
  private void assertSigmoids(List<List<Object>> rows, double factor) {
    for (List<Object> row : rows) {
      double m = factor * asDouble(row.get(0));
      for (int tail = 1; tail <= 2; tail++) {
        BigDecimal expected = Reference.sigmoid(tail == 1 ? -m : m);
        if (row.get(tail) instanceof Float found) {
          assertEquals(expected.floatValue(), found, () -> "at " + m);
        } else if (expected.doubleValue() > Double.MIN_NORMAL) {
          assertTrue(Reference.ulps(expected, asDouble(row.get(tail))) <= 1, () -> "at " + m);
        }
      }
    }
  }

  @Test
  void aPairIsBothTailsOfTheSigmoidOfItsMargin() {
    for (String type : List.of("FLOAT", "DOUBLE")) {
      input("a.parquet", columns(type));
      assertPublished(score("binary", "--raw-layout", "pair", "--replace"));
      assertEquals("columnar", manifest().at("/engine/path").asText());
      assertEquals("[\"no\",\"yes\"]", manifest().at("/job/labels").toString());
      assertSigmoids(scored("logit_yes", "prob_no, prob_yes"), 1);

      input("a.parquet", arrays(type));
      assertPublished(score("binary", "--logits", "raw", "--raw-layout", "pair", "--replace"));
      assertEquals("columnar", manifest().at("/engine/path").asText());
      assertSigmoids(scored("raw[2]", "probabilities[1], probabilities[2]"), 1);
    }
  }

  @Test
  void aDoubledMarginIsTheSigmoidOfTwiceAsMuch() {
    for (String type : List.of("FLOAT", "DOUBLE")) {
      input("a.parquet", columns(type));
      assertPublished(score("binary", "--raw-layout", "doubled_margin", "--replace"));
      assertSigmoids(scored("logit_yes", "prob_no, prob_yes"), 2);
      input("a.parquet", arrays(type));
      assertPublished(
          score("binary", "--logits", "raw", "--raw-layout", "doubled_margin", "--replace"));
      assertSigmoids(scored("raw[2]", "probabilities[1], probabilities[2]"), 2);
      assertPublished(
          score(
              "binary",
              "--logits",
              "raw",
              "--raw-layout",
              "doubled_margin",
              "--temperature",
              "2",
              "--replace"));
      assertSigmoids(scored("raw[2]", "probabilities[1], probabilities[2]"), 1);
    }
  }

  @Test
  void twiceTheLargestMarginIsACertainty() {
    input(
        "a.parquet",
        "SELECT -m AS logit_no, m AS logit_yes FROM (VALUES (1.7e308), (-1.7e308)) t(m)");
    assertPublished(score("binary", "--raw-layout", "doubled_margin"));
    assertEquals(
        "[[0.0, 1.0, null], [1.0, 0.0, null]]",
        outputRows("prob_no, prob_yes, row_issue").toString());
    input(
        "a.parquet",
        "SELECT -m::FLOAT AS logit_no, m::FLOAT AS logit_yes FROM (VALUES (3.4e38), (-3.4e38)) t(m)");
    assertPublished(score("binary", "--raw-layout", "doubled_margin", "--replace"));
    assertEquals(
        "[[0.0, 1.0, null], [1.0, 0.0, null]]",
        outputRows("prob_no, prob_yes, row_issue").toString());
  }

  @Test
  void everyBadValueOfEitherHalfIsAnIssueOfItsRow() {
    for (String type : List.of("FLOAT", "DOUBLE")) {
      String rows = BAD_ROWS.formatted(type);
      input("a.parquet", rows);
      String[] options = {
        "--raw-layout",
        "pair",
        "--on-bad-row",
        "null",
        "--max-bad-rows",
        "99%",
        "--add",
        "prediction,confidence,margin,entropy",
        "--replace"
      };
      assertPublished(score("binary", options));
      assertIssues();
      assertEquals(
          "[[0, 0.8175745, 0.18242553], [1, 0.5, 0.5], [2, 0.5, 0.5], [3, 1.0, 0.0], [4, 0.0, 1.0]]",
          outputRows("id, prob_no::FLOAT, prob_yes::FLOAT").subList(0, 5).toString());

      input("a.parquet", "SELECT id, [logit_no, logit_yes] AS raw FROM (" + rows + ")");
      List<String> ofArrays = new ArrayList<>(Arrays.asList(options));
      ofArrays.addAll(List.of("--logits", "raw"));
      assertPublished(score("binary", ofArrays.toArray(new String[0])));
      assertIssues();
    }
  }

  private void assertIssues() {
    assertEquals(
        ISSUES.replace("[13, null]", "[13, 'null']").replace("[14, null]", "[14, 'null']"),
        outputRows("id, row_issue").toString().replaceAll("\\[(13|14), null]", "[$1, 'null']"));
    assertEquals(5, manifest().at("/checks/issues/pair").asInt());
    assertEquals(3, manifest().at("/checks/issues/nan").asInt());
    assertEquals(2, manifest().at("/checks/issues/null").asInt());
  }

  @Test
  void propagatedNaNsAreOfTheRowAndAPairThatIsNoneStaysAnIssue() {
    input("a.parquet", BAD_ROWS.formatted("FLOAT"));
    assertPublished(
        score(
            "binary",
            "--raw-layout",
            "doubled_margin",
            "--non-finite",
            "propagate",
            "--on-bad-row",
            "null",
            "--max-bad-rows",
            "99%"));
    assertEquals(
        "[[10, NaN, NaN, null], [11, NaN, NaN, null], [12, NaN, NaN, null]]",
        outputRows("id, prob_no, prob_yes, row_issue").subList(10, 13).toString());
    assertEquals(5, manifest().at("/checks/issues/pair").asInt());
    assertFalse(manifest().at("/checks/issues").has("nan"));
  }

  @Test
  void arraysOfAnotherLengthAreBadRows() {
    input(
        "a.parquet",
        "SELECT * FROM (VALUES (1, [-1.5, 1.5]), (2, [1.5]), (3, [1.5, -1.5, 0]), (4, [])) t(id, raw)");
    assertPublished(
        score(
            "binary",
            "--logits",
            "raw",
            "--classes",
            "2",
            "--raw-layout",
            "pair",
            "--precision",
            "double",
            "--on-bad-row",
            "null",
            "--max-bad-rows",
            "3"));
    assertEquals(
        "[[1, null], [2, length], [3, length], [4, empty]]",
        outputRows("id, row_issue").toString());
  }

  @Test
  void theFirstPairThatIsNoneIsNamed() {
    input("a.parquet", BAD_ROWS.formatted("DOUBLE"));
    assertRefused(
        4,
        score("binary", "--raw-layout", "pair"),
        "5 pair: two numbers that are not (-m, m)",
        "row 5: pair (1.5 and 1.5)");
  }

  @Test
  void aLayoutThatCannotBeIsRefused() {
    input("a.parquet", THREE_ROWS);
    assertRefused(
        2, score("multiclass", "--raw-layout", "pair"), "raw-layout pair", "--task binary");
    assertRefused(
        2, score("multilabel", "--raw-layout", "margin"), "take --task binary, or per_class");
    assertRefused(2, score("binary", "--raw-layout", "per_class"), "a binary task has one margin");
    assertRefused(2, score("binary", "--raw-layout", "pair"), "two numbers a row", "there are 3");
    assertRefused(
        2,
        score("binary", "--raw-layout", "doubled_margin", "--logits", "logit_a"),
        "there is one",
        "--raw-layout margin");
    assertRefused(2, score("binary", "--raw-layout", "pair", "--classes", "1"), "-m and m");
    assertRefused(2, score("binary", "--raw-layout", "pairs"), "must be one of margin, pair");
    assertRefused(
        2, score("binary", "--logits", "logit_a,logit_b"), "--raw-layout pair, or doubled_margin");
    assertRefused(
        2,
        score("binary", "--raw-layout", "doubled_margin", "--temperature", "1e-300"),
        "1.0E-300");
  }

  @Test
  void aJobThatContradictsItsDataIsWarned() {
    input("a.parquet", columns("FLOAT"));
    assertPublished(score("multiclass"));
    String warning = manifest().at("/warnings/0").asText();
    assertTrue(warning.contains("their softmax is the sigmoid of 2m"), warning);
    assertTrue(warning.contains("--raw-layout doubled_margin or pair"), warning);
    assertPublished(score("binary", "--raw-layout", "pair", "--replace"));
    assertEquals("[]", manifest().at("/warnings").toString());

    input(
        "a.parquet",
        "SELECT 999 AS i, 1::FLOAT AS logit_no, 2::FLOAT AS logit_yes UNION ALL "
            + columns("FLOAT"));
    assertPublished(score("multiclass", "--replace"));
    assertEquals("[]", manifest().at("/warnings").toString());
    assertPublished(score("binary", "--raw-layout", "pair", "--replace", "--on-bad-row", "null"));
    assertTrue(
        manifest().at("/warnings").toString().contains("in 1 of 50 sampled rows"),
        manifest().at("/warnings").toString());
  }

  @Test
  void aMultilabelJobOnPairsIsWarned() {
    input("a.parquet", columns("FLOAT"));
    assertPublished(score("multilabel"));
    String warning = manifest().at("/warnings/0").asText();
    assertTrue(warning.contains("are -m and m in every sampled row"), warning);
    assertTrue(warning.contains("one margin, and not two labels"), warning);
    assertTrue(warning.contains("--raw-layout doubled_margin or pair"), warning);

    input(
        "a.parquet",
        "SELECT 999 AS i, 1::FLOAT AS logit_no, 2::FLOAT AS logit_yes UNION ALL "
            + columns("FLOAT"));
    assertPublished(score("multilabel", "--replace"));
    assertEquals("[]", manifest().at("/warnings").toString());
  }

  @Test
  void aRunSaysItsLayoutAndIsFoundByIt() {
    input("a.parquet", columns("FLOAT"));
    assertPublished(score("binary", "--raw-layout", "pair"));
    assertEquals("pair", manifest().at("/job/raw-layout").asText());
    assertEquals(2, manifest().at("/job/classes").asInt());
    String pair = manifest().at("/fingerprint").asText();
    assertEquals(0, Program.run("verify", out().toString()).code());
    Program explained = Program.run("explain", out().toString(), "--where", "i = 51");
    assertEquals(0, explained.code(), explained.err());
    assertPublished(score("binary", "--raw-layout", "doubled_margin", "--replace"));
    assertFalse(pair.equals(manifest().at("/fingerprint").asText()));
    assertPublished(
        score("binary", "--logits", "logit_yes", "--raw-layout", "margin", "--replace"));
    assertTrue(manifest().at("/job/raw-layout").isMissingNode());
  }

  @Test
  void aPairIsCalibratedAndEvaluatedAsTheLogOddsItStandsFor() throws IOException {
    String tumours = "FROM 'jobs/data/tumours.parquet'";
    input("one/a.parquet", "SELECT logit AS z, benign " + tumours);
    input("two/a.parquet", "SELECT [-logit, logit] AS z, benign " + tumours);
    input("half/a.parquet", "SELECT [-logit / 2, logit / 2] AS z, benign " + tumours);
    JsonNode calibration = calibrated("one", "margin");
    assertEquals(calibration, calibrated("two", "pair"));
    assertEquals(calibration, calibrated("half", "doubled_margin"));
    JsonNode measured = withoutOther(evaluated("one", "margin"));
    assertEquals(measured, withoutOther(evaluated("two", "pair")));
    assertEquals(measured, withoutOther(evaluated("half", "doubled_margin")));

    String file = path("calibrated-one.json");
    String bits = "";
    for (String[] each :
        new String[][] {{"one", "margin"}, {"two", "pair"}, {"half", "doubled_margin"}}) {
      assertPublished(
          scoreFrom(
              in().resolve(each[0]).toString(),
              "binary",
              "--logits",
              "z",
              "--raw-layout",
              each[1],
              "--calibration",
              file,
              "--layout",
              "columns",
              "--replace"));
      String found = outputRows("*").toString();
      assertEquals(bits.isEmpty() ? found : bits, found);
      bits = found;
    }
  }

  private JsonNode calibrated(String input, String layout) throws IOException {
    Path file = Path.of(path("calibrated-" + input + ".json"));
    labelled("calibrate", input, layout, "--write", file.toString());
    JsonNode written = new ObjectMapper().readTree(file.toFile());
    return new ObjectMapper()
        .createArrayNode()
        .add(written.get("slope"))
        .add(written.get("offset"));
  }

  @Test
  void theOtherFunctionOfAPairIsTheSoftmaxOrSigmoidOfItsNumbers() throws IOException {
    String tumours = "FROM 'jobs/data/tumours.parquet'";
    input("one/a.parquet", "SELECT logit AS z, benign " + tumours);
    input("two/a.parquet", "SELECT [-logit, logit] AS z, benign " + tumours);
    input("half/a.parquet", "SELECT [-logit / 2, logit / 2] AS z, benign " + tumours);
    // A softmax of one number is always 1.
    JsonNode ofOne = evaluated("one", "margin").get("wrong_function");
    assertEquals("softmax", ofOne.get("name").asText());
    assertEquals("Infinity", ofOne.get("loss").asText());
    assertOther("softmax", "2 * logit", evaluated("two", "pair"));
    assertOther("softmax", "logit", evaluated("two", "pair", "--temperature", "2"));
    assertOther("sigmoid", "logit / 2", evaluated("half", "doubled_margin"));
    assertOther("sigmoid", "logit", evaluated("half", "doubled_margin", "--temperature", "0.5"));
  }

  /** Holds the other function's cost against that of a sigmoid of log-odds, by DuckDB. */
  private static void assertOther(String name, String logOdds, JsonNode evaluated) {
    JsonNode other = evaluated.get("wrong_function");
    assertEquals(name, other.get("name").asText());
    List<Object> expected =
        DuckDb.rows(
                "SELECT avg(ln(1 + exp(if(benign = 1, -x, x)))), avg((1 / (1 + exp(-x)) - benign) ^ 2)"
                    + " FROM (SELECT ("
                    + logOdds
                    + ")::DOUBLE AS x, benign::INT AS benign FROM 'jobs/data/tumours.parquet')")
            .get(0);
    assertEquals((double) expected.get(0), other.get("loss").doubleValue(), 1e-12);
    assertEquals((double) expected.get(1), other.get("brier").doubleValue(), 1e-12);
    assertEquals(evaluated.get("loss"), other.get("right_loss"));
  }

  private static JsonNode withoutOther(JsonNode evaluated) {
    return ((ObjectNode) evaluated).without("wrong_function");
  }

  private JsonNode evaluated(String input, String layout, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--json"));
    all.addAll(List.of(options));
    String json = labelled("evaluate", input, layout, all.toArray(new String[0]));
    return new ObjectMapper().readTree(json.replace(in().toString() + "/" + input, ""));
  }

  private String labelled(String command, String input, String layout, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                command,
                in().resolve(input).toString(),
                "--label",
                "benign",
                "--logits",
                "z",
                "--raw-layout",
                layout));
    all.addAll(List.of(options));
    Program run = Program.run(all.toArray(new String[0]));
    assertEquals(0, run.code(), run.err());
    return run.out();
  }
}
