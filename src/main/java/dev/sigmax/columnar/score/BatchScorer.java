package dev.sigmax.columnar.score;

import dev.sigmax.kernel.Kernel;
import dev.sigmax.kernel.RowScorer;
import dev.sigmax.kernel.Softmax;
import dev.sigmax.kernel.rule.RowIssue;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
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
  private final ScoreCall scoring;
  private final ScoringRule rule;
  private final Kernel kernel;
  private final Softmax softmax;
  private final RowScorer rowScorer;
  private final FloatBatchScorer floatBatchScorer;
  private final DoubleRowScorer doubleRowScorer;
  private final LogitBatch logits;
  private final BatchAdditions additions;
  private final BatchTally tally;
  private final BatchSamples samples = new BatchSamples();
  private final RowChecks checks = new RowChecks();
  private final ScoreArrays arrays = new ScoreArrays();
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
    this.floatBatchScorer = new FloatBatchScorer(scoring, kernel);
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
        return check(floatBatchScorer.columns(logits, arrays, checks), length);
      }
      return sameLength
          ? check(floatBatchScorer.rows(logits, logitsOf(length), arrays, checks), length)
          : scoreOneByOne();
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
