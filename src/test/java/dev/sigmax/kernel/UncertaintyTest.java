package dev.sigmax.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Margin and entropy against 400-digit references. */
class UncertaintyTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  /** Below this the references are next to, or among, the numbers of fewer bits. */
  private static final double NORMAL = 1e-300;

  private final Uncertainty uncertainty = new Uncertainty(Kernels.kernel());

  private static void take(Uncertainty of, Golden.Doubt golden) {
    if (golden.kind().equals("classes")) {
      of.ofClasses(golden.logits(), 0, golden.logits().length, golden.temperature());
    } else {
      of.ofLabels(golden.logits(), 0, golden.logits().length, golden.temperature());
    }
  }

  private double classes(double... logits) {
    uncertainty.ofClasses(logits, 0, logits.length, 1);
    return uncertainty.entropy();
  }

  private double labels(double... logits) {
    uncertainty.ofLabels(logits, 0, logits.length, 1);
    return uncertainty.entropy();
  }

  @Test
  void marginAndEntropyAreWithinTwoUlpOfTheReferences() {
    double worst = 0;
    int count = 0;
    for (Golden.Doubt golden : Golden.uncertainty()) {
      take(uncertainty, golden);
      double[] found = {uncertainty.margin(), uncertainty.entropy()};
      List<Golden.Logarithm> expected = List.of(golden.margin(), golden.entropy());
      for (int i = 0; i < 2; i++) {
        Golden.Logarithm reference = expected.get(i);
        double actual = found[i];
        if (reference.high() >= NORMAL) {
          double error = reference.doubleError(actual);
          assertTrue(error <= 2, () -> error + " ULP: " + actual + " for " + reference);
          worst = Math.max(worst, error);
          count++;
        } else {
          assertEquals(reference.high(), actual, 1e-310, () -> reference.toString());
        }
      }
    }
    assertTrue(count > 500, "only " + count);
    assertTrue(worst > 0.5, "the references are too close to be the true values: " + worst);
  }

  @Test
  void tailsThatProbabilitiesInDoubleWouldLoseAreThere() {
    assertEquals(101 * Math.exp(-100), classes(100, 0), 1e-57);
    assertEquals(1e-20 / 2, margin(1e-20, 0), 1e-35);
  }

  private double margin(double... logits) {
    classes(logits);
    return uncertainty.margin();
  }

  @Test
  void equalClassesHaveTheLogarithmOfTheirNumberAndNoMargin() {
    assertEquals(Math.log(4), classes(3, 3, 3, 3), 1e-15);
    assertEquals(0.0, uncertainty.margin());
  }

  @Test
  void maskedClassesAddNothing() {
    assertEquals(Math.log(2), classes(1, -INF, 1), 1e-16);
    assertEquals(0.0, classes(1, -INF, -INF));
    assertEquals(1.0, uncertainty.margin());
  }

  @Test
  void certainRowsHaveMarginOneAndNoEntropy() {
    assertEquals(0.0, classes(0, INF, 5));
    assertEquals(1.0, uncertainty.margin());
    assertEquals(0.0, labels(INF, -INF));
    assertEquals(1.0, uncertainty.margin());
  }

  @Test
  void rowsWithoutProbabilitiesHaveNeither() {
    for (double[] row : List.of(new double[] {1, Double.NaN}, new double[] {-INF, -INF})) {
      assertTrue(Double.isNaN(classes(row)));
      assertTrue(Double.isNaN(uncertainty.margin()));
    }
    assertTrue(Double.isNaN(labels(1, Double.NaN)));
    assertTrue(Double.isNaN(uncertainty.margin()));
  }

  @Test
  void entropiesOfLabelsThatStandAloneAdd() {
    assertEquals(3 * Math.log(2), labels(0, 0, -0.0), 1e-15);
    assertEquals(0.0, uncertainty.margin());
  }

  @Test
  void everyKernelGivesTheSameBits() {
    Uncertainty scalar = new Uncertainty(ScalarKernel.INSTANCE);
    for (Golden.Doubt golden : Golden.uncertainty()) {
      take(uncertainty, golden);
      take(scalar, golden);
      String row = Arrays.toString(golden.logits());
      assertEquals(
          Double.doubleToRawLongBits(scalar.margin()),
          Double.doubleToRawLongBits(uncertainty.margin()),
          row);
      assertEquals(
          Double.doubleToRawLongBits(scalar.entropy()),
          Double.doubleToRawLongBits(uncertainty.entropy()),
          row);
    }
  }
}
