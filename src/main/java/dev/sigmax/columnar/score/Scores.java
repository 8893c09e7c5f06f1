package dev.sigmax.columnar.score;

import dev.sigmax.kernel.Kernel;
import dev.sigmax.kernel.ValueRange;
import dev.sigmax.kernel.rule.RowIssue;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The scores of one batch: probabilities, and each row's sum and issue. Finished when {@link
 * BatchScorer} hands it over, and valid until its next batch, since the arrays are used again.
 * Whoever takes it copies out of it and changes nothing.
 */
public abstract sealed class Scores permits FloatColumns, FloatRows, DoubleRows {
  private static final ValueRange[] UNKNOWN = {};

  private final int rows;
  private final RowChecks checks;
  private ValueRange[] ranges = UNKNOWN;

  Scores(int rows, RowChecks checks) {
    this.rows = rows;
    this.checks = checks;
  }

  /** How many rows there are. */
  public final int rows() {
    return rows;
  }

  /** Whether any row has an issue. */
  public final boolean anyIssue() {
    return checks.anyIssue();
  }

  /** What is wrong with a row; empty for a good one. */
  public final Optional<RowIssue> issue(int row) {
    return Optional.ofNullable(checks.issue(row));
  }

  /** Whether nothing is wrong with a row. */
  public final boolean isGood(int row) {
    return checks.issue(row) == null;
  }

  /** The sum of a row's probabilities; means nothing for a row with an issue. */
  final double sum(int row) {
    return checks.sums()[row];
  }

  /** Writes the sum of each row in double; anything for a row with an issue. */
  public final void putSums(ByteBuffer target) {
    target.asDoubleBuffer().put(checks.sums(), 0, rows);
  }

  /** Writes the probability of one class for each row; anything for a row with an issue. */
  public abstract void putColumn(int index, ByteBuffer target);

  /** Copies the probability of one class of each row; anything for a row with an issue. */
  abstract void copyColumn(int index, double[] target);

  /** The sum of each row, or more; anything for a row with an issue. */
  final double[] sums() {
    return checks.sums();
  }

  /** One probability of a row without an issue. */
  abstract double probability(int row, int index);

  /** How many probabilities a row has, which may have an issue. */
  abstract int length(int row);

  /**
   * Writes where each row's probabilities begin, and where the last one's end, once those of rows
   * with an issue are left out.
   *
   * @return how many probabilities there are then
   */
  public final int putGoodRowStarts(ByteBuffer target) {
    IntBuffer starts = target.asIntBuffer();
    int next = 0;
    for (int i = 0; i < rows; i++) {
      starts.put(i, next);
      next += isGood(i) ? length(i) : 0;
    }
    starts.put(rows, next);
    return next;
  }

  /** Writes the probabilities of the rows without an issue, row behind row. */
  public abstract void putGoodRows(ByteBuffer target);

  /** Takes the rows without an issue one by one, in order. */
  interface RowTaker {
    /** A row's probabilities begin in the array at {@code from}. */
    void take(int row, float[] values, int from);

    /** As the float form. */
    void take(int row, double[] values, int from);
  }

  /** Hands over the probabilities of each row without an issue. */
  abstract void eachGoodRow(RowTaker taker);

  /** Where the probabilities of one class lie; empty where that is not known. */
  public Optional<ValueRange> rangeOf(int index) {
    return Optional.empty();
  }

  /** Where all probabilities lie; empty where that is not known. */
  public final Optional<ValueRange> rangeOfAll() {
    return ranges.length == 1 ? range(0) : Optional.empty();
  }

  final Optional<ValueRange> range(int index) {
    return ranges == UNKNOWN || anyIssue() ? Optional.empty() : Optional.of(ranges[index]);
  }

  /** Finds out where the probabilities lie: of each column, or of all rows together. */
  abstract ValueRange[] ranges(Kernel kernel);

  /** Looks where the probabilities lie; whether that is in [0, 1] for all. A NaN is not. */
  final boolean lookAtRanges(Kernel kernel) {
    ranges = ranges(kernel);
    return Arrays.stream(ranges).allMatch(ValueRange::ofProbabilities);
  }

  /** A row is scored once more, so that the ranges may be others. */
  final void forgetRanges() {
    ranges = UNKNOWN;
  }

  /** Whether every probability of a row lies in [0, 1]. */
  abstract boolean inRange(int row);

  static boolean isProbability(double value) {
    return value >= 0 && value <= 1;
  }
}
