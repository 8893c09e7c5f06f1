package dev.sigmax.tally;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.tally.BadRowSamples.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Samples of bad rows that are put together. */
class BadRowSamplesTest {
  private static Sample sample(String issue, String file, long row) {
    return Sample.of(issue, file, row, Arrays.asList(1f, null, Double.NaN));
  }

  @Test
  void theFirstThreeOfEachIssueAreKeptInAnyOrderAndHoweverOftenTheyComeAgain() {
    List<Sample> all = new ArrayList<>();
    IntStream.range(0, 40).forEach(i -> all.add(sample("nan", "a", 10 + i)));
    IntStream.range(0, 40).forEach(i -> all.add(sample("nan", "b", i)));
    all.add(sample("null", "b", 9));
    all.addAll(List.copyOf(all));
    List<Sample> expected =
        List.of(
            sample("nan", "a", 10),
            sample("nan", "a", 11),
            sample("nan", "a", 12),
            sample("null", "b", 9));
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(all, new Random(seed));
      BadRowSamples together = new BadRowSamples();
      for (int from = 0; from < all.size(); from += 30) {
        BadRowSamples task = new BadRowSamples();
        for (Sample one : all.subList(from, Math.min(all.size(), from + 30))) {
          if (task.wants(one.issue(), one.file(), one.row())) {
            task.add(one);
          }
        }
        together.addText(task.text());
      }
      assertEquals(expected, together.all());
    }
  }

  @Test
  void aRowAfterThoseThatAreKeptIsNotWanted() {
    BadRowSamples samples = new BadRowSamples();
    IntStream.range(5, 8).forEach(row -> samples.add(sample("nan", "b", row)));
    assertTrue(samples.wants("nan", "b", 4));
    assertTrue(samples.wants("nan", "a", 99));
    assertTrue(samples.wants("null", "z", 99));
    assertFalse(samples.wants("nan", "b", 8));
  }

  @Test
  void theFirstLogitThatAnIssueIsAboutIsToBlame() {
    List<Double> logits =
        Arrays.asList(1.0, Double.NEGATIVE_INFINITY, null, Double.POSITIVE_INFINITY, Double.NaN);
    assertEquals(2, BadRowSamples.culprit("null", logits));
    assertEquals(3, BadRowSamples.culprit("pos_inf", logits));
    assertEquals(4, BadRowSamples.culprit("nan", logits));
    assertEquals(-1, BadRowSamples.culprit("length", logits));
    assertEquals(-1, BadRowSamples.culprit("null", List.of()));
  }

  @Test
  void whatIsNoSampleIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new BadRowSamples().addText("nan 3"));
  }
}
