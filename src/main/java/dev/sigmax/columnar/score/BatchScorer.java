package dev.sigmax.columnar.score;

import dev.sigmax.kernel.Kernel;
import dev.sigmax.kernel.RowIssue;
import dev.sigmax.kernel.RowScorer;
import dev.sigmax.kernel.ScoringRule;
import dev.sigmax.kernel.Softmax;
import dev.sigmax.kernel.SoftmaxTile;
import dev.sigmax.kernel.Task;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Scores a batch at a time. Floats and doubles in columns or in arrays of one length go through the
 * kernel in bulk; a row that looks like anything but a good one, and every other kind of logits,
 * goes through {@link RowScorer}, the row scorer of the row path, so that both say the same.
 *
 * <p>One instance has one owner.
 */
public final class BatchScorer {
  private static final int MOST_TRANSPOSED = 16;

  private final ScoreCall scoring;
  private final ScoringRule rule;
  private final Kernel kernel;
  private final Softmax softmax;
  private final RowScorer rowScorer;
  private final DoubleRows doubleRows;
  private final LogitBatch logits;
  private final Scores scores = new Scores();
  private SoftmaxTile tile;
  private int tileClasses;
  private float[] floatRow = new float[0];
  private float[] floatResults = new float[0];
  private double[] doubleRow = new double[0];
  private double[] doubleResults = new double[0];

  public BatchScorer(ScoreCall scoring, Kernel kernel) {
    this.scoring = scoring;
    this.rule = scoring.rule();
    this.kernel = kernel;
    this.softmax = new Softmax(kernel);
    this.rowScorer = new RowScorer(rule, kernel);
    this.doubleRows = new DoubleRows(scoring, kernel);
    this.logits = new LogitBatch(scoring.logits());
  }

  /** The scores of a batch; they hold until the next. */
  public Scores score(ColumnarBatch batch) {
    logits.take(batch);
    scores.reset(logits.rows());
    int length = logits.sameLength();
    boolean sameLength = length > 0 && fits(length);
    if (scoring.isFloat() && scoring.logits().floatsAsTheyAre()) {
      if (!scoring.logits().array()) {
        scoreColumns();
      } else if (sameLength) {
        scoreRows(length);
      } else {
        scoreOneByOne();
      }
    } else if (sameLength && scoring.logits().binaryFloatingPoint()) {
      scores.columns = null;
      doubleRows.score(logits, length, scores);
      judgeRows(length);
    } else {
      scoreOneByOne();
    }
    return scores;
  }

  private boolean fits(int length) {
    return scoring.anyLength() || length == rule.classes();
  }

  private void scoreColumns() {
    int rows = logits.rows();
    int classes = rule.classes();
    float[][] columns = new float[rule.probabilities()][];
    for (int c = 0; c < classes; c++) {
      columns[c] = logits.floats(c);
    }
    switch (rule.task()) {
      case MULTICLASS -> {
        if (classes <= SoftmaxTile.MOST_CLASSES) {
          tile(classes).columns(columns, 0, rows, rule.temperature(), columns, 0, scores.sums);
        } else {
          softmaxWideColumns(columns, rows);
        }
      }
      case MULTILABEL -> sigmoidColumns(columns, rows);
      case BINARY -> {
        columns[1] = columns[0].clone();
        for (int i = 0; i < rows; i++) {
          columns[0][i] = -columns[1][i];
        }
        sigmoidColumns(columns, rows);
      }
    }
    scores.columns = columns;
    scores.floats = null;
    scores.doubles = null;
    judgeRows(classes);
  }

  /** Rows of more classes than a tile takes, put together a few at a time. */
  private void softmaxWideColumns(float[][] columns, int rows) {
    int classes = columns.length;
    reserveRow(classes * MOST_TRANSPOSED);
    for (int from = 0; from < rows; from += MOST_TRANSPOSED) {
      int count = Math.min(MOST_TRANSPOSED, rows - from);
      for (int c = 0; c < classes; c++) {
        for (int i = 0; i < count; i++) {
          floatRow[i * classes + c] = columns[c][from + i];
        }
      }
      for (int i = 0; i < count; i++) {
        int at = i * classes;
        softmax.softmax(floatRow, at, classes, rule.temperature(), floatRow, at);
        scores.sums[from + i] = softmax.sum(floatRow, at, classes);
      }
      for (int c = 0; c < classes; c++) {
        for (int i = 0; i < count; i++) {
          columns[c][from + i] = floatRow[i * classes + c];
        }
      }
    }
  }

  private void sigmoidColumns(float[][] columns, int rows) {
    for (float[] column : columns) {
      kernel.sigmoid(column, 0, column, 0, rows, rule.temperature());
    }
    if (scoring.judged()) {
      softmax.sumColumns(columns, rows, scores.sums);
    }
  }

  private void scoreRows(int length) {
    int rows = logits.rows();
    float[] values = logits.floatRows();
    int probabilities = rule.task().probabilities(length);
    float[] results = scores.floatRows(rows * probabilities);
    scores.startsAtMultiplesOf(probabilities, rows);
    switch (rule.task()) {
      case MULTICLASS -> {
        if (length <= SoftmaxTile.MOST_CLASSES) {
          tile(length).rows(values, 0, rows, rule.temperature(), results, 0, scores.sums);
        } else {
          for (int i = 0; i < rows; i++) {
            int at = i * length;
            softmax.softmax(values, at, length, rule.temperature(), results, at);
            scores.sums[i] = softmax.sum(results, at, length);
          }
        }
      }
      case MULTILABEL -> {
        kernel.sigmoid(values, 0, results, 0, rows * length, rule.temperature());
        for (int i = 0; scoring.judged() && i < rows; i++) {
          scores.sums[i] = softmax.sum(results, i * length, length);
        }
      }
      case BINARY -> {
        for (int i = 0; i < rows; i++) {
          results[2 * i] = -values[i];
          results[2 * i + 1] = values[i];
        }
        kernel.sigmoid(results, 0, results, 0, 2 * rows, rule.temperature());
        for (int i = 0; i < rows; i++) {
          scores.sums[i] = softmax.sum(results, 2 * i, 2);
        }
      }
    }
    judgeRows(length);
  }

