package dev.sigmax.job.calibrate;

import dev.sigmax.tally.ExactSum;
import java.io.Serializable;
import java.util.stream.Stream;

/** How much weight holds and does not hold for each label, in each fold. Exact, and mergeable. */
final class Masses implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int labels;
  private final ExactSum[] held;
  private final ExactSum[] not;

  Masses(int labels) {
    this.labels = labels;
    this.held = sums(labels * FitRows.FOLDS);
    this.not = sums(labels * FitRows.FOLDS);
  }

  private static ExactSum[] sums(int count) {
    return Stream.generate(ExactSum::new).limit(count).toArray(ExactSum[]::new);
  }

  void add(FitRows rows) {
    for (int row = 0; row < rows.rows(); row++) {
      for (int label = 0; label < labels; label++) {
        (rows.holds(row, label) ? held : not)
            [rows.fold(row) * labels + label].add(rows.weight(row));
      }
    }
  }

  void add(Masses other) {
    for (int i = 0; i < held.length; i++) {
      held[i].add(other.held[i]);
      not[i].add(other.not[i]);
    }
  }

  /** The weight of the rows where a label holds, without a fold's; of none with as many folds. */
  double held(int label, int withoutFold) {
    return sum(held, label, withoutFold);
  }

  /** The weight of the rows where a label does not hold. */
  double not(int label, int withoutFold) {
    return sum(not, label, withoutFold);
  }

  private double sum(ExactSum[] sums, int label, int withoutFold) {
    ExactSum sum = new ExactSum();
    for (int fold = 0; fold < FitRows.FOLDS; fold++) {
      if (fold != withoutFold) {
        sum.add(sums[fold * labels + label]);
      }
    }
    return sum.value();
  }
}
