package dev.sigmax.columnar.score;

import dev.sigmax.tally.Tally;
import dev.sigmax.tally.TallyRule;

/** Counts the good rows of batches. Not thread-safe. */
final class BatchTally {
  private final TallyRule rule;
  private final Tally tally;
  private final double[] row;
  private double[] logitRow = new double[0];

  BatchTally(TallyRule rule) {
    this.rule = rule;
    this.tally = new Tally(rule);
    this.row = new double[rule.isNone() ? 0 : rule.probabilities()];
  }

  void take(Scores scores, LogitBatch logits) {
    if (rule.isNone()) {
      return;
    }
    int last = row.length - 1;
    for (int i = 0; i < scores.rows(); i++) {
      if (scores.isGood(i)
          && tally.wants(
              scores.probability(i, 0),
              scores.probability(i, row.length / 2),
              scores.probability(i, last),
              scores.sum(i))) {
        for (int c = 0; c < row.length; c++) {
          row[c] = scores.probability(i, c);
        }
        int count = logits.length(i);
        logitRow = logitRow.length < count ? new double[count] : logitRow;
        logits.copyRow(i, logitRow);
        tally.add(row, scores.sum(i), logitRow, count);
      }
    }
  }

  /** What was counted since the last time that this was asked, as text. */
  String drain() {
    return tally.drain().text();
  }
}
