package dev.sigmax.columnar.score;

import dev.sigmax.spark.ArrayVector;
import java.util.Arrays;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * The logits of one batch, and which rows lack one. Looks for nulls before values, since Spark's
 * bulk reads give whatever lies in a null's place (SPARK-48019).
 *
 * <p>Not thread-safe; what it gives holds until the next batch.
 */
final class LogitBatch {
  private static final int DIFFERENT = -1;

  private final LogitSource source;
  private ColumnVector[] columns = new ColumnVector[0];
  private int rows;
  private boolean[] missing = new boolean[0];
  private boolean anyMissing;
  private int[] offsets = new int[0];
  private int[] lengths = new int[0];
  private int sameLength;

  LogitBatch(LogitSource source) {
    this.source = source;
  }

  /** Takes the next batch. */
  void take(ColumnarBatch batch) {
    rows = batch.numRows();
    columns = source.ordinals().stream().map(batch::column).toArray(ColumnVector[]::new);
    if (missing.length < rows) {
      missing = new boolean[rows];
      offsets = new int[rows];
      lengths = new int[rows];
    }
    Arrays.fill(missing, 0, rows, false);
    anyMissing = false;
    for (ColumnVector column : columns) {
      markNulls(column);
    }
    sameLength = columns.length;
    if (source.array()) {
      takeArrays();
    }
  }

  private void markNulls(ColumnVector column) {
    if (column.hasNull()) {
      for (int i = 0; i < rows; i++) {
        if (column.isNullAt(i)) {
          missing[i] = true;
          anyMissing = true;
        }
      }
    }
  }

  private void takeArrays() {
    int next = -1;
    for (int i = 0; i < rows; i++) {
      if (missing[i]) {
        lengths[i] = 0;
        continue;
      }
      ArrayVector arrays = ArrayVector.of(columns[0]);
      offsets[i] = arrays.offset(i);
      lengths[i] = arrays.length(i);
      boolean follows = i == 0 || (offsets[i] == next && lengths[i] == lengths[0]);
      sameLength = follows ? lengths[0] : DIFFERENT;
      next = follows ? offsets[i] + lengths[i] : DIFFERENT;
    }
    sameLength = anyMissing || rows == 0 ? DIFFERENT : sameLength;
    columns[0] = ArrayVector.is(columns[0]) ? ArrayVector.of(columns[0]).elements() : columns[0];
    if (columns[0].hasNull()) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; !missing[i] && j < lengths[i]; j++) {
          missing[i] = columns[0].isNullAt(offsets[i] + j);
        }
        anyMissing |= missing[i];
      }
    }
  }

  int rows() {
    return rows;
  }

  /** Whether any row lacks a logit. */
  boolean anyMissing() {
    return anyMissing;
  }

  /** Whether the row, or one of its logits, is null. */
  boolean missing(int row) {
    return missing[row];
  }

  /** How many logits the row has. */
  int length(int row) {
    return source.array() ? lengths[row] : columns.length;
  }

  /** The length of all rows where they lie one behind the other without a gap; else -1. */
  int sameLength() {
    return sameLength;
  }

  /** The floats of one column, in an array of their own. */
  float[] floats(int logit) {
    return columns[logit].getFloats(0, rows);
  }

  /** The floats of all rows of the same length, one row behind the other. */
  float[] floatRows() {
    return columns[0].getFloats(offsets[0], rows * sameLength);
  }

  /**
   * The logits of all rows of the same length as doubles, one row behind the other; only where they
   * are {@link LogitSource#binaryFloatingPoint}.
   */
  double[] doubleRows() {
    if (source.array()) {
      return doubles(columns[0], offsets[0], rows * sameLength);
    }
    int classes = columns.length;
    double[] all = new double[rows * classes];
    for (int c = 0; c < classes; c++) {
      double[] column = doubles(columns[c], 0, rows);
      for (int i = 0; i < rows; i++) {
        all[i * classes + c] = column[i];
      }
    }
    return all;
  }

  private double[] doubles(ColumnVector column, int from, int count) {
    if (source.types().get(0).equals(DataTypes.DoubleType)) {
      return column.getDoubles(from, count);
    }
    float[] floats = column.getFloats(from, count);
    double[] doubles = new double[count];
    for (int i = 0; i < count; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }

  /** Copies the row's logits as doubles. */
  void copyRow(int row, double[] into) {
    for (int j = 0; j < length(row); j++) {
      into[j] =
          source.array()
              ? value(columns[0], source.types().get(0), offsets[row] + j)
              : value(columns[j], source.types().get(j), row);
    }
  }

  /** Copies the row's logits, which are floats. */
  void copyRow(int row, float[] into) {
    for (int j = 0; j < length(row); j++) {
      into[j] = source.array() ? columns[0].getFloat(offsets[row] + j) : columns[j].getFloat(row);
    }
  }

  private static double value(ColumnVector column, DataType type, int at) {
    if (type.equals(DataTypes.DoubleType)) {
      return column.getDouble(at);
    }
    if (type.equals(DataTypes.FloatType)) {
      return column.getFloat(at);
    }
    if (type instanceof DecimalType decimal) {
      return column.getDecimal(at, decimal.precision(), decimal.scale()).toDouble();
    }
    if (type.equals(DataTypes.LongType)) {
      return column.getLong(at);
    }
    if (type.equals(DataTypes.IntegerType)) {
      return column.getInt(at);
    }
    return type.equals(DataTypes.ShortType) ? column.getShort(at) : column.getByte(at);
  }
}
