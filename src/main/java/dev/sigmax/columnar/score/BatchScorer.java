package dev.sigmax.columnar.score;

import dev.sigmax.kernel.Kernel;
import dev.sigmax.kernel.RowIssue;
import dev.sigmax.kernel.RowScorer;
import dev.sigmax.kernel.ScoringRule;
import dev.sigmax.kernel.Softmax;
import dev.sigmax.kernel.SoftmaxTile;
import dev.sigmax.kernel.Task;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Scores a batch at a time. Floats and doubles in columns or in arrays of one length go through the
 * kernel in bulk; a row that looks like anything but a good one, and every other kind of logits,
 * goes through {@link RowScorer}, which the row path uses, so that both say the same.
 *
 * <p>Not thread-safe.
 */
public final class BatchScorer {
  private static final int MOST_TRANSPOSED = 16;

  private final ScoreCall scoring;
  private final ScoringRule rule;
  private final Kernel kernel;
  private final Softmax softmax;
  private final RowScorer rowScorer;
  private final DoubleRowScorer doubleRowScorer;
  private final LogitBatch logits;
  private final BatchAdditions additions;
  private final BatchTally tally;
  private final BatchSamples samples = new BatchSamples();
  private final RowChecks checks = new RowChecks();
  private final ScoreArrays arrays = new ScoreArrays();
  private SoftmaxTile tile;
  private int tileClasses;
  private float[] floatRow = new float[0];
  private float[] floatResults = new float[0];
  private double[] doubleRow = new double[0];
  private double[] doubleResults = new double[0];

  /** A scorer of one call of a function. */
  public BatchScorer(ScoreCall scoring, Kernel kernel) {
    this.scoring = scoring;
    this.rule = scoring.rule();
    this.kernel = kernel;
    this.softmax = new Softmax(kernel);
    this.rowScorer = new RowScorer(rule, kernel);
    this.doubleRowScorer = new DoubleRowScorer(scoring, kernel);
    this.logits = new LogitBatch(scoring.logits(), rule.pairs());
    this.additions = new BatchAdditions(scoring, kernel);
    this.tally = new BatchTally(scoring.tally());
  }

  /** The scores of a batch; they hold until the next. */
  public Scores score(ColumnarBatch batch) {
    logits.take(batch);
    Scores scores = scoreLogits();
    additions.take(scores, logits);
    tally.take(scores, logits);
    if (scoring.judged()) {
      samples.take(scores, logits, batch);
    }
    return scores;
  }

  /** Whether a row of the last batch has an issue. */
  public boolean anyBadRow() {
    return checks.anyIssue();
  }

  /** Tells the issues of the last batch, one for each row that has one. */
  public void forEachIssue(Consumer<RowIssue> told) {
    checks.forEachIssue(logits.rows(), told);
  }

  /**
   * How many logits the last batch has: those of the rule for each of its rows, or as many as rows
   * have where they may have any number.
   */
  public long logits() {
    if (!scoring.anyLength()) {
      return (long) logits.rows() * rule.classes();
    }
    long all = 0;
    for (int i = 0; i < logits.rows(); i++) {
      all += logits.missing(i) ? 0 : logits.length(i);
    }
    return all;
  }

  /** What is added to the last batch's scores; it holds as they do. */
  public BatchAdditions additions() {
    return additions;
  }

  /** What was counted since the last time that this was asked; empty where nothing is. */
  public Optional<String> drainTally() {
    return scoring.tally().isNone() ? Optional.empty() : Optional.of(tally.drain());
  }

  /** Whether a bad row is an issue, and not scored as it is. */
  public boolean judges() {
    return scoring.judged();
  }

  /** The first rows of each issue so far, as {@code BadRowSamples} writes them. */
  public String badRowSamples() {
    return samples.text();
  }

  private Scores scoreLogits() {
    checks.reset(logits.rows());
    int length = logits.sameLength();
    boolean sameLength = length > 0 && fits(length);
    if (scoring.isFloat() && scoring.logits().floatsAsTheyAre() && rule.calibration().isNone()) {
      if (!scoring.logits().array()) {
        return check(scoreColumns(), length);
      }
      return sameLength ? check(scoreRows(logitsOf(length)), length) : scoreOneByOne();
    }
    return sameLength && scoring.logits().binaryFloatingPoint()
        ? check(doubleRowScorer.score(logits, logitsOf(length), arrays, checks), length)
        : scoreOneByOne();
  }

