package dev.sigmax.kernel.rule;

import java.io.Serializable;

/**
 * How a row is scored and judged.
 *
 * @param classes how many logits a row has; at least 1
 * @param temperature logits are divided by it; see {@link Temperature}
 * @param sumTolerance how far a row's sum may be from 1, or NaN for what the arithmetic promises
 * @param calibration what becomes of the logits before they are divided
 * @param pairs whether a row holds its one logit m as a {@link MarginPair}
 */
public record ScoringRule(
    Task task,
    int classes,
    double temperature,
    NonFinite nonFinite,
    double sumTolerance,
    Calibration calibration,
    boolean pairs)
    implements Serializable {
  /** A tolerance that stands for what the arithmetic promises. */
  public static final double AS_PROMISED = Double.NaN;

  private static final double FLOAT_PROMISE = 0x1p-23;
  private static final double DOUBLE_PROMISE = 0x1p-48;
  private static final double PROMISED_CLASSES = 1000;

  /** Refuses what has no meaning. */
  public ScoringRule {
    if (classes < 1 || (task == Task.BINARY && classes != 1)) {
      throw new IllegalArgumentException(task + " cannot take " + classes + " logits a row");
    }
    if (pairs && task != Task.BINARY) {
      throw new IllegalArgumentException("pairs are of a binary task, not of " + task);
    }
    Temperature.require(temperature);
    if (!calibration.isNone() && calibration.classes() != classes) {
      throw new IllegalArgumentException(
          "a calibration of " + calibration.classes() + " logits for rows of " + classes);
    }
    if (sumTolerance < 0) {
      throw new IllegalArgumentException("the sum tolerance is negative: " + sumTolerance);
    }
  }

  /** A rule that takes logits as they are. */
  public ScoringRule(
      Task task, int classes, double temperature, NonFinite nonFinite, double sumTolerance) {
    this(task, classes, temperature, nonFinite, sumTolerance, Calibration.NONE, false);
  }

  /** The same rule by another tolerance. */
  public ScoringRule withTolerance(double tolerance) {
    return new ScoringRule(task, classes, temperature, nonFinite, tolerance, calibration, pairs);
  }

  /** How many numbers a row has: its logits, or a pair for its one logit. */
  public int rowLength() {
    return pairs ? MarginPair.LENGTH : classes;
  }

  /** The logits of a row of {@link #rowLength()} numbers; NaN for a pair that is none. */
  public float[] logits(float[] row) {
    return pairs ? new float[] {MarginPair.margin(row[0], row[1])} : row;
  }

  /** As the float form. */
  public double[] logits(double[] row) {
    return pairs ? new double[] {MarginPair.margin(row[0], row[1])} : row;
  }

  /** How many probabilities come of a row. */
  public int probabilities() {
    return task.probabilities(classes);
  }

  /** How far from 1 the sum of a row of float probabilities may be. */
  public double floatTolerance() {
    return Double.isNaN(sumTolerance) ? FLOAT_PROMISE : sumTolerance;
  }

  /** How far from 1 the sum of a row of double probabilities may be. */
  public double doubleTolerance() {
    return Double.isNaN(sumTolerance)
        ? DOUBLE_PROMISE * Math.max(1, classes / PROMISED_CLASSES)
        : sumTolerance;
  }
}
