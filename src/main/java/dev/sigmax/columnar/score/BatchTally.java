package dev.sigmax.columnar.score;

import dev.sigmax.tally.Tally;
import dev.sigmax.tally.TallyRule;

/** Counts the good rows of batches. Not thread-safe. */
final class BatchTally {
  private final TallyRule rule;
  private final Tally tally;
  private final double[] row;
  private double[] logitRow = new double[0];
  private double[] first = new double[0];
  private double[] middle = new double[0];
  private double[] last = new double[0];

  BatchTally(TallyRule rule) {
    this.rule = rule;
    this.tally = new Tally(rule);
    this.row = new double[rule.isNone() ? 0 : rule.probabilities()];
  }

  void take(Scores scores, LogitBatch logits) {
    if (rule.isNone()) {
      return;
    }
    int rows = scores.rows();
    if (first.length < rows) {
      first = new double[rows];
      middle = new double[rows];
      last = new double[rows];
    }
    // A column at a time: to ask for each value of each row takes longer than to count them.
    scores.copyColumn(0, first);
    scores.copyColumn(row.length / 2, middle);
    scores.copyColumn(row.length - 1, last);
    double[] sums = scores.sums();
    for (int i = 0; i < rows; i++) {
      if (tally.wants(first[i], middle[i], last[i], sums[i]) && scores.isGood(i)) {
        add(scores, logits, i);
      }
    }
  }

  private void add(Scores scores, LogitBatch logits, int index) {
    for (int c = 0; c < row.length; c++) {
      row[c] = scores.probability(index, c);
    }
    int count = logits.length(index);
    logitRow = logitRow.length < count ? new double[count] : logitRow;
    tally.add(row, scores.sum(index), logitRow, logits.copyLogits(index, logitRow));
  }

  /** What was counted since the last time that this was asked, as text. */
  String drain() {
    return tally.drain().text();
  }
}
