package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.JobTest;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** The examples that everybody teaches with, and rows of a run. */
class ExplainTest extends JobTest {
  private static Program explain(String... arguments) {
    List<String> all = new ArrayList<>(List.of("explain"));
    all.addAll(Arrays.asList(arguments));
    return Program.run(all.toArray(new String[0]));
  }

  private static String said(String... arguments) {
    Program run = explain(arguments);
    assertEquals(0, run.code(), run.err());
    return run.out();
  }

  /** The words of the first line that begins with a word. */
  private static List<String> line(String text, String first) {
    return text.lines()
        .map(line -> List.of(line.strip().split("\\s+")))
        .filter(words -> words.get(0).equals(first))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line " + first + " in " + text));
  }

  @Test
  void sigmoidsNeedNotSumToOneAndSoftmaxDoes() {
    // By hand: σ(0.7) = 0.66819, σ(0.6) = 0.64566, σ(0.8) = 0.68997.
    String text = said("0.7", "0.6", "0.8");
    assertEquals(List.of("sum", "2.0038", "1.0000"), line(text, "sum"));
    assertEquals("0.6682", line(text, "0").get(2));
    assertTrue(text.contains("the sum can be anything"), text);
  }

  @Test
  void aClearWinnerTakesNearlyAllOfSoftmax() {
    // exp(5) / (exp(5) + exp(1) + exp(-1)) = 0.97962, and σ(1) is still 0.73106.
    String text = said("5", "1", "-1");
    List<String> winner = line(text, "0");
    assertTrue(winner.contains("0.9796"), text);
    assertTrue(line(text, "1").contains("0.7311"), text);
    assertEquals(List.of("1", "-1.0", "0.2689"), without(line(text, "2")));
  }

  private static List<String> without(List<String> words) {
    return List.of("1", words.get(1), words.get(2));
  }

  @Test
  void softmaxStaysWhereAllScoresMove() {
    String text = said("2.0", "1.0", "0.1");
    assertTrue(
        text.contains("softmax  0.6590 0.2424 0.0986 → 0.6590 0.2424 0.0986, as before"), text);
    assertTrue(text.contains("sigmoid  0.8808 0.7311 0.5250 → 0.9526 0.8808 0.7503"), text);
    // One score up by 1: 0.6590 e / (0.6590 e + 0.3410) = 0.8401, and the others shrink alike.
    assertTrue(text.contains("0.6590 → 0.8401  all × 0.4690"), text);
    // -log 0.6590 and -log 0.8808, -log 0.1192.
    assertTrue(text.contains("0.4170"), text);
    assertTrue(text.contains("0.1269"), text);
    assertTrue(text.contains("2.1269"), text);
  }

  @Test
  void aSingleScoreIsAlwaysOneToSoftmax() {
    String text = said("-3.5");
    assertTrue(text.contains("Softmax of a single score is always 1"), text);
    assertEquals(List.of("0", "-3.5", "0.0293"), line(text, "0").subList(0, 3));
  }

  @Test
  void infinitiesAndNaNAreToldAsTheRowIssuesTheyAre() {
    assertTrue(said("inf", "1").contains("has the issue pos_inf"));
    assertTrue(said("nan", "1").contains("has the issue nan"));
    assertTrue(said("-inf", "-inf").contains("has the issue all_neg_inf"));
    assertFalse(said("-inf", "1").contains("has the issue"));
  }

  @Test
  void whatIsNoNumberIsRefused() {
    Program run = explain("1", "two");
    assertEquals(2, run.code());
    assertTrue(run.err().startsWith("sigmax: two is no number"), run.err());
    assertEquals(2, explain().code());
    assertEquals(2, explain("1", "2", "--where", "x = 1").code());
    assertEquals(0, explain("--help").code());
  }

  @Test
  void aMistypedOptionIsToldWithTheNearestAndIsNoScore() {
    Program far = explain("1", "-2", "--foo");
    assertEquals(2, far.code());
    assertTrue(far.err().startsWith("sigmax: Unknown option: '--foo'"), far.err());
    assertTrue(far.err().contains("See sigmax explain --help."), far.err());
    Program near = explain("output", "--wher", "id = 1");
    assertEquals(2, near.code());
    assertTrue(near.err().contains("Unknown option: '--wher'"), near.err());
    assertTrue(near.err().contains("Possible solutions: --where"), near.err());
    assertEquals(0, explain("-1", "-.5e1,-inf", "-2 -3").code());
  }

