package dev.sigmax.columnar.score;

import dev.sigmax.kernel.Kernel;
import dev.sigmax.kernel.ValueRange;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;

/** Double probabilities, one row behind the other. */
public final class DoubleRows extends Scores {
  private final double[] values;
  private final int[] starts;

  /**
   * Scores in an array.
   *
   * @param starts where each row begins, and where the last one ends
   */
  DoubleRows(double[] values, int[] starts, int rows, RowChecks checks) {
    super(rows, checks);
    this.values = values;
    this.starts = starts;
  }

  /** The array, for a scorer to write a row into. */
  double[] values() {
    return values;
  }

  /** Where a row begins. */
  int start(int row) {
    return starts[row];
  }

  /** Takes the probabilities of a row that was scored alone. */
  void set(int row, double[] probabilities) {
    System.arraycopy(probabilities, 0, values, starts[row], probabilities.length);
  }

  @Override
  public void putColumn(int index, ByteBuffer target) {
    DoubleBuffer column = target.asDoubleBuffer();
    for (int i = 0; i < rows(); i++) {
      column.put(i, index < length(i) ? values[starts[i] + index] : 0);
    }
  }

  @Override
  void copyColumn(int index, double[] target) {
    for (int i = 0; i < rows(); i++) {
      target[i] = index < length(i) ? values[starts[i] + index] : 0;
    }
  }

  @Override
  double probability(int row, int index) {
    return values[starts[row] + index];
  }

  @Override
  int length(int row) {
    return starts[row + 1] - starts[row];
  }

  @Override
  public void putGoodRows(ByteBuffer target) {
    DoubleBuffer doubles = target.asDoubleBuffer();
    if (!anyIssue()) {
      doubles.put(values, 0, starts[rows()]);
      return;
    }
    for (int i = 0; i < rows(); i++) {
      if (isGood(i)) {
        doubles.put(values, starts[i], length(i));
      }
    }
  }

  @Override
  void eachGoodRow(RowTaker taker) {
    for (int i = 0; i < rows(); i++) {
      if (isGood(i)) {
        taker.take(i, values, starts[i]);
      }
    }
  }

  @Override
  ValueRange[] ranges(Kernel kernel) {
    int count = starts[rows()];
    return new ValueRange[] {kernel.range(values, 0, count)};
  }

  @Override
  boolean inRange(int row) {
    for (int i = starts[row]; i < starts[row + 1]; i++) {
      if (!isProbability(values[i])) {
        return false;
      }
    }
    return true;
  }
}
