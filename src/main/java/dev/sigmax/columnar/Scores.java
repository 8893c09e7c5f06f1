package dev.sigmax.columnar;

import dev.sigmax.kernel.RowIssue;
import java.util.Arrays;

/**
 * The scores of one batch: probabilities by columns or by rows, float or double, with each row's
 * sum and issue. Arrays grow and are used again; one owner.
 */
final class Scores {
  /** By class and row, where they are by columns and float; else null. */
  float[][] columns;

  /** One row behind the other, where they are by rows and float; else null. */
  float[] floats;

  /** One row behind the other, where they are double; else null. */
  double[] doubles;

  /** Where each row of {@link #floats} or {@link #doubles} begins; one more than there are rows. */
  int[] starts = new int[1];

  double[] sums = new double[0];

  /** What is wrong with each row; null for a good one. */
  RowIssue[] issues = new RowIssue[0];

  boolean anyIssue;

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
  }

  void issue(int row, RowIssue issue) {
    issues[row] = issue;
    anyIssue |= issue != null;
  }

  /** Rows of {@code length} each. */
  void startsAtMultiplesOf(int length, int rows) {
    for (int i = 0; i <= rows; i++) {
      starts[i] = i * length;
    }
  }

  /** Room for so many floats by rows. */
  float[] floatRows(int count) {
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