  private boolean fits(int length) {
    return scoring.anyLength() || length == rule.rowLength();
  }

  /** How many logits a row of so many numbers has. */
  private int logitsOf(int length) {
    return rule.pairs() ? rule.classes() : length;
  }

  private FloatColumns scoreColumns() {
    int rows = logits.rows();
    int classes = rule.classes();
    float[][] read = new float[classes][];
    for (int c = 0; c < classes; c++) {
      read[c] = logits.floats(c);
    }
    float[][] columns = arrays.floatColumns(rule.probabilities(), rows);
    switch (rule.task()) {
      case MULTICLASS -> {
        if (classes <= SoftmaxTile.MOST_CLASSES) {
          tile(classes).columns(read, 0, rows, rule.temperature(), columns, 0, checks.sums());
        } else {
          softmaxWideColumns(read, columns, rows);
        }
      }
      case MULTILABEL -> sigmoidColumns(read, columns, rows);
      case BINARY -> {
        for (int i = 0; i < rows; i++) {
          columns[0][i] = -read[0][i];
        }
        sigmoidColumns(new float[][] {columns[0], read[0]}, columns, rows);
      }
    }
    return new FloatColumns(columns, rows, checks);
  }

  /** Rows of more classes than a tile takes, put together a few at a time. */
  private void softmaxWideColumns(float[][] read, float[][] columns, int rows) {
    int classes = columns.length;
    double[] sums = checks.sums();
    reserveRow(classes * MOST_TRANSPOSED);
    for (int from = 0; from < rows; from += MOST_TRANSPOSED) {
      int count = Math.min(MOST_TRANSPOSED, rows - from);
      for (int c = 0; c < classes; c++) {
        for (int i = 0; i < count; i++) {
          floatRow[i * classes + c] = read[c][from + i];
        }
      }
      for (int i = 0; i < count; i++) {
        int at = i * classes;
        softmax.softmax(floatRow, at, classes, rule.temperature(), floatRow, at);
        sums[from + i] = softmax.sum(floatRow, at, classes);
      }
      for (int c = 0; c < classes; c++) {
        for (int i = 0; i < count; i++) {
          columns[c][from + i] = floatRow[i * classes + c];
        }
      }
    }
  }

  private void sigmoidColumns(float[][] read, float[][] columns, int rows) {
    for (int c = 0; c < columns.length; c++) {
      kernel.sigmoid(read[c], 0, columns[c], 0, rows, rule.temperature());
    }
    if (scoring.judged()) {
      softmax.sumColumns(columns, rows, checks.sums());
    }
  }

  private FloatRows scoreRows(int length) {
    int rows = logits.rows();
    float[] values = logits.floatRows();
    int probabilities = rule.task().probabilities(length);
    float[] results = arrays.floats(rows * probabilities);
    double[] sums = checks.sums();
    switch (rule.task()) {
      case MULTICLASS -> {
        if (length <= SoftmaxTile.MOST_CLASSES) {
          tile(length).rows(values, 0, rows, rule.temperature(), results, 0, sums);
        } else {
          for (int i = 0; i < rows; i++) {
            int at = i * length;
            softmax.softmax(values, at, length, rule.temperature(), results, at);
            sums[i] = softmax.sum(results, at, length);
          }
        }
      }
      case MULTILABEL -> {
        kernel.sigmoid(values, 0, results, 0, rows * length, rule.temperature());
        for (int i = 0; scoring.judged() && i < rows; i++) {
          sums[i] = softmax.sum(results, i * length, length);
        }
      }
      case BINARY -> {
        for (int i = 0; i < rows; i++) {
          results[2 * i] = -values[i];
          results[2 * i + 1] = values[i];
        }
        kernel.sigmoid(results, 0, results, 0, 2 * rows, rule.temperature());
        for (int i = 0; i < rows; i++) {
          sums[i] = softmax.sum(results, 2 * i, 2);
        }
      }
    }
    return new FloatRows(results, arrays.startsAtMultiplesOf(probabilities, rows), rows, checks);
  }

