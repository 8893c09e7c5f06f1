package dev.sigmax.columnar.score;

import dev.sigmax.kernel.rule.RowIssue;
import java.util.Arrays;
import java.util.function.Consumer;

/** The sum and the issue of each row of a batch, in arrays that are used again. Not thread-safe. */
final class RowChecks {
  private double[] sums = new double[0];
  private RowIssue[] issues = new RowIssue[0];
  private boolean anyIssue;

  /** Makes room for so many rows, none with an issue yet. */
  void reset(int rows) {
    if (issues.length < rows) {
      issues = new RowIssue[rows];
      sums = new double[rows];
    }
    Arrays.fill(issues, 0, rows, null);
    anyIssue = false;
  }

  /** By row; what lies behind the last row, or belongs to a row with an issue, means nothing. */
  double[] sums() {
    return sums;
  }

  /** What is wrong with a row; null for a good one. */
  RowIssue issue(int row) {
    return issues[row];
  }

  boolean anyIssue() {
    return anyIssue;
  }

  /** Tells the issues of the first {@code rows}, one for each row that has one. */
  void forEachIssue(int rows, Consumer<RowIssue> told) {
    for (int i = 0; anyIssue && i < rows; i++) {
      if (issues[i] != null) {
        told.accept(issues[i]);
      }
    }
  }

  /** Notes what is wrong with a row; null for a good one. */
  void note(int row, RowIssue issue) {
    issues[row] = issue;
    anyIssue |= issue != null;
  }
}
