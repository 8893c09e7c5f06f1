package dev.sigmax.columnar.score;

import dev.sigmax.kernel.Kernel;
import dev.sigmax.kernel.Softmax;
import dev.sigmax.kernel.SoftmaxTile;
import dev.sigmax.kernel.rule.ScoringRule;

/**
 * Has the kernel score a whole batch of floats, and puts its row sums into the checks. It judges no
 * row: what logits that are missing or not finite come to, {@link BatchScorer} looks at.
 *
 * <p>Not thread-safe.
 */
final class FloatBatchScorer {
  private static final int MOST_TRANSPOSED = 16;

  private final ScoreCall scoring;
  private final ScoringRule rule;
  private final Kernel kernel;
  private final Softmax softmax;
  private SoftmaxTile tile;
  private int tileClasses;
  private float[] transposed = new float[0];

  FloatBatchScorer(ScoreCall scoring, Kernel kernel) {
    this.scoring = scoring;
    this.rule = scoring.rule();
    this.kernel = kernel;
    this.softmax = new Softmax(kernel);
  }

  /** Scores logits in columns. */
  FloatColumns columns(LogitBatch logits, ScoreArrays arrays, RowChecks checks) {
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
          softmaxWideColumns(read, columns, rows, checks.sums());
        }
      }
      case MULTILABEL -> sigmoidColumns(read, columns, rows, checks.sums());
      case BINARY -> {
        for (int i = 0; i < rows; i++) {
          columns[0][i] = -read[0][i];
        }
        sigmoidColumns(new float[][] {columns[0], read[0]}, columns, rows, checks.sums());
      }
    }
    return new FloatColumns(columns, arrays, rows, checks);
  }

  /** Rows of more classes than a tile takes, put together a few at a time. */
  private void softmaxWideColumns(float[][] read, float[][] columns, int rows, double[] sums) {
    int classes = columns.length;
    int most = classes * MOST_TRANSPOSED;
    transposed = transposed.length < most ? new float[most] : transposed;
    for (int from = 0; from < rows; from += MOST_TRANSPOSED) {
      int count = Math.min(MOST_TRANSPOSED, rows - from);
      for (int c = 0; c < classes; c++) {
        for (int i = 0; i < count; i++) {
          transposed[i * classes + c] = read[c][from + i];
        }
      }
      for (int i = 0; i < count; i++) {
        int at = i * classes;
        softmax.softmax(transposed, at, classes, rule.temperature(), transposed, at);
        sums[from + i] = softmax.sum(transposed, at, classes);
      }
      for (int c = 0; c < classes; c++) {
        for (int i = 0; i < count; i++) {
          columns[c][from + i] = transposed[i * classes + c];
        }
      }
    }
  }

  private void sigmoidColumns(float[][] read, float[][] columns, int rows, double[] sums) {
    for (int c = 0; c < columns.length; c++) {
      kernel.sigmoid(read[c], 0, columns[c], 0, rows, rule.temperature());
    }
    if (scoring.judged()) {
      softmax.sumColumns(columns, rows, sums);
    }
  }

  /**
   * Scores logits in arrays.
   *
   * @param length how many logits each row has
   */
  FloatRows rows(LogitBatch logits, int length, ScoreArrays arrays, RowChecks checks) {
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

  private SoftmaxTile tile(int classes) {
    if (tile == null || tileClasses != classes) {
      tile = new SoftmaxTile(kernel, classes);
      tileClasses = classes;
    }
    return tile;
  }
}
