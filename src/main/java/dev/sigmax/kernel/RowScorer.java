package dev.sigmax.kernel;

import dev.sigmax.kernel.rule.MarginPair;
import dev.sigmax.kernel.rule.NonFinite;
import dev.sigmax.kernel.rule.RowIssue;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import java.util.Arrays;

/**
 * Scores one row in one pass: probabilities, their sum, and what is wrong with the row.
 *
 * <p>Not thread-safe: an instance keeps buffers and the last row's sum.
 */
public final class RowScorer {
  private final ScoringRule rule;
  private final Kernel kernel;
  private final Softmax softmax;
  private double[] wide = new double[0];
  private double[] calibrated = new double[0];
  private double rowSum;

  /** A scorer by one rule, on the arithmetic of {@code kernel}. */
  public RowScorer(ScoringRule rule, Kernel kernel) {
    this.rule = rule;
    this.kernel = kernel;
    this.softmax = new Softmax(kernel);
  }

  /** What this scorer goes by. */
  public ScoringRule rule() {
    return rule;
  }

  /** Σ of the last row's probabilities as written; means nothing for a row with an issue. */
  public double rowSum() {
    return rowSum;
  }

  /**
   * Scores a row of {@code length} numbers: its logits, or a pair where the rule says so.
   *
   * @param probabilities {@code rule().probabilities()} long; means nothing for a row with an issue
   * @return what is wrong, or null for a good row
   */
  public RowIssue score(float[] row, int length, float[] probabilities) {
    RowIssue shape = shapeIssue(row, length);
    if (shape != null) {
      return shape;
    }
    float[] logits = rule.logits(row);
    int count = rule.classes();
    if (!rule.calibration().isNone()) {
      return scoreAsFloat(calibrated(widened(logits, count), count), count, probabilities);
    }
    switch (rule.task()) {
      case MULTICLASS -> softmax.softmax(logits, 0, count, rule.temperature(), probabilities, 0);
      case MULTILABEL -> kernel.sigmoid(logits, 0, probabilities, 0, count, rule.temperature());
      case BINARY -> {
        probabilities[0] = -logits[0];
        probabilities[1] = logits[0];
        kernel.sigmoid(probabilities, 0, probabilities, 0, 2, rule.temperature());
      }
    }
    rowSum = softmax.sum(probabilities, 0, rule.probabilities());
    return Double.isNaN(rowSum)
        ? resolveNonFinite(widened(logits, count), count, probabilities)
        : judge(probabilities);
  }

  /** As the float form, in double. */
  public RowIssue score(double[] row, int length, double[] probabilities) {
    RowIssue shape = shapeIssue(row, length);
    if (shape != null) {
      return shape;
    }
    int count = rule.classes();
    double[] z = calibrated(rule.logits(row), count);
    scoreInDouble(z, count, probabilities);
    return Double.isNaN(rowSum) ? resolveNonFinite(z, count, probabilities) : judge(probabilities);
  }

  /** Scores in double and rounds each probability to float once more, at the end. */
  public RowIssue score(double[] row, int length, float[] probabilities) {
    RowIssue shape = shapeIssue(row, length);
    int count = rule.classes();
    return shape != null
        ? shape
        : scoreAsFloat(calibrated(rule.logits(row), count), count, probabilities);
  }

  private double[] calibrated(double[] logits, int count) {
    if (rule.calibration().isNone()) {
      return logits;
    }
    calibrated = calibrated.length < count ? new double[count] : calibrated;
    rule.calibration().apply(logits, count, calibrated);
    return calibrated;
  }

