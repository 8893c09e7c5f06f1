package dev.sigmax.columnar.score;

import dev.sigmax.kernel.Kernel;
import dev.sigmax.kernel.RowIssue;
import dev.sigmax.kernel.ValueRange;
import java.util.Arrays;

/**
 * The scores of one batch: probabilities by columns or by rows, float or double, with each row's
 * sum and issue. Arrays grow and are used again; one owner.
 */
public final class Scores {
  /** By class and row, where they are by columns and float; else null. */
  public float[][] columns;

  /** One row behind the other, where they are by rows and float; else null. */
  public float[] floats;

  /** One row behind the other, where they are double; else null. */
  public double[] doubles;

  /** Where each row of {@link #floats} or {@link #doubles} begins; one more than there are rows. */
  public int[] starts = new int[1];

  public double[] sums = new double[0];

  /**
   * The least and greatest probability of each column, or of all where they are by rows; null where
   * nobody looked or where a row was judged alone.
   */
  ValueRange[] ranges;

  /** What is wrong with each row; null for a good one. */
  public RowIssue[] issues = new RowIssue[0];

  public boolean anyIssue;

  /** Makes room for so many rows, none with an issue yet. */
  void reset(int rows) {
    if (issues.length < rows) {
      issues = new RowIssue[rows];
      sums = new double[rows];
      starts = new int[rows + 1];
    }
    Arrays.fill(issues, 0, rows, null);
    anyIssue = false;
    columns = null;
    ranges = null;
  }

  /** Finds out where the probabilities of so many rows lie. */
  void lookAtRanges(Kernel kernel, int rows) {
    if (columns != null) {
      ranges = new ValueRange[columns.length];
      for (int c = 0; c < columns.length; c++) {
        ranges[c] =
            new ValueRange(
                kernel.minOrNaN(columns[c], 0, rows), kernel.maxOrNaN(columns[c], 0, rows));
      }
    } else if (floats != null) {
      int count = starts[rows];
      ranges =
          new ValueRange[] {
            new ValueRange(kernel.minOrNaN(floats, 0, count), kernel.maxOrNaN(floats, 0, count))
          };
    } else {
      int count = starts[rows];
      ranges =
          new ValueRange[] {
            new ValueRange(kernel.minOrNaN(doubles, 0, count), kernel.maxOrNaN(doubles, 0, count))
          };
    }
  }

  /** Whether every probability lies in [0, 1]; a NaN does not. */
  boolean allInRange() {
    for (ValueRange range : ranges) {
      if (!range.ofProbabilities()) {
        return false;
      }
    }
    return true;
  }

  /** Where the probabilities of a class lie; null where that is not known. */
  public ValueRange rangeOf(int index) {
    return ranges == null || anyIssue || columns == null ? null : ranges[index];
  }

  /** Where all probabilities lie; null where that is not known. */
  public ValueRange rangeOfAll() {
    return ranges == null || anyIssue || ranges.length > 1 ? null : ranges[0];
  }

  /** Whether every probability of a row lies in [0, 1]. */
  boolean inRange(int row) {
    if (columns != null) {
      for (float[] column : columns) {
        if (!(column[row] >= 0 && column[row] <= 1)) {
          return false;
        }
      }
      return true;
    }
    for (int i = starts[row]; i < starts[row + 1]; i++) {
      double probability = floats != null ? floats[i] : doubles[i];
      if (!(probability >= 0 && probability <= 1)) {
        return false;
      }
    }
    return true;
  }

  void issue(int row, RowIssue issue) {
    issues[row] = issue;
    anyIssue |= issue != null;
  }

  /** Rows of {@code length} each. */
  public void startsAtMultiplesOf(int length, int rows) {
    for (int i = 0; i <= rows; i++) {
      starts[i] = i * length;
    }
  }

  /** Room for so many floats by rows. */
  public float[] floatRows(int count) {
    doubles = null;
    if (floats == null || floats.length < count) {
      floats = new float[count];
    }
    return floats;
  }

  /** Room for so many doubles by rows. */
  double[] doubleRows(int count) {
    floats = null;
    if (doubles == null || doubles.length < count) {
      doubles = new double[count];
    }
    return doubles;
  }
}
