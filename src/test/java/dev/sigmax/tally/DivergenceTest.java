package dev.sigmax.tally;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  private static final List<Long> ONE = List.of(5L, 0L, 95L, 0L);

  @Test
  void equalSharesAreNoDistanceWhateverTheCounts() {
    for (List<Long> same : List.of(ONE, List.of(15L, 0L, 285L, 0L))) {
      assertEquals(0, Divergence.populationStabilityIndex(ONE, same));
      assertEquals(0, Divergence.jensenShannonDistance(ONE, same));
    }
  }

  @Test
  void runsWithoutACommonBinAreAsFarApartAsCanBe() {
    List<Long> other = List.of(0L, 7L, 0L, 21L);
    // sqrt(ln 2)
    assertEquals(0.8325546111576977, Divergence.jensenShannonDistance(ONE, other), 1e-15);
    // By hand: bin by bin (0.05 - 1e-4) ln 500, (0.25 - 1e-4) ln 2500, ... ln 9500 and ln 7500.
    assertEquals(
        0.0499 * Math.log(500)
            + 0.2499 * Math.log(2500)
            + 0.9499 * Math.log(9500)
            + 0.7499 * Math.log(7500),
        Divergence.populationStabilityIndex(ONE, other),
        1e-12);
  }

  @Test
  void knownValuesByHand() {
    // Shares 0.5, 0.5 and 0.6, 0.4: 0.1 ln 1.2 + 0.1 ln 1.25 = 0.1 ln 1.5.
    assertEquals(
        0.040546510810816436,
        Divergence.populationStabilityIndex(List.of(1L, 1L), List.of(60L, 40L)),
        1e-15);
    // scipy.spatial.distance.jensenshannon([1, 0], [0.5, 0.5]): √(¾ ln 4/3)
    assertEquals(
        Math.sqrt(0.75 * Math.log(4.0 / 3)),
        Divergence.jensenShannonDistance(List.of(9L, 0L), List.of(4L, 4L)),
        1e-15);
  }

  /** DuckDB takes the same counts as rows and its own logarithm. */
  @Test
  void aDatabaseComputesTheSame() {
    Random random = new Random(5);
    for (int run = 0; run < 20; run++) {
      List<Long> a = new ArrayList<>();
      List<Long> b = new ArrayList<>();
      int bins = 2 + random.nextInt(40);
      for (int i = 0; i < bins; i++) {
        a.add(random.nextInt(4) == 0 ? 0L : 1 + random.nextInt(100_000));
        b.add(random.nextInt(4) == 0 ? 0L : 1 + random.nextInt(1000));
      }
      a.set(0, 1L);
      b.set(1, 1L);
      List<Object> expected =
          DuckDb.rows(
                  "WITH t AS (SELECT unnest(%s)::DOUBLE AS x, unnest(%s)::DOUBLE AS y), s AS (SELECT x / sum(x) OVER () AS p, y / sum(y) OVER () AS q FROM t) SELECT sum((greatest(q, 0.0001) - greatest(p, 0.0001)) * ln(greatest(q, 0.0001) / greatest(p, 0.0001))), sqrt(sum(CASE WHEN p > 0 THEN p * ln(2 * p / (p + q)) ELSE 0 END + CASE WHEN q > 0 THEN q * ln(2 * q / (p + q)) ELSE 0 END) / 2) FROM s"
                      .formatted(a, b))
              .get(0);
      assertEquals((Double) expected.get(0), Divergence.populationStabilityIndex(a, b), 1e-12);
      assertEquals((Double) expected.get(1), Divergence.jensenShannonDistance(a, b), 1e-12);
      assertEquals(
          Divergence.jensenShannonDistance(a, b), Divergence.jensenShannonDistance(b, a), 0);
      assertEquals(
          Divergence.populationStabilityIndex(a, b), Divergence.populationStabilityIndex(b, a), 0);
      assertTrue(Divergence.jensenShannonDistance(a, b) <= Divergence.LARGEST_DISTANCE);
    }
  }

  @Test
  void countsThatAreNoDistributionsOfTheSameBinsAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Divergence.jensenShannonDistance(List.of(1L), List.of(1L, 2L)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Divergence.populationStabilityIndex(List.of(1L, 2L), List.of(0L, 0L)));
  }
}