  /** Scores every row that does not look right once more, on its own. */
  private Scores check(Scores scores, int length) {
    int rows = scores.rows();
    boolean inRange = scores.lookAtRanges(kernel);
    if (!scoring.judged()) {
      for (int i = 0; logits.anyMissing() && i < rows; i++) {
        checks.note(i, logits.missing(i) ? RowIssue.NULL : null);
      }
      return scores;
    }
    double[] sums = checks.sums();
    if (inRange
        && !logits.anyMissing()
        && isGood(kernel.minOrNaN(sums, 0, rows))
        && isGood(kernel.maxOrNaN(sums, 0, rows))) {
      return scores;
    }
    for (int i = 0; i < rows; i++) {
      if (logits.missing(i) || !isGood(sums[i]) || !(inRange || scores.inRange(i))) {
        scores.forgetRanges();
        scoreRow(scores, i, length);
      }
    }
    return scores;
  }

  private boolean isGood(double sum) {
    double tolerance = scoring.isFloat() ? rule.floatTolerance() : rule.doubleTolerance();
    return rule.task().sumsToOne() ? Math.abs(sum - 1) <= tolerance : !Double.isNaN(sum);
  }

  private Scores scoreOneByOne() {
    int rows = logits.rows();
    int[] starts = arrays.starts(rows);
    int total = 0;
    for (int i = 0; i < rows; i++) {
      starts[i] = total;
      total += probabilitiesOf(i);
    }
    starts[rows] = total;
    Scores scores =
        scoring.isFloat()
            ? new FloatRows(arrays.floats(total), starts, rows, checks)
            : new DoubleRows(arrays.doubles(total), starts, rows, checks);
    for (int i = 0; i < rows; i++) {
      scoreRow(scores, i, logits.length(i));
    }
    return scores;
  }

  private int probabilitiesOf(int row) {
    if (scoring.anyLength()) {
      return logits.missing(row) ? 0 : logits.length(row);
    }
    return rule.probabilities();
  }

  private void scoreRow(Scores scores, int row, int length) {
    if (logits.missing(row)) {
      checks.note(row, RowIssue.NULL);
      return;
    }
    boolean asFloats = scoring.logits().isFloat();
    if (asFloats) {
      reserveRow(length);
      logits.copyRow(row, floatRow);
    } else {
      doubleRow = doubleRow.length < length ? new double[length] : doubleRow;
      logits.copyRow(row, doubleRow);
    }
    if (!scoring.judged()) {
      applyFunction(scores, row, length);
      return;
    }
    if (scores instanceof DoubleRows doubles) {
      double[] results = doubleResults(rule.probabilities());
      checks.note(row, rowScorer.score(doubleRow, length, results));
      doubles.set(row, results);
    } else {
      float[] results = floatResults(rule.probabilities());
      checks.note(
          row,
          asFloats
              ? rowScorer.score(floatRow, length, results)
              : rowScorer.score(doubleRow, length, results));
      if (scores instanceof FloatColumns columns) {
        columns.set(row, results);
      } else {
        ((FloatRows) scores).set(row, results);
      }
    }
    checks.sums()[row] = rowScorer.rowSum();
  }

  private void applyFunction(Scores scores, int row, int length) {
    double temperature = rule.temperature();
    boolean softmaxed = rule.task() == Task.MULTICLASS;
    if (scores instanceof FloatRows rows && softmaxed) {
      softmax.softmax(floatRow, 0, length, temperature, rows.values(), rows.start(row));
    } else if (scores instanceof FloatRows rows) {
      kernel.sigmoid(floatRow, 0, rows.values(), rows.start(row), length, temperature);
    } else if (scores instanceof DoubleRows rows && softmaxed) {
      softmax.softmax(doubleRow, 0, length, temperature, rows.values(), rows.start(row));
    } else if (scores instanceof DoubleRows rows) {
      kernel.sigmoid(doubleRow, 0, rows.values(), rows.start(row), length, temperature);
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

  /** Exactly so long: the row scorer takes the whole array for a row's probabilities. */
  private float[] floatResults(int count) {
    floatResults = floatResults.length == count ? floatResults : new float[count];
    return floatResults;
  }

  private double[] doubleResults(int count) {
    doubleResults = doubleResults.length == count ? doubleResults : new double[count];
    return doubleResults;
  }
}
