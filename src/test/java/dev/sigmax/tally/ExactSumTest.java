package dev.sigmax.tally;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against BigDecimal, which shares no code with it. */
class ExactSumTest {
  private static final double TENTH = 0.1;

  private static double reference(List<Double> terms) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double term : terms) {
      sum = sum.add(new BigDecimal(term));
    }
    return Double.parseDouble(sum.toString());
  }

  private static ExactSum sum(List<Double> terms) {
    ExactSum sum = new ExactSum();
    terms.forEach(sum::add);
    return sum;
  }

  @Test
  void sumsAreRoundedOnceWhateverTheMagnitudes() {
    Random random = new Random(1);
    for (int run = 0; run < 2000; run++) {
      int spread = 1 + random.nextInt(run % 2 == 0 ? 2000 : 60);
      List<Double> terms = new ArrayList<>();
      for (int i = random.nextInt(30); i >= 0; i--) {
        double term = Math.scalb(random.nextDouble() - 0.5, random.nextInt(spread) - spread / 2);
        terms.add(term);
        if (random.nextInt(3) == 0) {
          terms.add(-term);
        }
      }
      assertEquals(reference(terms), sum(terms).value(), 0.0, terms::toString);
    }
  }

  @Test
  void neitherOrderNorMergingMatters() {
    Random random = new Random(2);
    List<Double> terms = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      terms.add(Math.scalb(random.nextGaussian(), random.nextInt(200) - 100));
    }
    double expected = reference(terms);
    for (int run = 0; run < 50; run++) {
      Collections.shuffle(terms, random);
      int cut = random.nextInt(terms.size());
      ExactSum sum = sum(terms.subList(0, cut));
      ExactSum other = sum(terms.subList(cut, terms.size()));
      sum.add(other);
      assertEquals(expected, sum.value(), 0.0);
      sum.subtract(other);
      assertEquals(reference(terms.subList(0, cut)), sum.value(), 0.0);
      assertEquals(reference(terms.subList(0, cut)), sum.copy().value(), 0.0);
    }
  }

  @Test
  void whatCancelsLeavesTheSmallest() {
    double least = Double.MIN_VALUE;
    assertEquals(least, sum(List.of(1e308, least, 1e308, -1e308, -1e308)).value(), 0.0);
    assertEquals(-least, sum(List.of(-1e308, -least, 1e308)).value(), 0.0);
    assertEquals(0.0, sum(List.of(0.1, -0.1)).value(), 0.0);
    assertEquals(0.0, new ExactSum().value(), 0.0);
  }

  @Test
  void halvesGoToTheEvenDoubleAndTheLeastBitDecides() {
    assertEquals(1.0, sum(List.of(1.0, 0x1p-53)).value(), 0.0);
    assertEquals(1.0 + 0x1p-52, sum(List.of(1.0, 0x1p-53, 0x1p-1000)).value(), 0.0);
    assertEquals(1.0, sum(List.of(1.0, 0x1p-53, -0x1p-1000)).value(), 0.0);
  }

  @Test
  void productsKeepWhatTheirRoundingLoses() {
    ExactSum sum = new ExactSum();
    sum.addProduct(TENTH, TENTH);
    sum.subtract(sum(List.of(TENTH * TENTH)));
    BigDecimal lost =
        new BigDecimal(TENTH)
            .multiply(new BigDecimal(TENTH))
            .subtract(new BigDecimal(TENTH * TENTH));
    assertEquals(lost.doubleValue(), sum.value(), 0.0);
  }

  @Test
  void infinitiesAndNaNAreAsInArithmetic() {
    assertEquals(
        Double.POSITIVE_INFINITY, sum(List.of(1.0, Double.POSITIVE_INFINITY, -5.0)).value(), 0.0);
    assertEquals(
        Double.NaN, sum(List.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)).value(), 0.0);
    assertEquals(Double.NaN, sum(List.of(Double.NaN, 1.0)).value(), 0.0);
    assertEquals(
        Double.POSITIVE_INFINITY, sum(List.of(Double.MAX_VALUE, Double.MAX_VALUE)).value(), 0.0);
  }

  @Test
  void aBillionTermsDoNotOverflowADigit() {
    ExactSum sum = new ExactSum();
    sum.add(1);
    for (int i = 0; i < 40; i++) {
      sum.add(sum);
    }
    assertEquals(0x1p40, sum.value(), 0.0);
    ExactSum ones = new ExactSum();
    for (int i = 0; i < 3_000_000; i++) {
      ones.add(TENTH);
    }
    assertEquals(
        new BigDecimal(TENTH).multiply(new BigDecimal(3_000_000)).doubleValue(), ones.value(), 0.0);
  }
}
