package dev.sigmax.job.evaluate;

import dev.sigmax.error.ErrorName;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Reads rows as {@link LabelledRows} has them, and counts those that cannot be used. Not
 * thread-safe: it keeps the last row.
 */
public final class RowReader {
  private final Truth truth;
  private final LabelledSums tally;
  private double[] values;
  private double weight;

  /** A reader that counts in {@code tally}. */
  public RowReader(Truth truth, LabelledSums tally) {
    this.truth = truth;
    this.tally = tally;
  }

  /** Whether the next row has a label and a weight; if not, it was counted, or is a fault. */
  public boolean read(Row row) {
    tally.row();
    return switch (truth.read(row.isNullAt(1) ? null : row.getList(1))) {
      case ABSENT -> {
        tally.unlabelled();
        yield false;
      }
      case UNKNOWN -> {
        fault(row, ErrorName.LABEL_UNKNOWN, truth.unknown());
        yield false;
      }
      case KNOWN -> {
        weight = row.isNullAt(2) ? Double.NaN : row.getDouble(2);
        values = row.isNullAt(0) ? null : values(row.getList(0));
        boolean sound = weight >= 0 && weight < Double.POSITIVE_INFINITY;
        if (!sound) {
          fault(
              row,
              ErrorName.WEIGHT_VALUE,
              "the weight " + (row.isNullAt(2) ? null : weight) + " is no number from 0 up");
        }
        yield sound;
      }
    };
  }

  private void fault(Row row, ErrorName name, String why) {
    tally.fault(new LabelledSums.Fault(row.getString(3), row.getLong(4), name, why));
  }

  /** The row's logits or probabilities; null where one of them is. */
  public double[] values() {
    return values;
  }

  /** How much the row counts. */
  public double weight() {
    return weight;
  }

  private static double[] values(List<Double> list) {
    double[] values = new double[list.size()];
    int i = 0;
    for (Double value : list) {
      if (value == null) {
        return null;
      }
      values[i++] = value;
    }
    return values;
  }
}
