package dev.sigmax.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The logarithms of the family against 400-digit references. */
class LogarithmsTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  private final LogSoftmax logarithms = new LogSoftmax(Kernels.kernel());

  private double actual(Golden.Logarithm golden) {
    double[] logits = golden.logits();
    return switch (golden.function()) {
      case "log_sigmoid" -> LogSigmoid.of(logits[0]);
      case "binary_cross_entropy" ->
          LogSigmoid.crossEntropy(logits[0], Double.parseDouble(golden.label()));
      case "logsumexp" -> logarithms.logSumExp(logits, 0, logits.length);
      case "cross_entropy" ->
          logarithms.crossEntropy(logits, 0, logits.length, Integer.parseInt(golden.label()));
      default -> throw new IllegalArgumentException(golden.function());
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"log_sigmoid", "binary_cross_entropy", "logsumexp", "cross_entropy"})
  void doubleResultsAreWithinTwoUlp(String function) {
    double worst = 0;
    int count = 0;
    for (Golden.Logarithm golden : Golden.logarithms()) {
      if (golden.function().equals(function)) {
        double actual = actual(golden);
        double error = golden.doubleError(actual);
        assertTrue(error <= 2, () -> error + " ULP: " + actual + " for " + golden);
        worst = Math.max(worst, error);
        count++;
      }
    }
    assertTrue(count > 600, "only " + count);
    assertTrue(worst > 0.3, "the references are too close to be the true values");
  }

  @Test
  void floatResultsAreCorrectlyRounded() {
    int count = 0;
    for (Golden.Logarithm golden : Golden.logarithms()) {
      float[] floats = new float[golden.logits().length];
      boolean exact = true;
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) golden.logits()[i];
        exact &= floats[i] == golden.logits()[i];
      }
      if (exact) {
        float actual =
            switch (golden.function()) {
              case "log_sigmoid" -> LogSigmoid.of(floats[0]);
              case "binary_cross_entropy" ->
                  LogSigmoid.crossEntropy(floats[0], Double.parseDouble(golden.label()));
              case "logsumexp" -> logarithms.logSumExp(floats, 0, floats.length);
              default ->
                  logarithms.crossEntropy(
                      floats, 0, floats.length, Integer.parseInt(golden.label()));
            };
        assertTrue(golden.floatError(actual) <= 0.5001, golden::toString);
        count++;
      }
    }
    assertTrue(count > 50, "only " + count);
  }

  @Test
  void logSoftmaxIsMinusTheCrossEntropyOfEachClass() {
    for (Golden.Logarithm golden : Golden.logarithms()) {
      if (golden.function().equals("cross_entropy")) {
        double[] logits = golden.logits();
        double[] logs = new double[logits.length];
        logarithms.logSoftmax(logits, 0, logits.length, logs, 0);
        for (int i = 0; i < logs.length; i++) {
          assertEquals(-logarithms.crossEntropy(logits, 0, logits.length, i), logs[i]);
        }
      }
    }
  }

  @Test
  void logSumExpOfLogarithmsOfProbabilitiesIsWhatTheirSumLacks() {
    // exp(-ln 2), -ln 2 as a double, is 1/2 (1 + 2^-53 c): the sum's logarithm is all of c.
    double expected = 2.3190468138462996e-17;
    assertEquals(expected, logarithms.logSumExp(new double[] {-Math.log(2), -Math.log(2)}, 0, 2));
  }

  @Test
  void undefinedRowsGiveWhatTheyDoInSciPy() {
    assertEquals(INF, logarithms.logSumExp(new double[] {1, INF, INF}, 0, 3));
    assertEquals(-INF, logarithms.logSumExp(new double[] {-INF, -INF}, 0, 2));
    assertEquals(-INF, logarithms.logSumExp(new double[0], 0, 0));
    assertEquals(NAN, logarithms.logSumExp(new double[] {INF, NAN}, 0, 2));
    for (double[] row :
        List.of(new double[] {1, INF}, new double[] {-INF}, new double[] {NAN, 1})) {
      double[] logs = new double[row.length];
      logarithms.logSoftmax(row, 0, row.length, logs, 0);
      for (double log : logs) {
        assertEquals(NAN, log);
      }
      assertEquals(NAN, logarithms.crossEntropy(row, 0, row.length, 0));
    }
    assertEquals(INF, logarithms.crossEntropy(new double[] {1, -INF}, 0, 2, 1));
    assertEquals(0, logarithms.crossEntropy(new double[] {1, -INF}, 0, 2, 0));
    double[] wide = {-Double.MAX_VALUE, Double.MAX_VALUE};
    logarithms.logSoftmax(wide, 0, 2, wide, 0);
    assertArrayEquals(new double[] {-INF, -0.0}, wide);
  }

  @Test
  void logSigmoidTakesItsLimits() {
    assertEquals(-INF, LogSigmoid.of(-INF));
    assertEquals(-0.0, LogSigmoid.of(INF));
    assertEquals(NAN, LogSigmoid.of(NAN));
    assertEquals(-0.0f, LogSigmoid.of(Float.POSITIVE_INFINITY));
    assertEquals(-Double.MAX_VALUE, LogSigmoid.of(-Double.MAX_VALUE));
    assertEquals(-Math.log(2), LogSigmoid.of(0.0));
  }

  @Test
  void crossEntropyOfACertainAnswerCostsNothingOrEverything() {
    assertEquals(0, LogSigmoid.crossEntropy(INF, 1));
    assertEquals(0, LogSigmoid.crossEntropy(-INF, 0));
    assertEquals(INF, LogSigmoid.crossEntropy(-INF, 1));
    assertEquals(INF, LogSigmoid.crossEntropy(INF, 0.5));
    assertEquals(NAN, LogSigmoid.crossEntropy(NAN, 0.5));
  }

  @Test
  void labelsThatAreNoneAreRefused() {
    for (double label : new double[] {-0.1, 1.5, NAN, INF}) {
      assertThrows(IllegalArgumentException.class, () -> LogSigmoid.crossEntropy(0.0, label));
    }
    for (int label : new int[] {-1, 2}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> logarithms.crossEntropy(new double[] {1, 2}, 0, 2, label));
    }
  }

  @Test
  void argMaxIsTheFirstOfTheLargest() {
    assertEquals(1, ArgMax.of(new double[] {1, 3, 3, 2}, 0, 4));
    assertEquals(0, ArgMax.of(new float[] {9, -0f, 0f, 2}, 1, 2));
    assertEquals(0, ArgMax.of(new double[] {-INF, -INF}, 0, 2));
    assertEquals(1, ArgMax.of(new double[] {1, INF}, 0, 2));
    assertEquals(ArgMax.NONE, ArgMax.of(new double[] {1, NAN}, 0, 2));
    assertEquals(ArgMax.NONE, ArgMax.of(new float[0], 0, 0));
  }
}
