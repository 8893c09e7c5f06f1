package dev.sigmax.columnar.score;

import dev.sigmax.kernel.Kernel;
import dev.sigmax.kernel.Softmax;
import dev.sigmax.kernel.rule.ScoringRule;
import java.util.Arrays;

/**
 * Scores a batch in double, row behind row: logits that are doubles, or floats whose probabilities
 * are to be doubles. Not thread-safe.
 */
final class DoubleRowScorer {
  private final ScoringRule rule;
  private final boolean isFloat;
  private final boolean judged;
  private final Kernel kernel;
  private final Softmax softmax;
  private double[] calibrated = new double[0];
  private double[] exact = new double[0];

  DoubleRowScorer(ScoreCall scoring, Kernel kernel) {
    this.rule = scoring.rule();
    this.isFloat = scoring.isFloat();
    this.judged = scoring.judged();
    this.kernel = kernel;
    this.softmax = new Softmax(kernel);
  }

  /**
   * Scores rows of {@code length} logits each, whatever lies in a missing row's place too. The sum
   * of a row whose pair is none is NaN.
   */
  Scores score(LogitBatch logits, int length, ScoreArrays arrays, RowChecks checks) {
    int rows = logits.rows();
    int probabilities = rule.task().probabilities(length);
    int count = rows * probabilities;
    double[] values = calibrated(logits.doubleRows(), rows * length);
    double[] results = isFloat ? roomFor(count) : arrays.doubles(count);
    int[] starts = arrays.startsAtMultiplesOf(probabilities, rows);
    switch (rule.task()) {
      case MULTICLASS -> {
        for (int at = 0; at < count; at += length) {
          softmax.softmax(values, at, length, rule.temperature(), results, at);
        }
      }
      case MULTILABEL -> kernel.sigmoid(values, 0, results, 0, count, rule.temperature());
      case BINARY -> {
        for (int i = 0; i < rows; i++) {
          results[2 * i] = -values[i];
          results[2 * i + 1] = values[i];
        }
        kernel.sigmoid(results, 0, results, 0, count, rule.temperature());
      }
    }
    double[] sums = checks.sums();
    if (!isFloat) {
      for (int i = 0; judged && i < rows; i++) {
        sums[i] = softmax.sum(results, i * probabilities, probabilities);
      }
      return new DoubleRows(results, starts, rows, checks);
    }
    float[] rounded = arrays.floats(count);
    for (int i = 0; i < count; i++) {
      rounded[i] = (float) results[i];
    }
    for (int i = 0; judged && i < rows; i++) {
      sums[i] = softmax.sum(rounded, i * probabilities, probabilities);
    }
    return new FloatRows(rounded, starts, rows, checks);
  }

  /** The logits are the input's own, which others read after this: so they are not written over. */
  private double[] calibrated(double[] values, int count) {
    if (rule.calibration().isNone()) {
      return values;
    }
    calibrated = calibrated.length < count ? new double[count] : calibrated;
    rule.calibration().apply(values, count, calibrated);
    return calibrated;
  }

  private double[] roomFor(int count) {
    exact = exact.length < count ? Arrays.copyOf(exact, count) : exact;
    return exact;
  }
}