  @Test
  void aRowOfARunIsShownWithItsLogits() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    String text = said(out().toString(), "--where", "id = 3");
    assertEquals(List.of("id", "3"), line(text, "id"));
    assertEquals(List.of("row_issue", "null"), line(text, "row_issue"));
    assertEquals("-7.0", line(text, "a").get(1));
    assertTrue(text.contains("the row of run "), text);
    String both = said(out().toString(), "--where", "prob_b > 0.4");
    assertTrue(both.contains("2 rows of run"), both);
  }

  /** The session's is UTC, and Java's that of the machine. */
  @Test
  void aMomentIsShownSoThatNoZoneIsToBeGuessed() {
    input(
        "a.parquet",
        "SELECT TIMESTAMPTZ '2026-01-01 00:00:00+00' AS moment, DATE '1500-03-01' AS day,"
            + " 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    assertPublished(score("multiclass"));
    TimeZone zone = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
    try {
      String text = said(out().toString(), "--where", "moment = TIMESTAMP '2026-01-01 00:00:00'");
      assertEquals(List.of("moment", "2026-01-01T00:00:00Z"), line(text, "moment"));
      assertEquals(List.of("day", "1500-03-01"), line(text, "day"));
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void aQuarantinedRowIsShownWithItsIssue() {
    input(
        "a.parquet",
        "SELECT i AS id, 1::FLOAT AS logit_a, IF(i = 4, 'nan'::FLOAT, 1) AS logit_b FROM range(9)"
            + " t(i)");
    assertPublished(score("multiclass", "--on-bad-row", "quarantine"));
    String text = said(out().toString(), "--where", "id = 4");
    assertTrue(text.contains("the row of run"), text);
    assertEquals(List.of("row_issue", "nan"), line(text, "row_issue"));
    assertTrue(text.contains("has the issue nan"), text);
  }

  @Test
  void aConditionMaySpeakOfLogits() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    String text = said(out().toString(), "--where", "logit_a = -7 AND row_issue IS NULL");
    assertEquals(List.of("id", "3"), line(text, "id"));
  }

  @Test
  void theProbabilitiesOfARowAreThoseThatWerePublished() {
    input("a.parquet", "SELECT * FROM 'jobs/data/digits.parquet'");
    assertPublished(score("multiclass", "--temperature", "1.7"));
    Object id = DuckDb.value("SELECT max(image_id) FROM 'jobs/data/digits.parquet'");
    String text = said(out().toString(), "--where", "image_id = " + id);
    for (int i = 0; i < 10; i++) {
      Object published =
          DuckDb.value("SELECT prob_" + i + " FROM " + output() + " WHERE image_id = " + id);
      assertEquals(
          ((Number) published).floatValue(),
          Float.parseFloat(line(text, "prob_" + i).get(1)),
          "prob_" + i);
    }
    assertTrue(text.contains("divided by the temperature 1.7"), text);
  }

  @Test
  void aDoubledMarginIsNoTemperature() {
    input("a.parquet", "SELECT 1 AS id, -1.5::FLOAT AS logit_no, 1.5::FLOAT AS logit_yes");
    assertPublished(score("binary", "--raw-layout", "doubled_margin"));
    String text = said(out().toString(), "--where", "id = 1");
    assertTrue(text.contains("from its logits, doubled as the raw-layout says\n"), text);
    // By hand: σ(2 · 1.5) = 0.95257.
    assertEquals(List.of("yes", "3.0", "0.9526"), line(text, "yes").subList(0, 3));
    assertPublished(
        score("binary", "--raw-layout", "doubled_margin", "--temperature", "2", "--replace"));
    text = said(out().toString(), "--where", "id = 1");
    assertTrue(text.contains("raw-layout says, divided by the temperature 2.0\n"), text);
    assertEquals(List.of("yes", "1.5", "0.8176"), line(text, "yes").subList(0, 3));
  }

  @Test
  void theLogitOfABinaryRowIsThatOfTheYes() {
    input("a.parquet", "SELECT 1 AS id, 2.0::FLOAT AS logit_yes");
    assertPublished(score("binary", "--labels", "no,yes"));
    String text = said(out().toString(), "--where", "id = 1");
    assertEquals(List.of("yes", "2.0", "0.8808"), line(text, "yes").subList(0, 3));
  }

  @Test
  void rowsOfAMultilabelJobAreShown() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multilabel", "--on-bad-row", "null"));
    assertTrue(said(out().toString(), "--where", "id = 1").contains("from its logits"));
  }

  @Test
  void rowsOfARunWhoseInputIsGoneAreShownWithoutLogits() throws IOException {
    Path file = input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    Files.delete(file);
    String text = said(out().toString(), "--where", "id = 3");
    assertEquals(List.of("id", "3"), line(text, "id"));
    assertTrue(text.contains("Its logits cannot be shown: "), text);
  }

  @Test
  void ofManyScoresTheLargestAreShown() {
    String[] scores = new String[1000];
    Arrays.setAll(scores, i -> Integer.toString(i % 500));
    String text = said(scores);
    assertTrue(text.contains("The 20 largest of 1000 scores are shown"), text);
    assertEquals("499", line(text, "499").get(0));
    assertTrue(text.lines().count() < 100, text);
  }

  @Test
  void scoresMayBePastedWithCommas() {
    assertEquals(said("2.0", "1.0", "0.1"), said("2.0, 1.0, 0.1"));
    assertEquals(said("2.0", "1.0", "0.1"), said("2.0,", "1.0,", "0.1"));
  }

  @Test
  void conditionsThatCannotBeAskedAreRefused() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    assertEquals(2, explain(out().toString(), "--where", "nothing = 1").code());
    assertEquals(2, explain(out().toString(), "--where", "id =").code());
    assertEquals(3, explain(out().toString(), "--where", "id = 99").code());
    assertEquals(3, explain(in().toString(), "--where", "id = 1").code());
  }

  @Test
  void conditionsThatFailOnTheValuesThatTheyMeetAreRefused() throws IOException {
    Path file = input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    assertFailsAsItRuns();
    Files.delete(file);
    assertFailsAsItRuns();
  }

  private void assertFailsAsItRuns() {
    for (List<String> asked :
        List.of(
            List.of("id = 'abc'", "[CAST_INVALID_INPUT]"),
            List.of("1/0 = 1", "[DIVIDE_BY_ZERO]"),
            List.of("1/(id - 2) = 1 AND prob_a > 0", "[DIVIDE_BY_ZERO]"),
            List.of("raise_error('x') = 1", "[USER_RAISED_EXCEPTION]"))) {
      Program run = explain(out().toString(), "--where", asked.get(0));
      assertEquals(2, run.code(), run.err());
      assertTrue(
          run.err().startsWith("sigmax: --where " + asked.get(0) + " cannot be asked of the rows"),
          run.err());
      assertTrue(run.err().contains(asked.get(1)), run.err());
      assertTrue(run.err().endsWith(" [WHERE_CONDITION]\n"), run.err());
    }
  }

  /** The values of a column in the rows that are shown, one a line. */
  private static List<String> shown(String text, String column) {
    return text.lines()
        .map(line -> List.of(line.strip().split("\\s+")))
        .filter(words -> words.get(0).equals(column) && words.size() == 2)
        .map(words -> words.get(1))
        .toList();
  }

  /** Spark leaves a condition on partitions to who lists the files. */
  @Test
  void aConditionOnAPartitionHoldsForEachRowThatIsShown() {
    for (String day : List.of("2026-11-20", "2026-11-21", "2026-11-22")) {
      input("day=" + day + "/a.parquet", THREE_ROWS);
    }
    assertPublished(score("multiclass"));
    String out = out().toString();
    String last = said(out, "--where", "id = 2 AND day = '2026-11-22'");
    assertEquals(List.of("2026-11-22"), shown(last, "day"));
    assertEquals(List.of("2"), shown(last, "id"));
    assertEquals(
        List.of("2026-11-21", "2026-11-21", "2026-11-21"),
        shown(said(out, "--where", "day > '2026-11-20' AND day NOT IN ('2026-11-22')"), "day"));
    // Of id 3 the softmax of a is 2e-5: the condition on it holds for no day.
    assertEquals(
        List.of("2026-11-20"),
        shown(said(out, "--where", "id = 3 AND (day < '2026-11-21' OR prob_a > 0.5)"), "day"));
    Program none = explain(out, "--where", "day = '2026-12-01'");
    assertEquals(3, none.code(), none.out());
    assertTrue(none.err().contains("[NO_ROW_FOUND]"), none.err());
  }
}
