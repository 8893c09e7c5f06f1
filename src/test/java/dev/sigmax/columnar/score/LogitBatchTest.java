package dev.sigmax.columnar.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;

class LogitBatchTest {
  private static final LogitSource ARRAYS =
      new LogitSource(true, List.of(0), List.of(DataTypes.FloatType), true);

  private static LogitBatch taken(LogitSource source, int rows, ColumnVector... columns) {
    LogitBatch batch = new LogitBatch(source);
    batch.take(new ColumnarBatch(columns, rows));
    return batch;
  }

  private static OnHeapColumnVector column(DataType type, Number... values) {
    OnHeapColumnVector column = new OnHeapColumnVector(values.length, type);
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        column.putNull(i);
      } else if (type.equals(DataTypes.FloatType)) {
        column.putFloat(i, values[i].floatValue());
      } else if (type.equals(DataTypes.DoubleType)) {
        column.putDouble(i, values[i].doubleValue());
      } else {
        column.putInt(i, values[i].intValue());
      }
    }
    return column;
  }

  private static OnHeapColumnVector arrays(Float[]... rows) {
    OnHeapColumnVector column =
        new OnHeapColumnVector(rows.length, DataTypes.createArrayType(DataTypes.FloatType));
    int offset = 0;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] == null) {
        column.putNull(i);
        continue;
      }
      column.putArray(i, offset, rows[i].length);
      for (Float value : rows[i]) {
        if (value == null) {
          column.arrayData().appendNull();
        } else {
          column.arrayData().appendFloat(value);
        }
      }
      offset += rows[i].length;
    }
    return column;
  }

  private static Float[] row(Float... values) {
    return values;
  }

  @Test
  void columnsGiveTheirValuesInLogitOrder() {
    LogitSource source =
        new LogitSource(
            false, List.of(2, 0), List.of(DataTypes.DoubleType, DataTypes.DoubleType), false);
    LogitBatch batch =
        taken(
            source,
            2,
            column(DataTypes.DoubleType, 3.5, 4.5),
            column(DataTypes.DoubleType, 0, 0),
            column(DataTypes.DoubleType, 1.5, 2.5));
    assertArrayEquals(new double[] {1.5, 3.5, 2.5, 4.5}, batch.doubleRows());
    double[] row = new double[2];
    batch.copyRow(1, row);
    assertArrayEquals(new double[] {2.5, 4.5}, row);
    assertFalse(batch.anyMissing());
    assertEquals(2, batch.sameLength());
  }

  @Test
  void wholeNumbersAndFloatsBecomeDoubles() {
    LogitSource source =
        new LogitSource(
            false, List.of(0, 1), List.of(DataTypes.IntegerType, DataTypes.FloatType), false);
    LogitBatch batch =
        taken(source, 1, column(DataTypes.IntegerType, -7), column(DataTypes.FloatType, 0.1f));
    double[] row = new double[2];
    batch.copyRow(0, row);
    assertArrayEquals(new double[] {-7, 0.1f}, row);
  }

  @Test
  void aRowLacksALogitWhereAnyOfItsColumnsIsNull() {
    LogitSource source =
        new LogitSource(
            false, List.of(0, 1), List.of(DataTypes.FloatType, DataTypes.FloatType), true);
    LogitBatch batch =
        taken(
            source,
            3,
            column(DataTypes.FloatType, 1f, null, 3f),
            column(DataTypes.FloatType, 1f, 2f, null));
    assertTrue(batch.anyMissing());
    assertFalse(batch.missing(0));
    assertTrue(batch.missing(1));
    assertTrue(batch.missing(2));
  }

  @Test
  void arraysOfOneLengthLieInOnePiece() {
    LogitBatch batch = taken(ARRAYS, 2, arrays(row(1f, 2f, 3f), row(4f, 5f, 6f)));
    assertEquals(3, batch.sameLength());
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, batch.floatRows());
  }

  @Test
  void arraysOfSeveralLengthsAreTakenRowByRow() {
    LogitBatch batch = taken(ARRAYS, 3, arrays(row(1f), row(2f, 3f), row()));
    assertEquals(-1, batch.sameLength());
    assertEquals(1, batch.length(0));
    assertEquals(2, batch.length(1));
    assertEquals(0, batch.length(2));
    float[] second = new float[2];
    batch.copyRow(1, second);
    assertArrayEquals(new float[] {2, 3}, second);
  }

  @Test
  void aRowLacksALogitWhereItsArrayOrAnElementIsNull() {
    LogitBatch batch = taken(ARRAYS, 4, arrays(row(1f, 2f), null, row(3f, null), row(4f, 5f)));
    assertTrue(batch.anyMissing());
    assertEquals(-1, batch.sameLength());
    assertFalse(batch.missing(0));
    assertTrue(batch.missing(1));
    assertTrue(batch.missing(2));
    assertFalse(batch.missing(3));
    float[] last = new float[2];
    batch.copyRow(3, last);
    assertArrayEquals(new float[] {4, 5}, last);
  }

  @Test
  void theNextBatchForgetsTheNullsOfTheLast() {
    LogitBatch batch = new LogitBatch(ARRAYS);
    batch.take(new ColumnarBatch(new ColumnVector[] {arrays(null, row(1f))}, 2));
    assertTrue(batch.missing(0));
    batch.take(new ColumnarBatch(new ColumnVector[] {arrays(row(2f), row(1f))}, 2));
    assertFalse(batch.anyMissing());
    assertFalse(batch.missing(0));
    assertArrayEquals(new float[] {2, 1}, batch.floatRows());
  }
}
