package dev.sigmax.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page of a folder with many runs. */
class HistoryPageTest {
  private static History.Run run(int index, int classes) {
    String name = "an-output-with-a-name-that-goes-on-and-on-for-long-" + index;
    return new History.Run(
        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86_400L * index),
        "0123456789abcdef",
        name,
        "hdfs://cluster/data/probabilities/" + name,
        1_000_000 + index,
        index,
        OptionalDouble.of(0.5 + 1.0 / (2 + index)),
        IntStream.range(0, classes).mapToObj(i -> (double) (i + index) / 3000).toList(),
        0,
        Optional.of(
            new History.Since(
                "x",
                "y",
                Optional.empty(),
                OptionalDouble.of(0.123456),
                OptionalDouble.of(0.0654321),
                Optional.of("predictions"),
                List.of())));
  }

  private static History.Kind kind(int runs, int classes, String name) {
    return new History.Kind(
        "multiclass",
        IntStream.range(0, classes).mapToObj(i -> name + i).toList(),
        IntStream.range(0, runs).mapToObj(i -> run(i, classes)).toList());
  }

  private static void assertSmall(String html) {
    int bytes = html.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 300_000, bytes + " bytes");
  }

  @Test
  void thePageOfManyRunsStaysSmallAndSaysWhichItShows() {
    String html = HistoryPage.html(new History("runs", List.of(kind(3000, 1000, "c")), List.of()));
    assertSmall(html);
    assertTrue(html.contains("3,000 runs, the latest published 2034-03-19"), "the verdict");
    assertTrue(html.contains("The pictures show the latest 200 of 3,000 runs"), "the remark");
    assertTrue(html.contains("4 classes whose share varies most"), "the description");
    assertTrue(
        html.contains(
            "<figcaption>Share of predictions: the 4 of 1,000 classes that vary most</figcaption>"),
        "what all see");
  }

  /** Their shares are 0, 1, … 9 of 3,000: nothing varies in one run. */
  @Test
  void oneRunShowsItsLargestClassesAndSaysNothingOfHowTheyVary() {
    String html = page(kind(1, 10, "c"));
    assertFalse(html.contains("vary") || html.contains("varies"), html);
    assertTrue(
        html.contains(
            "<figcaption>Share of predictions: the 4 of 10 classes with the largest"
                + " shares</figcaption>"),
        html);
    assertTrue(
        html.contains(
            "<th scope=\"col\">c9</th><th scope=\"col\">c8</th>"
                + "<th scope=\"col\">c7</th><th scope=\"col\">c6</th>"),
        html);
    assertTrue(page(kind(1, 4, "c")).contains("<figcaption>Share of predictions</figcaption>"));
  }

  private static History.Run withoutCounts(int index, Optional<History.Since> since) {
    History.Run run = run(index, 2);
    return new History.Run(
        run.publishedAt(),
        run.runId(),
        run.name(),
        run.output(),
        0,
        0,
        OptionalDouble.empty(),
        List.of(),
        0,
        since);
  }

  @Test
  void whatNoRunCountedHasNoPictureAndIsSaidInWords() {
    History.Since nothing =
        new History.Since(
            "x",
            "y",
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            List.of("confidence"));
    List<History.Run> runs =
        List.of(withoutCounts(0, Optional.empty()), withoutCounts(1, Optional.of(nothing)));
    String html = page(new History.Kind("multiclass", List.of("a", "b"), runs));
    for (String title : List.of("Distance from the run before", "Confidence", "Share of")) {
      assertFalse(html.contains("<figcaption>" + title), title);
    }
    assertTrue(html.contains("<figcaption>Rows</figcaption>"), html);
    assertTrue(
        html.contains(
            "; it cannot be compared with the one before it, since one of the two counted no"
                + " scores."),
        html);
  }

  @Test
  void kindsWithoutPicturesAreToldApart() {
    List<History.Kind> kinds =
        new ArrayList<>(IntStream.range(0, 8).mapToObj(i -> kind(20, 2, "k" + i + "-")).toList());
    kinds.add(kind(1, 2, "cat-"));
    kinds.add(kind(1, 2, "dog-"));
    String html = page(kinds.toArray(new History.Kind[0]));
    assertTrue(
        html.contains("2 kinds whose runs are older have no pictures: multiclass, 2 classes: "),
        html);
    assertTrue(html.contains("multiclass, 2 classes: cat-0, cat-1 (1 run, the latest in "), html);
    assertTrue(html.contains("multiclass, 2 classes: dog-0, dog-1 (1 run, the latest in "), html);
    kinds.remove(9);
    assertTrue(
        page(kinds.toArray(new History.Kind[0]))
            .contains("1 kind whose runs are older has no pictures: "),
        "one kind");
  }

  @Test
  void thePageOfManyKindsStaysSmallToo() {
    List<History.LeftOut> leftOut =
        IntStream.range(0, 500)
            .mapToObj(i -> new History.LeftOut("runs/" + i, "no run is published there."))
            .toList();
    String html =
        HistoryPage.html(
            new History(
                "runs",
                IntStream.range(0, 50).mapToObj(i -> kind(100, 10, "k" + i + "-")).toList(),
                leftOut));
    assertSmall(html);
    assertTrue(html.contains("There are runs of 50 kinds"), "the remark");
    assertTrue(
        html.contains("The pictures show the latest runs of 8 kinds, 200 of 5,000 runs;"),
        "the runs");
    assertTrue(html.contains("42 kinds whose runs are older have no pictures: "), "the kinds");
    assertTrue(html.contains(" (100 runs, the latest in an-output-w…-for-long-99);"), html);
    assertTrue(html.contains("; and 39 more."), "the other kinds");
    assertTrue(html.contains("500 folders could not be shown."), "what is left out");
    assertTrue(html.contains("and 480 others"), "the end of the list");
  }

  @Test
  void whatSmallKindsLeaveIsForLargeOnes() {
    String all = page(kind(120, 3, "c"), kind(10, 3, "d"));
    assertFalse(all.contains("The pictures show"), "all 130 are shown");
    assertTrue(all.contains("120 runs. The latest is"), "the large kind");
    assertTrue(all.contains("10 runs. The latest is"), "the small kind");
    String some = page(kind(500, 3, "c"), kind(10, 3, "d"), kind(150, 3, "e"));
    assertTrue(some.contains("the latest runs of 3 kinds, 200 of 660 runs"), "the remark");
    assertTrue(some.contains("10 runs. The latest is"), "the small kind");
    assertEquals(3, some.split("95 runs. The latest is", -1).length, "the two large kinds");
  }

  private static String page(History.Kind... kinds) {
    return HistoryPage.html(new History("runs", List.of(kinds), List.of()));
  }

  @Test
  void namesAreText() {
    String html =
        HistoryPage.html(new History("<script>", List.of(kind(2, 3, "<img src=x>")), List.of()));
    assertFalse(html.contains("<script") || html.contains("<img"), html);
  }
}
