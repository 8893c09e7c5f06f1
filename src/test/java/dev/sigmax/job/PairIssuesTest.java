package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows whose two numbers are no pair. */
class PairIssuesTest extends JobTest {
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
}
