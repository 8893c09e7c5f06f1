package dev.sigmax.columnar.score;

import dev.sigmax.kernel.rule.MarginPair;
import dev.sigmax.parquet.vector.DoubleVector;
import dev.sigmax.parquet.vector.FloatVector;
import dev.sigmax.parquet.vector.ListVector;
import dev.sigmax.spark.ArrayVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private final boolean pairs;
  private ColumnVector[] columns = new ColumnVector[0];
  private int rows;
  private boolean[] missing = new boolean[0];
  private boolean anyMissing;
  private int[] offsets = new int[0];
  private int[] lengths = new int[0];
  private int sameLength;
  private double[] doubleRows = new double[0];
  private float[] floatMargins = new float[0];
  private double[] doubleMargins = new double[0];

  LogitBatch(LogitSource source) {
    this(source, false);
  }

  /**
   * A batch whose rows may hold one logit each, as a {@link MarginPair}. In bulk it gives the
   * margins alone, and NaN in the place of a pair that is none.
   */
  LogitBatch(LogitSource source, boolean pairs) {
    this.source = source;
    this.pairs = pairs;
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
      placeOf(i, columns[0]);
      boolean follows = i == 0 || (offsets[i] == next && lengths[i] == lengths[0]);
      sameLength = follows ? lengths[0] : DIFFERENT;
      next = follows ? offsets[i] + lengths[i] : DIFFERENT;
    }
    sameLength = anyMissing || rows == 0 ? DIFFERENT : sameLength;
    columns[0] = elementsOf(columns[0]);
    if (columns[0].hasNull()) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; !missing[i] && j < lengths[i]; j++) {
          missing[i] = columns[0].isNullAt(offsets[i] + j);
        }
        anyMissing |= missing[i];
      }
    }
  }

  private void placeOf(int row, ColumnVector arrays) {
    if (arrays instanceof ListVector lists) {
      offsets[row] = lists.start(row);
      lengths[row] = lists.length(row);
    } else {
      ArrayVector spark = ArrayVector.of(arrays);
      offsets[row] = spark.offset(row);
      lengths[row] = spark.length(row);
    }
  }

  private static ColumnVector elementsOf(ColumnVector arrays) {
    if (arrays instanceof ListVector lists) {
      return lists.getChild(0);
    }
    return ArrayVector.is(arrays) ? ArrayVector.of(arrays).elements() : arrays;
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

  /** How many numbers the row has: its logits, or a pair for one. */
  int length(int row) {
    return source.array() ? lengths[row] : columns.length;
  }

  /** The length of all rows where they lie one behind the other without a gap; else -1. */
  int sameLength() {
    return sameLength;
  }

  /** The floats of one column, to be read only; there may be more behind them. */
  float[] floats(int logit) {
    return pairs
        ? margins(floats(columns[0], 0, rows), 0, floats(columns[1], 0, rows), 0, 1)
        : floats(columns[logit], 0, rows);
  }

  private float[] margins(float[] no, int firstNo, float[] yes, int firstYes, int step) {
    floatMargins = floatMargins.length < rows ? new float[rows] : floatMargins;
    for (int i = 0; i < rows; i++) {
      floatMargins[i] = MarginPair.margin(no[firstNo + i * step], yes[firstYes + i * step]);
    }
    return floatMargins;
  }

  /** The floats of all rows of the same length, one row behind the other; as {@link #floats}. */
  float[] floatRows() {
    float[] all = allFloats();
    return pairs ? margins(all, 0, all, 1, MarginPair.LENGTH) : all;
  }

  private float[] allFloats() {
    return floats(columns[0], offsets[0], rows * sameLength);
  }

  private static float[] floats(ColumnVector column, int from, int count) {
    return from == 0 && column instanceof FloatVector own
        ? own.values()
        : column.getFloats(from, count);
  }

  /**
   * The logits of all rows of the same length as doubles, one row behind the other, to be read
   * only; only where they are {@link LogitSource#binaryFloatingPoint}.
   */
  double[] doubleRows() {
    double[] all = allDoubles();
    if (!pairs) {
      return all;
    }
    doubleMargins = doubleMargins.length < rows ? new double[rows] : doubleMargins;
    for (int i = 0; i < rows; i++) {
      int at = i * MarginPair.LENGTH;
      doubleMargins[i] = MarginPair.margin(all[at], all[at + 1]);
    }
    return doubleMargins;
  }

  private double[] allDoubles() {
    boolean ofDoubles = source.types().get(0).equals(DataTypes.DoubleType);
    if (source.array()) {
      int count = rows * sameLength;
      if (ofDoubles) {
        return doubles(columns[0], offsets[0], count);
      }
      float[] floats = allFloats();
      double[] all = room(count);
      for (int i = 0; i < count; i++) {
        all[i] = floats[i];
      }
      return all;
    }
    int classes = columns.length;
    double[] all = room(rows * classes);
    for (int c = 0; c < classes; c++) {
      if (ofDoubles) {
        double[] column = doubles(columns[c], 0, rows);
        for (int i = 0; i < rows; i++) {
          all[i * classes + c] = column[i];
        }
      } else {
        float[] column = floats(columns[c], 0, rows);
        for (int i = 0; i < rows; i++) {
          all[i * classes + c] = column[i];
        }
      }
    }
    return all;
  }

  private double[] room(int count) {
    doubleRows = doubleRows.length < count ? new double[count] : doubleRows;
    return doubleRows;
  }

  private static double[] doubles(ColumnVector column, int from, int count) {
    return from == 0 && column instanceof DoubleVector own
        ? own.values()
        : column.getDoubles(from, count);
  }

  /**
   * Copies the logits alone as doubles.
   *
   * @param into at least {@link #length} long
   * @return how many there are
   */
  int copyLogits(int row, double[] into) {
    copyRow(row, into);
    if (!pairs) {
      return length(row);
    }
    into[0] = MarginPair.margin(into[0], into[1]);
    return 1;
  }

  /** Copies the row's numbers as doubles. */
  void copyRow(int row, double[] into) {
    for (int j = 0; j < length(row); j++) {
      into[j] =
          source.array()
              ? value(columns[0], source.types().get(0), offsets[row] + j)
              : value(columns[j], source.types().get(j), row);
    }
  }

  /** Copies the row's numbers, which are floats. */
  void copyRow(int row, float[] into) {
    for (int j = 0; j < length(row); j++) {
      into[j] = source.array() ? columns[0].getFloat(offsets[row] + j) : columns[j].getFloat(row);
    }
  }

  /** The row's logits as they are taken, null for each that is missing; none of a missing array. */
  List<Number> values(int row) {
    List<Number> values = new ArrayList<>();
    for (int j = 0; j < length(row); j++) {
      ColumnVector column = source.array() ? columns[0] : columns[j];
      int at = source.array() ? offsets[row] + j : row;
      values.add(
          column.isNullAt(at)
              ? null
              : number(column, source.types().get(source.array() ? 0 : j), at));
    }
    return values;
  }

  private Number number(ColumnVector column, DataType type, int at) {
    double value = value(column, type, at);
    if (source.isFloat()) {
      return (float) value;
    }
    return value;
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
