package dev.sigmax.columnar.score;

import dev.sigmax.kernel.Kernel;
import dev.sigmax.kernel.ValueRange;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;

/** Float probabilities by class and row. */
public final class FloatColumns extends Scores {
  /** So many values are turned from columns to rows at a time: they stay in a processor's cache. */
  private static final int BLOCK = 1 << 13;

  private final float[][] columns;
  private final ScoreArrays arrays;

  /**
   * Scores in arrays.
   *
   * @param arrays has one to put rows together in
   */
  FloatColumns(float[][] columns, ScoreArrays arrays, int rows, RowChecks checks) {
    super(rows, checks);
    this.columns = columns;
    this.arrays = arrays;
  }

  /** Takes the probabilities of a row that was scored alone. */
  void set(int row, float[] probabilities) {
    for (int c = 0; c < columns.length; c++) {
      columns[c][row] = probabilities[c];
    }
  }

  @Override
  public void putColumn(int index, ByteBuffer target) {
    target.asFloatBuffer().put(columns[index], 0, rows());
  }

  @Override
  void copyColumn(int index, double[] target) {
    float[] column = columns[index];
    for (int i = 0; i < rows(); i++) {
      target[i] = column[i];
    }
  }

  @Override
  double probability(int row, int index) {
    return columns[index][row];
  }

  @Override
  int length(int row) {
    return columns.length;
  }

  @Override
  public void putGoodRows(ByteBuffer target) {
    FloatBuffer floats = target.asFloatBuffer();
    int classes = columns.length;
    eachBlock(
        (block, from, count) -> {
          for (int i = 0; anyIssue() && i < count; i++) {
            if (isGood(from + i)) {
              floats.put(block, i * classes, classes);
            }
          }
          if (!anyIssue()) {
            floats.put(block, 0, count * classes);
          }
        });
  }

  @Override
  void eachGoodRow(RowTaker taker) {
    eachBlock(
        (block, from, count) -> {
          for (int i = 0; i < count; i++) {
            if (isGood(from + i)) {
              taker.take(from + i, block, i * columns.length);
            }
          }
        });
  }

  private interface BlockTaker {
    /** Takes {@code count} rows from row {@code from} on, one behind the other. */
    void take(float[] block, int from, int count);
  }

  private void eachBlock(BlockTaker taker) {
    int classes = columns.length;
    int rowsInABlock = Math.max(1, BLOCK / classes);
    float[] block = arrays.floats(rowsInABlock * classes);
    for (int from = 0; from < rows(); from += rowsInABlock) {
      int count = Math.min(rowsInABlock, rows() - from);
      for (int c = 0; c < classes; c++) {
        for (int i = 0; i < count; i++) {
          block[i * classes + c] = columns[c][from + i];
        }
      }
      taker.take(block, from, count);
    }
  }

  @Override
  public Optional<ValueRange> rangeOf(int index) {
    return range(index);
  }

  @Override
  ValueRange[] ranges(Kernel kernel) {
    ValueRange[] ranges = new ValueRange[columns.length];
    for (int c = 0; c < columns.length; c++) {
      ranges[c] = kernel.range(columns[c], 0, rows());
    }
    return ranges;
  }

  @Override
  boolean inRange(int row) {
    for (float[] column : columns) {
      if (!isProbability(column[row])) {
        return false;
      }
    }
    return true;
  }
}
