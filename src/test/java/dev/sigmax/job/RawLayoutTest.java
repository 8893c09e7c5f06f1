package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Reference;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that hold a margin with both signs, and what the job says of them. */
class RawLayoutTest extends JobTest {
  /** Margins m of both signs, from tiny ones to those whose sigmoid is all tail. */
  private static final String MARGINS =
      "SELECT i, (i - 50) * abs(i - 50) * 0.0171::%1$s AS m FROM range(101) t(i)"
          + " UNION ALL SELECT 200 + i, (i - 20) * 1e-5::%1$s FROM range(41) t(i)";

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
      assertEngine("columnar");
      assertEquals("[\"no\",\"yes\"]", manifest().at("/job/labels").toString());
      assertSigmoids(scored("logit_yes", "prob_no, prob_yes"), 1);

      input("a.parquet", arrays(type));
      assertPublished(score("binary", "--logits", "raw", "--raw-layout", "pair", "--replace"));
      assertEngine("columnar");
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
}