  /** Hands every row that does not look right to the rowScorer. */
  private void judgeRows(int length) {
    int rows = logits.rows();
    scores.lookAtRanges(kernel, rows);
    if (!scoring.judged()) {
      for (int i = 0; logits.anyMissing() && i < rows; i++) {
        scores.issue(i, logits.missing(i) ? RowIssue.NULL : null);
      }
      return;
    }
    boolean inRange = scores.allInRange();
    if (inRange
        && !logits.anyMissing()
        && isGood(kernel.minOrNaN(scores.sums, 0, rows))
        && isGood(kernel.maxOrNaN(scores.sums, 0, rows))) {
      return;
    }
    for (int i = 0; i < rows; i++) {
      if (logits.missing(i) || !isGood(scores.sums[i]) || !(inRange || scores.inRange(i))) {
        judgeRow(i, length);
      }
    }
  }

  private boolean isGood(double sum) {
    double tolerance = scoring.isFloat() ? rule.floatTolerance() : rule.doubleTolerance();
    return rule.task().sumsToOne() ? Math.abs(sum - 1) <= tolerance : !Double.isNaN(sum);
  }

  private void judgeRow(int row, int length) {
    scores.ranges = null;
    if (logits.missing(row)) {
      scores.issue(row, RowIssue.NULL);
      return;
    }
    if (scores.columns == null) {
      scoreRow(row, length, scores.starts[row]);
      return;
    }
    reserveRow(length);
    logits.copyRow(row, floatRow);
    float[] results = floatResults(rule.probabilities());
    scores.issue(row, rowScorer.score(floatRow, length, results));
    scores.sums[row] = rowScorer.rowSum();
    for (int c = 0; c < results.length; c++) {
      scores.columns[c][row] = results[c];
    }
  }

  private void scoreOneByOne() {
    int rows = logits.rows();
    scores.columns = null;
    int total = 0;
    for (int i = 0; i < rows; i++) {
      scores.starts[i] = total;
      total += probabilitiesOf(i);
    }
    scores.starts[rows] = total;
    if (scoring.isFloat()) {
      scores.floatRows(total);
    } else {
      scores.doubleRows(total);
    }
    for (int i = 0; i < rows; i++) {
      if (logits.missing(i)) {
        scores.issue(i, RowIssue.NULL);
      } else {
        scoreRow(i, logits.length(i), scores.starts[i]);
      }
    }
  }

  private int probabilitiesOf(int row) {
    if (scoring.anyLength()) {
      return logits.missing(row) ? 0 : logits.length(row);
    }
    return rule.probabilities();
  }

  private void scoreRow(int row, int length, int at) {
    boolean asFloats = scoring.logits().isFloat();
    if (asFloats) {
      reserveRow(length);
      logits.copyRow(row, floatRow);
    } else {
      doubleRow = doubleRow.length < length ? new double[length] : doubleRow;
      logits.copyRow(row, doubleRow);
    }
    if (!scoring.judged()) {
      applyFunction(length, at);
      return;
    }
    int count = rule.probabilities();
    if (scoring.isFloat()) {
      float[] results = floatResults(count);
      scores.issue(
          row,
          asFloats
              ? rowScorer.score(floatRow, length, results)
              : rowScorer.score(doubleRow, length, results));
      System.arraycopy(results, 0, scores.floats, at, count);
    } else {
      double[] results = doubleResults(count);
      scores.issue(row, rowScorer.score(doubleRow, length, results));
      System.arraycopy(results, 0, scores.doubles, at, count);
    }
    scores.sums[row] = rowScorer.rowSum();
  }

  private void applyFunction(int length, int at) {
    double temperature = rule.temperature();
    boolean softmaxed = rule.task() == Task.MULTICLASS;
    if (scoring.isFloat() && softmaxed) {
      softmax.softmax(floatRow, 0, length, temperature, scores.floats, at);
    } else if (scoring.isFloat()) {
      kernel.sigmoid(floatRow, 0, scores.floats, at, length, temperature);
    } else if (softmaxed) {
      softmax.softmax(doubleRow, 0, length, temperature, scores.doubles, at);
    } else {
      kernel.sigmoid(doubleRow, 0, scores.doubles, at, length, temperature);
    }
  }

  private SoftmaxTile tile(int classes) {
    if (tile == null || tileClasses != classes) {
      tile = new SoftmaxTile(kernel, classes);
      tileClasses = classes;
    }
    return tile;
  }

  private void reserveRow(int length) {
    floatRow = floatRow.length < length ? new float[length] : floatRow;
  }

  /** Exactly so long: the row scorer takes a row's probabilities for all of the array. */
  private float[] floatResults(int count) {
    floatResults = floatResults.length == count ? floatResults : new float[count];
    return floatResults;
  }

  private double[] doubleResults(int count) {
    doubleResults = doubleResults.length == count ? doubleResults : new double[count];
    return doubleResults;
  }
}
