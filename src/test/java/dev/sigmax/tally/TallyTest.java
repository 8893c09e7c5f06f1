package dev.sigmax.tally;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.kernel.rule.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final TallyRule THREE = new TallyRule(Task.MULTICLASS, 3, 1, List.of());

  private static int binOf(List<Long> bins) {
    assertEquals(1, bins.stream().filter(count -> count == 1).count());
    return bins.indexOf(1L);
  }

  @Test
  void aRowFallsIntoTheBinsOfItsNumbers() {
    Tally tally = new Tally(THREE);
    tally.add(new double[] {0.25, 0.75, 0}, 1 + 0x1p-30, new double[] {-0.6, 0.5, -700, 9}, 3);
    TallyCounts counts = tally.drain();
    assertEquals(48, binOf(counts.largest()));
    assertEquals(32, binOf(counts.margins()));
    // 0.5623 of log 3 = 1.0986
    assertEquals(32, binOf(counts.entropies()));
    assertEquals(-30 - Bins.LEAST_EXPONENT + 1, binOf(counts.deviations()));
    assertEquals(List.of(0.25, 0.75, 0.0), counts.means());
    assertEquals(List.of(0L, 1L, 0L), counts.predictions());
    assertEquals(1, counts.zeros());
    assertEquals(0, counts.ones());
    assertEquals(0.75, counts.meanLargest());
    assertEquals(-700, counts.leastLogit().getAsDouble());
    assertEquals(0.5, counts.largestLogit().getAsDouble());
    assertEquals(0, tally.drain().rows());
  }

  @Test
  void certainAndEvenRowsFallIntoTheFirstAndLastBins() {
    Tally tally = new Tally(THREE);
    tally.add(new double[] {1, 0, 0}, 1, new double[0], 0);
    TallyCounts certain = tally.drain();
    assertEquals(63, binOf(certain.largest()));
    assertEquals(63, binOf(certain.margins()));
    assertEquals(0, binOf(certain.entropies()));
    assertEquals(Bins.NO_DEVIATION, binOf(certain.deviations()));
    double third = 1.0 / 3;
    tally.add(new double[] {third, third, third}, 1, new double[0], 0);
    TallyCounts even = tally.drain();
    assertEquals(0, binOf(even.margins()));
    assertEquals(63, binOf(even.entropies()));
    assertEquals(List.of(1L, 0L, 0L), even.predictions());
  }

  @Test
  void labelsThatStandAloneCountByTheirThresholds() {
    Tally tally = new Tally(new TallyRule(Task.MULTILABEL, 2, 1, List.of(0.5, 0.1)));
    tally.add(new double[] {0.25, 0.125}, 0.375, new double[0], 0);
    TallyCounts counts = tally.drain();
    assertEquals(List.of(0L, 1L), counts.predictions());
    assertEquals(32, binOf(counts.margins()));
    Tally binary = new Tally(new TallyRule(Task.BINARY, 2, 1, List.of(0.5)));
    binary.add(new double[] {0.5, 0.5}, 1, new double[0], 0);
    assertEquals(List.of(0L, 1L), binary.drain().predictions());
  }

  @Test
  void anyPartitioningInAnyOrderAddsUpToTheSame() {
    Random random = new Random(3);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      double a = random.nextDouble();
      double b = (1 - a) * random.nextDouble();
      rows.add(new double[] {a, b, 1 - a - b});
    }
    TallyRule rule = new TallyRule(Task.MULTICLASS, 3, 4, List.of());
    String whole = text(rule, List.of(rows));
    Collections.shuffle(rows, random);
    assertEquals(
        whole,
        text(rule, List.of(rows.subList(0, 7), rows.subList(7, 2000), rows.subList(2000, 3000))));
    long counted = TallyCounts.parse(whole).rows();
    assertTrue(counted > 650 && counted < 850, "one in four of 3000: " + counted);
  }

  private static String text(TallyRule rule, List<List<double[]>> parts) {
    TallyCounts all = new Tally(rule).drain();
    for (List<double[]> part : parts) {
      Tally tally = new Tally(rule);
      for (double[] row : part) {
        double sum = row[0] + row[1] + row[2];
        if (tally.wants(row[0], row[1], row[2], sum)) {
          tally.add(row, sum, row, 3);
        }
      }
      all.add(TallyCounts.parse(tally.drain().text()));
    }
    return all.text();
  }

  @Test
  void countsOfOtherBinsAreRefused() {
    TallyCounts three = new Tally(THREE).drain();
    TallyCounts two = new Tally(new TallyRule(Task.MULTICLASS, 2, 1, List.of())).drain();
    assertThrows(IllegalArgumentException.class, () -> three.add(two));
    assertThrows(IllegalArgumentException.class, () -> TallyCounts.parse("totals 3"));
  }

  @Test
  void theStepKeepsTheCostOfAnyRunSmall() {
    assertEquals(1, TallyRule.stepFor(800_000, 10));
    assertEquals(64, TallyRule.stepFor(40_000_000, 10));
    assertEquals(1, TallyRule.stepFor(0, 10_000_000));
    assertEquals(1 << 30, TallyRule.stepFor(Long.MAX_VALUE, 10_000_000));
  }

  @Test
  void binsOfClassesHalveTowardsBothEnds() {
    double[] starts = {0, 0x1p-8, 0x1p-7, 0x1p-6, 0x1p-5, 0x1p-4, 0x1p-3, 0x1p-2, 0.5};
    for (int bin = 0; bin < starts.length; bin++) {
      assertEquals(starts[bin], Bins.startOfProbability(bin));
      assertEquals(bin, Bins.ofProbability(starts[bin]));
      assertEquals(Math.max(8, 15 - bin), Bins.ofProbability(1 - starts[bin]), "the mirror");
    }
    assertEquals(15, Bins.ofProbability(1));
    assertEquals(0, Bins.ofProbability(Double.MIN_VALUE));
    assertEquals(0.75, Bins.startOfProbability(9));
    assertEquals(1 - 0x1p-8, Bins.startOfProbability(15));
  }

  @Test
  void binsOfLogitsGrowFromZeroToBothSides() {
    double[] ends = {0, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};
    for (int i = 0; i < ends.length; i++) {
      assertEquals(16 + i, Bins.ofLogit(ends[i]));
      assertEquals(ends[i], Bins.startOfLogit(16 + i));
      assertEquals(15 - i, Bins.ofLogit(Math.nextDown(-ends[i])));
      assertEquals(i == 15 ? Double.NEGATIVE_INFINITY : -ends[i + 1], Bins.startOfLogit(15 - i));
    }
    assertEquals(16, Bins.ofLogit(-0.0));
    assertEquals(31, Bins.ofLogit(Double.POSITIVE_INFINITY));
    assertEquals(31, Bins.ofLogit(Double.MAX_VALUE));
    assertEquals(0, Bins.ofLogit(Double.NEGATIVE_INFINITY));
  }

  @Test
  void logitsThatAreNotFiniteAreCountedAndReachNowhere() {
    Tally tally = new Tally(THREE);
    double infinity = Double.POSITIVE_INFINITY;
    tally.add(new double[] {1, 0, 0}, 1, new double[] {infinity, -infinity, -0.0}, 3);
    TallyCounts counts = TallyCounts.parse(tally.drain().text());
    assertEquals(1L, counts.logits().get(0));
    assertEquals(1L, counts.logits().get(31));
    assertEquals(0.0, counts.leastLogit().getAsDouble());
    assertTrue(new Tally(THREE).drain().leastLogit().isEmpty());
  }
}
