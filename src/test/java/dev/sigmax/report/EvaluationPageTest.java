package dev.sigmax.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page of an evaluation. */
class EvaluationPageTest {
  private static Evaluation evaluation(int classes, String name, double first) {
    return evaluation(classes, name, first, 10);
  }

  private static Evaluation evaluation(int classes, String name, double first, long badRows) {
    return evaluation(classes, name, first, badRows, i -> 100);
  }

  private static Evaluation evaluation(
      int classes, String name, double first, long badRows, IntToDoubleFunction support) {
    Map<String, Evaluation.ClassQuality> qualities = new LinkedHashMap<>();
    List<Evaluation.Confused> confusion = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      double share = (double) i / classes;
      qualities.put(
          name + i,
          new Evaluation.ClassQuality(
              support.applyAsDouble(i), share, share, share, share, share, share, binsOf(0)));
      confusion.add(
          new Evaluation.Confused(Optional.empty(), name + i, name + (i / 2), 1000.0 + i));
    }
    List<Evaluation.Bin> bins = binsOf(first);
    return new Evaluation(
        "logits.parquet",
        "multiclass",
        620,
        610,
        badRows,
        0.1234,
        0.05678,
        0.97337,
        Map.of("1", 0.97337),
        0.0210,
        qualities,
        Optional.of(new Evaluation.WrongFunction("sigmoid", 0.4, 0.3, 0.2, 0.1, bins)),
        bins,
        confusion);
  }

  private static List<Evaluation.Bin> binsOf(double first) {
    return IntStream.range(0, 15)
        .mapToObj(i -> new Evaluation.Bin(40, i / 15.0, i == 0 ? first : i / 20.0))
        .toList();
  }

  @Test
  void thePageOfAThousandClassesWithLongNamesStaysSmallAndSaysWhichItShows() {
    Evaluation much = evaluation(1000, "ein-Name-der-nicht-enden-will-<&>-".repeat(3), 0);
    String html = EvaluationPage.html(much, Optional.of(much));
    int bytes = html.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 300_000, bytes + " bytes");
    assertTrue(html.contains("The 100 of 1,000 classes that are told worst"), "the text");
  }

  @Test
  void measuresAndWhatWasLeftOutAreThere() {
    String html = EvaluationPage.html(evaluation(3, "c", 0), Optional.empty());
    assertTrue(html.contains("600 rows of a multiclass task evaluated, accuracy 0.9734"), html);
    assertTrue(html.contains("<dt>loss, nats</dt><dd>0.1234</dd>"), html);
    assertTrue(html.contains("<dt>expected calibration error</dt><dd>0.0210</dd>"), html);
    assertTrue(html.contains("10 rows have no probabilities: left out."), html);
    assertTrue(html.contains("10 rows have no label: left out."), html);
    assertFalse(html.contains("uncalibrated"), html);
    String one = EvaluationPage.html(evaluation(3, "c", 0, 609), Optional.empty());
    assertTrue(one.contains("1 row of a multiclass task evaluated"), one);
    String alone = EvaluationPage.html(evaluation(3, "c", 0, 1), Optional.empty());
    assertTrue(alone.contains("1 row has no probabilities: left out."), alone);
  }

  @Test
  void aBinIsDrawnWhereItsProbabilityAndShareMeetAndStandsInTheTable() {
    String html = EvaluationPage.html(evaluation(3, "c", 0.5), Optional.empty());
    // The square is 274 wide from 34, and begins 36 below the top: probability 0, half came true.
    assertTrue(html.contains("class=\"dots s0\" d=\"M34.0 173.0h0"), html);
    assertTrue(
        html.contains("<th scope=\"row\">1</th><td>0</td><td>0.5</td><td>40</td></tr>"), html);
    assertEquals(
        5, html.split("class=\"limit\"", -1).length - 1, "a diagonal for each function and class");
  }

  @Test
  void theCostOfTheWrongFunctionStandsBesideThatOfTheRightOne() {
    String html = EvaluationPage.html(evaluation(3, "c", 0), Optional.empty());
    assertTrue(html.contains("<h2 id=\"part2\">What sigmoid would have cost</h2>"), html);
    assertTrue(html.contains("<th scope=\"col\">softmax</th><th scope=\"col\">sigmoid</th>"), html);
    assertTrue(html.contains("<th scope=\"row\">loss</th><td>0.3000</td><td>0.4000</td>"), html);
    assertTrue(
        html.contains("<th scope=\"row\">Brier score</th><td>0.0568</td><td>0.2000</td>"), html);
    assertTrue(
        html.contains(
            "<th scope=\"row\">expected calibration error</th><td>0.0210</td><td>0.1000</td>"),
        html);
  }

  @Test
  void theWholeConfusionMatrixIsThereWhileItFits() {
    String html = EvaluationPage.html(evaluation(3, "c", 0), Optional.empty());
    assertTrue(
        html.contains("<th scope=\"row\">c1</th><td>1,001</td><td>0</td><td>0</td></tr>"), html);
    assertTrue(
        html.contains("<th scope=\"row\">c2</th><td>0</td><td>1,002</td><td>0</td></tr>"), html);
    assertTrue(
        EvaluationPage.html(evaluation(20, "c", 0), Optional.empty()).contains("Confusion matrix"));
    assertFalse(
        EvaluationPage.html(evaluation(21, "c", 0), Optional.empty()).contains("Confusion matrix"));
  }

  @Test
  void thePageOfTheLargestMatrixStaysSmall() {
    Evaluation much = evaluation(20, "ein-Name-der-nicht-enden-will-<&>-".repeat(3), 0);
    String html = EvaluationPage.html(much, Optional.of(much));
    int bytes = html.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 300_000, bytes + " bytes");
  }

  @Test
  void bothAxesOfAReliabilityDiagramSayWhatTheyAre() {
    String html = EvaluationPage.html(evaluation(3, "c", 0), Optional.empty());
    assertTrue(html.contains(">share that came true</text>"), html);
    assertTrue(html.contains(">probability of the predicted class</text>"), html);
  }

  @Test
  void anEvaluationJudgesNothingAndHasNoSignOfApproval() {
    String some = EvaluationPage.html(evaluation(3, "c", 0), Optional.empty());
    assertTrue(some.contains("<h1 class=\"look\">"), "bad rows");
    String none = EvaluationPage.html(evaluation(3, "c", 0, 0), Optional.empty());
    assertTrue(none.contains("<h1 class=\"plain\">610 rows of a"), none);
  }

  @Test
  void theClassesWithTheLargestCalibrationErrorsAreDrawn() {
    String html = EvaluationPage.html(evaluation(20, "c", 0), Optional.empty());
    assertTrue(html.contains("The 12 classes with the largest calibration error"), html);
    assertTrue(html.contains("How often c19 held, against its probability"), html);
    assertTrue(html.contains("Expected calibration error 0.9500."), html);
    assertTrue(html.contains("How often c8 held"), html);
    assertFalse(html.contains("How often c7 held"), html);
  }

  @Test
  void classesWithoutRowsAreNotToldWorst() {
    String html =
        EvaluationPage.html(
            evaluation(1000, "c", 0, 0, i -> i < 800 ? 0 : i - 700), Optional.empty());
    assertFalse(html.contains(">c0, support") || html.contains(">c799, support"), html);
    assertTrue(html.contains("The 100 of 200 classes that are told worst"), html);
    assertTrue(html.contains("Left out: 800 classes without a row"), html);
    assertTrue(html.contains(">c800, support 100</text>"), html);
    assertTrue(html.contains(">c899, support 199</th>"), html);
    assertFalse(html.contains(">c900, support"), html);
  }

  @Test
  void longNamesThatBeginAlikeStayApart() {
    String name = "a very long class name that somebody took for a good idea, number ";
    String html = EvaluationPage.html(evaluation(12, name, 0), Optional.empty());
    // Of the reliability diagrams, the bars, their table, the matrix and its table.
    for (String shown :
        List.of(
            "<figcaption>a very long class name that s…ook for a good idea, number 11</figcaption>",
            ">a very long c…ea, number 11, support 100</text>",
            "support 100\">a very long class name that someb…y took for a good idea, number 11,",
            ">a very l…number 11 as a very l… number 5</text>",
            ">a ver…er 11</text>",
            "number 11\">a very long class n…good idea, number 11</th>")) {
      assertTrue(html.contains(shown), () -> shown + " is not in: " + html);
    }
    assertTrue(html.contains("<title>" + name + "11</title>a ver…er 11</text>"), html);
  }

  @Test
  void bothWaysStandBesideEachOtherWhereThereIsACalibration() {
    String html = EvaluationPage.html(evaluation(3, "c", 0), Optional.of(evaluation(3, "c", 1)));
    assertTrue(html.contains("<dd>0.1234 (0.1234 uncalibrated)</dd>"), html);
    assertTrue(html.contains("class=\"dots s1\""), html);
    assertTrue(html.contains("<td>40</td><td>calibrated</td>"), html);
    assertTrue(html.contains("<td>40</td><td>uncalibrated</td>"), html);
  }
}