  private RowIssue scoreAsFloat(double[] logits, int count, float[] probabilities) {
    double[] exact = reserve(rule.probabilities());
    scoreInDouble(logits, count, exact);
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = (float) exact[i];
    }
    rowSum = softmax.sum(probabilities, 0, probabilities.length);
    return Double.isNaN(rowSum)
        ? resolveNonFinite(logits, count, probabilities)
        : judge(probabilities);
  }

  private void scoreInDouble(double[] logits, int count, double[] probabilities) {
    switch (rule.task()) {
      case MULTICLASS -> softmax.softmax(logits, 0, count, rule.temperature(), probabilities, 0);
      case MULTILABEL -> kernel.sigmoid(logits, 0, probabilities, 0, count, rule.temperature());
      case BINARY -> {
        probabilities[0] = -logits[0];
        probabilities[1] = logits[0];
        kernel.sigmoid(probabilities, 0, probabilities, 0, 2, rule.temperature());
      }
    }
    rowSum = softmax.sum(probabilities, 0, rule.probabilities());
  }

  private RowIssue shapeIssue(float[] row, int length) {
    RowIssue issue = shapeIssue(length);
    return issue == null && rule.pairs() ? MarginPair.issue(row[0], row[1]) : issue;
  }

  private RowIssue shapeIssue(double[] row, int length) {
    RowIssue issue = shapeIssue(length);
    return issue == null && rule.pairs() ? MarginPair.issue(row[0], row[1]) : issue;
  }

  private RowIssue shapeIssue(int length) {
    if (length == 0) {
      return RowIssue.EMPTY;
    }
    return length == rule.rowLength() ? null : RowIssue.LENGTH;
  }

  private RowIssue resolveNonFinite(double[] logits, int count, float[] probabilities) {
    double[] resolved = new double[probabilities.length];
    for (int i = 0; i < resolved.length; i++) {
      resolved[i] = probabilities[i];
    }
    RowIssue issue = resolveNonFinite(logits, count, resolved);
    for (int i = 0; i < resolved.length; i++) {
      probabilities[i] = (float) resolved[i];
    }
    return issue;
  }

  /** Decides a row whose sum is NaN, and fills in what its rule gives it. */
  private RowIssue resolveNonFinite(double[] logits, int count, double[] probabilities) {
    if (rule.nonFinite() == NonFinite.PROPAGATE) {
      boolean wholeRow = rule.task() != Task.MULTILABEL;
      for (int i = 0; i < probabilities.length; i++) {
        // One NaN for all: which of the many a processor gives is not the same everywhere.
        probabilities[i] =
            wholeRow || Double.isNaN(probabilities[i]) ? Double.NaN : probabilities[i];
      }
      rowSum = Double.NaN;
      return null;
    }
    int certain = -1;
    int infinite = 0;
    for (int i = 0; i < count; i++) {
      if (Double.isNaN(logits[i])) {
        return RowIssue.NAN;
      }
      if (logits[i] == Double.POSITIVE_INFINITY) {
        certain = i;
        infinite++;
      }
    }
    if (infinite == 0) {
      return RowIssue.ALL_NEG_INF;
    }
    if (infinite > 1 || rule.nonFinite() == NonFinite.REJECT) {
      return RowIssue.POS_INF;
    }
    Arrays.fill(probabilities, 0);
    probabilities[certain] = 1;
    rowSum = 1;
    return null;
  }

  private RowIssue judge(float[] probabilities) {
    for (int i = 0; i < rule.probabilities(); i++) {
      if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
        return RowIssue.RANGE;
      }
    }
    return judgeSum(rule.floatTolerance());
  }

  private RowIssue judge(double[] probabilities) {
    for (int i = 0; i < rule.probabilities(); i++) {
      if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
        return RowIssue.RANGE;
      }
    }
    return judgeSum(rule.doubleTolerance());
  }

  private RowIssue judgeSum(double tolerance) {
    return rule.task().sumsToOne() && Math.abs(rowSum - 1) > tolerance ? RowIssue.SUM : null;
  }

  private double[] widened(float[] logits, int count) {
    double[] widened = reserve(count);
    for (int i = 0; i < count; i++) {
      widened[i] = logits[i];
    }
    return widened;
  }

  private double[] reserve(int count) {
    if (wide.length < count) {
      wide = new double[count];
    }
    return wide;
  }
}
