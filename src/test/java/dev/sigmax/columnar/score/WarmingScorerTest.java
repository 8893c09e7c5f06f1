package dev.sigmax.columnar.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.sigmax.kernel.Additions;
import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.NonFinite;
import dev.sigmax.kernel.ScoringRule;
import dev.sigmax.kernel.Task;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;

/** Whichever kernel serves a batch, its bits are the scalar kernel's. */
class WarmingScorerTest {
  private static final int ROWS = 3000;

  private static ColumnarBatch batch(long seed) {
    StructType schema =
        new StructType().add("a", DataTypes.FloatType).add("b", DataTypes.FloatType);
    OnHeapColumnVector[] columns = OnHeapColumnVector.allocateColumns(ROWS, schema);
    Random random = new Random(seed);
    for (OnHeapColumnVector column : columns) {
      for (int i = 0; i < ROWS; i++) {
        column.putFloat(i, (float) (10 * random.nextGaussian()));
      }
    }
    return new ColumnarBatch((ColumnVector[]) columns, ROWS);
  }

  private static byte[] bits(Scores scores) {
    ByteBuffer column = ByteBuffer.allocate(ROWS * Float.BYTES);
    scores.putColumn(1, column);
    ByteBuffer sums = ByteBuffer.allocate(ROWS * Double.BYTES);
    scores.putSums(sums);
    return ByteBuffer.allocate(column.capacity() + sums.capacity()).put(column).put(sums).array();
  }

  @Test
  void everyBatchHasTheBitsOfTheScalarKernel() {
    ScoreCall call =
        new ScoreCall(
            new ScoringRule(Task.MULTICLASS, 2, 1, NonFinite.REJECT, 1e-6),
            new LogitSource(
                false, List.of(0, 1), List.of(DataTypes.FloatType, DataTypes.FloatType), true),
            true,
            false,
            true,
            Additions.NONE);
    WarmingScorer warming = new WarmingScorer(call, Kernels.kernel());
    BatchScorer scalar = new BatchScorer(call, Kernels.scalar());
    for (int i = 0; i < 450; i++) {
      ColumnarBatch batch = batch(i);
      assertArrayEquals(bits(scalar.score(batch)), bits(warming.score(batch)), "batch " + i);
    }
  }
}
