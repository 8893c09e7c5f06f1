package dev.sigmax.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.kernel.rule.Calibration;
import dev.sigmax.kernel.rule.NonFinite;
import dev.sigmax.kernel.rule.RowIssue;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.testing.Reference;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Calibrated logits, against decimal arithmetic. */
class CalibrationTest {
  private static final int CLASSES = 7;
  private static final int ROWS = 300;

  private final Random random = new Random(16);

  private Calibration calibration() {
    return Calibration.of(
        random.doubles(CLASSES, -2, 3).toArray(), random.doubles(CLASSES, -4, 4).toArray());
  }

  private static ScoringRule rule(Task task, int classes, Calibration calibration) {
    return new ScoringRule(
        task, classes, 1, NonFinite.REJECT, ScoringRule.AS_PROMISED, calibration, false);
  }

  /** slope z + offset, to the nearest double. */
  private static double[] exact(double[] logits, Calibration calibration) {
    double[] exact = new double[logits.length];
    for (int i = 0; i < exact.length; i++) {
      exact[i] =
          new BigDecimal(calibration.slope(i))
              .multiply(new BigDecimal(logits[i]))
              .add(new BigDecimal(calibration.offset(i)))
              .doubleValue();
    }
    return exact;
  }

  @Test
  void aCalibratedLogitIsRoundedOnce() {
    for (int row = 0; row < ROWS; row++) {
      Calibration calibration = calibration();
      double[] logits = random.doubles(CLASSES, -30, 30).toArray();
      double[] calibrated = new double[CLASSES];
      calibration.apply(logits, CLASSES, calibrated);
      assertArrayEquals(exact(logits, calibration), calibrated, 0.0);
    }
  }

  @Test
  void doubleProbabilitiesAreAsExactForCalibratedLogitsAsForAny() {
    for (int row = 0; row < ROWS; row++) {
      Calibration calibration = calibration();
      double[] logits = random.doubles(CLASSES, -10, 10).toArray();
      double[] scored = new double[CLASSES];
      RowScorer softmax =
          new RowScorer(rule(Task.MULTICLASS, CLASSES, calibration), Kernels.kernel());
      assertNull(softmax.score(logits, CLASSES, scored));
      BigDecimal[] expected = Reference.softmax(exact(logits, calibration));
      for (int i = 0; i < CLASSES; i++) {
        assertTrue(Reference.ulps(expected[i], scored[i]) <= 2);
      }
      RowScorer sigmoid =
          new RowScorer(rule(Task.MULTILABEL, CLASSES, calibration), Kernels.kernel());
      assertNull(sigmoid.score(logits, CLASSES, scored));
      for (int i = 0; i < CLASSES; i++) {
        BigDecimal one = Reference.sigmoid(exact(logits, calibration)[i]);
        assertTrue(Reference.ulps(one, scored[i]) <= 1);
      }
    }
  }

  @Test
  void floatProbabilitiesAreWithinHalfAnUlpOfFloat() {
    for (int row = 0; row < ROWS; row++) {
      Calibration calibration = calibration();
      float[] logits = new float[CLASSES];
      double[] wide = new double[CLASSES];
      for (int i = 0; i < CLASSES; i++) {
        logits[i] = (float) random.nextGaussian(0, 5);
        wide[i] = logits[i];
      }
      float[] scored = new float[CLASSES];
      RowScorer scorer =
          new RowScorer(rule(Task.MULTICLASS, CLASSES, calibration), Kernels.kernel());
      assertNull(scorer.score(logits, CLASSES, scored));
      BigDecimal[] expected = Reference.softmax(exact(wide, calibration));
      for (int i = 0; i < CLASSES; i++) {
        double ulps =
            new BigDecimal(scored[i]).subtract(expected[i], MathContext.DECIMAL64).doubleValue()
                / Math.ulp(expected[i].floatValue());
        assertTrue(Math.abs(ulps) <= 0.5001, "off by " + ulps);
      }
      assertTrue(Math.abs(scorer.rowSum() - 1) <= 0x1p-23);
    }
  }

  @Test
  void bothTailsOfABinaryRowAreThoseOfTheCalibratedLogit() {
    Calibration calibration = Calibration.of(new double[] {0.5}, new double[] {-1});
    RowScorer scorer = new RowScorer(rule(Task.BINARY, 1, calibration), Kernels.kernel());
    double[] scored = new double[2];
    assertNull(scorer.score(new double[] {6}, 1, scored));
    assertArrayEquals(
        new double[] {Kernels.sigmoid(-2.0, 1), Kernels.sigmoid(2.0, 1)}, scored, 0.0);
  }

  @Test
  void slopeOneAndOffsetZeroChangeNoBitOfADouble() {
    Calibration identity = Calibration.of(new double[] {1, 1, 1}, new double[] {0, 0, 0});
    double[] logits = {0.1, -7.25, 3};
    double[] plain = new double[3];
    double[] calibrated = new double[3];
    new RowScorer(rule(Task.MULTICLASS, 3, Calibration.NONE), Kernels.kernel())
        .score(logits, 3, plain);
    new RowScorer(rule(Task.MULTICLASS, 3, identity), Kernels.kernel())
        .score(logits, 3, calibrated);
    assertArrayEquals(plain, calibrated, 0.0);
  }

  @Test
  void rowsWithNaNAndInfinitiesHaveTheIssuesTheyHaveWithoutACalibration() {
    Calibration calibration = Calibration.of(new double[] {2, 2}, new double[] {5, -5});
    RowScorer scorer = new RowScorer(rule(Task.MULTICLASS, 2, calibration), Kernels.kernel());
    double inf = Double.POSITIVE_INFINITY;
    double[] scored = new double[2];
    assertEquals(RowIssue.NAN, scorer.score(new double[] {Double.NaN, 1}, 2, scored));
    assertEquals(RowIssue.POS_INF, scorer.score(new double[] {inf, 1}, 2, scored));
    assertEquals(RowIssue.ALL_NEG_INF, scorer.score(new double[] {-inf, -inf}, 2, scored));
    assertNull(scorer.score(new double[] {-inf, 1}, 2, scored));
    assertArrayEquals(new double[] {0, 1}, scored, 0.0);
    assertEquals(RowIssue.LENGTH, scorer.score(new double[] {1, 2, 3}, 3, scored));
  }

  @Test
  void whatIsNoCalibrationIsRefused() {
    double[] zero = {0};
    double[] one = {1};
    double[] nan = {Double.NaN};
    double[] two = {1, 1};
    double[] none = {};
    assertThrows(IllegalArgumentException.class, () -> Calibration.of(zero, one));
    assertThrows(IllegalArgumentException.class, () -> Calibration.of(nan, one));
    assertThrows(IllegalArgumentException.class, () -> Calibration.of(one, nan));
    assertThrows(IllegalArgumentException.class, () -> Calibration.of(one, two));
    assertThrows(IllegalArgumentException.class, () -> Calibration.of(none, none));
    Calibration calibration = Calibration.of(two, two);
    assertThrows(IllegalArgumentException.class, () -> rule(Task.MULTICLASS, 3, calibration));
  }
}
