package dev.sigmax.job.calibrate;

import dev.sigmax.job.evaluate.EvaluationRule;
import dev.sigmax.job.evaluate.LabelledSums;
import dev.sigmax.job.evaluate.RowReader;
import dev.sigmax.job.evaluate.Truth;
import dev.sigmax.kernel.rule.Task;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Some rows to fit by: logits row behind row, what held, weights, and the fold of each. A fold
 * follows from what a row holds and from its number among its equals ({@link EqualRows}), so that
 * it does not depend on where the row lies.
 */
final class FitRows implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many parts the rows are cut into to cross-validate. */
  static final int FOLDS = 5;

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final int MOST_LOGITS = 1 << 16;
  private static final int FEWEST_ROWS = 16;

  private final int logits;
  private final int labels;
  private double[] z;
  private boolean[] holds;
  private int[] truths;
  private double[] weights;
  private long[] keys;
  private byte[] folds;
  private final LabelledSums tally;
  private int rows;

  private FitRows(int logits, int labels) {
    this.logits = logits;
    this.labels = labels;
    this.tally = new LabelledSums();
    int most = Math.max(FEWEST_ROWS, MOST_LOGITS / logits);
    this.z = new double[most * logits];
    this.holds = new boolean[most * labels];
    this.truths = new int[most];
    this.weights = new double[most];
    this.keys = new long[most];
  }

  private FitRows(FitRows of, byte[] folds) {
    this.logits = of.logits;
    this.labels = of.labels;
    this.z = of.z;
    this.holds = of.holds;
    this.truths = of.truths;
    this.weights = of.weights;
    this.folds = folds;
    this.tally = of.tally;
    this.rows = of.rows;
  }

  /** The same rows, which share their arrays with these, each in a fold. */
  FitRows inFolds(EqualRows.Numbers numbers) {
    byte[] cut = new byte[rows];
    for (int row = 0; row < rows; row++) {
      cut[row] = fold(keys[row], numbers.next(keys[row]));
    }
    return new FitRows(this, cut);
  }

  /** Equal rows follow the sequence of SplitMix64, so that they are spread as if by chance. */
  private static byte fold(long key, long number) {
    return (byte) Math.floorMod(mixed(key + number * GOLDEN), FOLDS);
  }

  private boolean isFull() {
    return rows == weights.length;
  }

  /** Drops the room that is left. */
  private void trim() {
    z = Arrays.copyOf(z, rows * logits);
    holds = Arrays.copyOf(holds, rows * labels);
    truths = Arrays.copyOf(truths, rows);
    weights = Arrays.copyOf(weights, rows);
    keys = Arrays.copyOf(keys, rows);
  }

  /** Reads rows as they come from an input. */
  static FlatMapFunction<Iterator<Row>, FitRows> reader(EvaluationRule rule) {
    return rows -> new Reader(rule, rows);
  }

  int rows() {
    return rows;
  }

  int logits() {
    return logits;
  }

  double logit(int row, int index) {
    return z[row * logits + index];
  }

  /** Copies a row's logits. */
  void copyLogits(int row, double[] into) {
    System.arraycopy(z, row * logits, into, 0, logits);
  }

  boolean holds(int row, int label) {
    return holds[row * labels + label];
  }

  /** The class that holds. */
  int truth(int row) {
    return truths[row];
  }

  double weight(int row) {
    return weights[row];
  }

  /** The row's fold, of rows that were cut into folds. */
  int fold(int row) {
    return folds[row];
  }

  /** One for each row, the same for equal rows, of rows that are in no fold yet. */
  long[] keys() {
    return keys;
  }

  /** What was counted when the rows were read, those that are left out among it. */
  LabelledSums tally() {
    return tally;
  }

  private void add(double[] values, Truth truth, double weight) {
    System.arraycopy(values, 0, z, rows * logits, logits);
    System.arraycopy(truth.holds(), 0, holds, rows * labels, labels);
    truths[rows] = truth.index();
    weights[rows] = weight;
    long hash = Arrays.hashCode(truth.holds());
    for (double value : values) {
      hash = mixed(hash ^ Double.doubleToRawLongBits(value + 0.0));
    }
    // 1 is every row's weight where no column says it.
    keys[rows] = weight == 1 ? hash : mixed(hash ^ Double.doubleToRawLongBits(weight));
    rows++;
  }

  /** The finaliser of SplitMix64. */
  private static long mixed(long bits) {
    long x = bits + GOLDEN;
    x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }

  private static final class Reader implements Iterator<FitRows> {
    private final EvaluationRule rule;
    private final Iterator<Row> rows;

    Reader(EvaluationRule rule, Iterator<Row> rows) {
      this.rule = rule;
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public FitRows next() {
      FitRows chunk = new FitRows(rule.rule().classes(), rule.labels().size());
      Truth truth = new Truth(rule.rule().task(), rule.truth(), rule.labels());
      RowReader reader = new RowReader(truth, chunk.tally);
      while (!chunk.isFull() && rows.hasNext()) {
        if (reader.read(rows.next())) {
          double[] logits = logits(reader.values());
          if (isFit(logits, truth)) {
            chunk.add(logits, truth, reader.weight());
            chunk.tally.add(LabelledSums.Measure.MASS, 1, reader.weight());
          } else {
            chunk.tally.bad();
          }
        }
      }
      chunk.trim();
      return chunk;
    }

    /** The row's logits, or log-odds where a layout says that they are a multiple of its margin. */
    private double[] logits(double[] values) {
      if (values == null || values.length != rule.rule().rowLength()) {
        return null;
      }
      double[] logits = rule.rule().logits(values);
      double divisor = rule.rule().temperature();
      return divisor == 1 ? logits : Arrays.stream(logits).map(z -> z / divisor).toArray();
    }

    /** Finite logits; of several classes some may be masked by -∞, but not the true one. */
    private boolean isFit(double[] values, Truth truth) {
      if (values == null) {
        return false;
      }
      boolean multiclass = rule.rule().task() == Task.MULTICLASS;
      for (int i = 0; i < values.length; i++) {
        boolean masked = multiclass && values[i] == Double.NEGATIVE_INFINITY && i != truth.index();
        if (!Double.isFinite(values[i]) && !masked) {
          return false;
        }
      }
      return true;
    }
  }
}
