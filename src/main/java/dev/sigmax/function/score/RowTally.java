package dev.sigmax.function.score;

import dev.sigmax.spark.FooterNotes;
import dev.sigmax.spark.TaskChange;
import dev.sigmax.tally.Tally;
import dev.sigmax.tally.TallyRule;

/**
 * Counts the rows that the running task scores one by one, and leaves the counts for the footer of
 * the file that the task writes. Not thread-safe.
 */
final class RowTally {
  private final Tally tally;
  private final double[] wide;
  private double[] wideLogits = new double[0];
  private final TaskChange task = new TaskChange();

  RowTally(TallyRule rule) {
    this.tally = new Tally(rule);
    this.wide = new double[rule.probabilities()];
  }

  /** Counts a good row of float logits, if it is among those that are counted. */
  void take(float[] row, double rowSum, float[] logits) {
    if (wants(row, rowSum)) {
      wideLogits = wideLogits.length < logits.length ? new double[logits.length] : wideLogits;
      for (int i = 0; i < logits.length; i++) {
        wideLogits[i] = logits[i];
      }
      tally.add(widened(row), rowSum, wideLogits, logits.length);
    }
  }

  /** As the form of float logits. */
  void take(float[] row, double rowSum, double[] logits) {
    if (wants(row, rowSum)) {
      tally.add(widened(row), rowSum, logits, logits.length);
    }
  }

  /** As the float form. */
  void take(double[] row, double rowSum, double[] logits) {
    if (wants(row[0], row[row.length / 2], row[row.length - 1], rowSum)) {
      tally.add(row, rowSum, logits, logits.length);
    }
  }

  private double[] widened(float[] row) {
    for (int i = 0; i < wide.length; i++) {
      wide[i] = row[i];
    }
    return wide;
  }

  private boolean wants(float[] row, double rowSum) {
    return wants(row[0], row[row.length / 2], row[row.length - 1], rowSum);
  }

  private boolean wants(double first, double middle, double last, double rowSum) {
    beginTask();
    return tally.wants(first, middle, last, rowSum);
  }

  /** What an attempt counted that failed is in no file, and belongs to none. */
  private void beginTask() {
    if (task.isAnother()) {
      tally.drain();
      FooterNotes.leave(TallyRule.FOOTER_KEY, () -> tally.drain().text());
    }
  }
}
