package dev.sigmax.columnar.exec;

import dev.sigmax.columnar.score.OutputColumn;
import dev.sigmax.columnar.score.ScorePlan;
import dev.sigmax.columnar.score.Scores;
import dev.sigmax.kernel.RowIssue;
import dev.sigmax.parquet.write.RangedVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * The columns of a scored batch: kept ones as they came, the rest Arrow vectors of this object's
 * own, filled again for every batch. They hold until the next batch and are released by {@link
 * #close}.
 */
final class ScoreVectors implements AutoCloseable {
  private final ScorePlan plan;
  private final FieldVector[] vectors;
  private final ColumnVector[] columns;
  private float[] floatScratch = new float[0];
  private double[] doubleScratch = new double[0];

  ScoreVectors(ScorePlan plan, BufferAllocator allocator) {
    this.plan = plan;
    this.vectors = new FieldVector[plan.columns().size()];
    this.columns = new ColumnVector[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = vectorFor(plan.columns().get(i), allocator);
      if (vectors[i] != null) {
        columns[i] = new RangedVector(vectors[i]);
      }
    }
  }

  private FieldVector vectorFor(OutputColumn column, BufferAllocator allocator) {
    String name = "score";
    if (column instanceof OutputColumn.RowSum) {
      return new Float8Vector(name, allocator);
    }
    if (column instanceof OutputColumn.RowIssue) {
      return new VarCharVector(name, allocator);
    }
    if (column instanceof OutputColumn.Probability one) {
      return plan.scorings().get(one.scoring()).isFloat()
          ? new Float4Vector(name, allocator)
          : new Float8Vector(name, allocator);
    }
    if (column instanceof OutputColumn.Probabilities all) {
      ListVector list = ListVector.empty(name, allocator);
      boolean isFloat = plan.scorings().get(all.scoring()).isFloat();
      list.addOrGetVector(
          FieldType.notNullable((isFloat ? MinorType.FLOAT4 : MinorType.FLOAT8).getType()));
      return list;
    }
    return null;
  }

  /** The scored batch. */
  ColumnarBatch fill(ColumnarBatch input, List<Scores> scores) {
    int rows = input.numRows();
    for (int i = 0; i < vectors.length; i++) {
      OutputColumn column = plan.columns().get(i);
      if (column instanceof OutputColumn.Kept kept) {
        columns[i] = input.column(kept.ordinal());
        continue;
      }
      RangedVector own = (RangedVector) columns[i];
      own.range(null, rows);
      if (column instanceof OutputColumn.RowSum sum) {
        fillSums((Float8Vector) vectors[i], scores.get(sum.scoring()), rows);
      } else if (column instanceof OutputColumn.RowIssue issue) {
        fillIssues((VarCharVector) vectors[i], scores.get(issue.scoring()), rows);
      } else if (column instanceof OutputColumn.Probability one) {
        Scores scored = scores.get(one.scoring());
        fillColumn(vectors[i], scored, one.index(), rows);
        own.range(scored.rangeOf(one.index()), rows);
      } else if (column instanceof OutputColumn.Probabilities all) {
        Scores scored = scores.get(all.scoring());
        fillLists((ListVector) vectors[i], scored, rows);
        own.range(scored.rangeOfAll(), rows);
      }
    }
    return new ColumnarBatch(columns, rows);
  }

  private static void fillSums(Float8Vector vector, Scores scores, int rows) {
    reserve(vector, rows);
    put(vector.getDataBuffer(), scores.sums, 0, rows);
    markBad(vector, scores, rows);
  }

  private static void fillIssues(VarCharVector vector, Scores scores, int rows) {
    vector.reset();
    if (vector.getValueCapacity() < rows) {
      vector.allocateNew(rows);
    }
    if (scores.anyIssue) {
      for (int i = 0; i < rows; i++) {
        RowIssue issue = scores.issues[i];
        if (issue != null) {
          vector.setSafe(i, issue.code().getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    vector.setValueCount(rows);
  }

  private void fillColumn(FieldVector vector, Scores scores, int index, int rows) {
    if (vector instanceof Float4Vector floats) {
      reserve(floats, rows);
      float[] values =
          scores.columns != null ? scores.columns[index] : floatColumn(scores, index, rows);
      put(floats.getDataBuffer(), values, 0, rows);
      markBad(floats, scores, rows);
    } else {
      Float8Vector doubles = (Float8Vector) vector;
      reserve(doubles, rows);
      put(doubles.getDataBuffer(), doubleColumn(scores, index, rows), 0, rows);
      markBad(doubles, scores, rows);
    }
  }

  private float[] floatColumn(Scores scores, int index, int rows) {
    floatScratch = floatScratch.length < rows ? new float[rows] : floatScratch;
    for (int i = 0; i < rows; i++) {
      int at = scores.starts[i] + index;
      floatScratch[i] = at < scores.starts[i + 1] ? scores.floats[at] : 0;
    }
    return floatScratch;
  }

  private double[] doubleColumn(Scores scores, int index, int rows) {
    doubleScratch = doubleScratch.length < rows ? new double[rows] : doubleScratch;
    for (int i = 0; i < rows; i++) {
      int at = scores.starts[i] + index;
      doubleScratch[i] = at < scores.starts[i + 1] ? scores.doubles[at] : 0;
    }
    return doubleScratch;
  }

  private void fillLists(ListVector vector, Scores scores, int rows) {
    if (scores.columns != null) {
      interleave(scores, rows);
    }
    if (vector.getValueCapacity() < rows) {
      vector.setInitialCapacity(rows);
      vector.allocateNew();
    }
    BaseFixedWidthVector elements = (BaseFixedWidthVector) vector.getDataVector();
    int count = scores.anyIssue ? closeGaps(scores, rows) : scores.starts[rows];
    reserve(elements, Math.max(1, count));
    if (scores.floats != null) {
      put(elements.getDataBuffer(), scores.floats, 0, count);
    } else {
      put(elements.getDataBuffer(), scores.doubles, 0, count);
    }
    elements.getValidityBuffer().setOne(0, bytesOf(count));
    elements.setValueCount(count);
    vector
        .getOffsetBuffer()
        .nioBuffer(0, (rows + 1) * Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .put(scores.starts, 0, rows + 1);
    vector.setLastSet(rows - 1);
    vector.getValidityBuffer().setOne(0, bytesOf(rows));
    if (scores.anyIssue) {
      for (int i = 0; i < rows; i++) {
        if (scores.issues[i] != null) {
          BitVectorHelper.unsetBit(vector.getValidityBuffer(), i);
        }
      }
    }
    vector.setValueCount(rows);
  }

  /** Takes what stands for bad rows out, so that a null list has no elements. */
  private static int closeGaps(Scores scores, int rows) {
    int to = 0;
    for (int i = 0; i < rows; i++) {
      int from = scores.starts[i];
      int length = scores.issues[i] == null ? scores.starts[i + 1] - from : 0;
      if (scores.floats != null) {
        System.arraycopy(scores.floats, from, scores.floats, to, length);
      } else {
        System.arraycopy(scores.doubles, from, scores.doubles, to, length);
      }
      scores.starts[i] = to;
      to += length;
    }
    scores.starts[rows] = to;
    return to;
  }

  private static void interleave(Scores scores, int rows) {
    int classes = scores.columns.length;
    float[] all = scores.floatRows(rows * classes);
    for (int c = 0; c < classes; c++) {
      for (int i = 0; i < rows; i++) {
        all[i * classes + c] = scores.columns[c][i];
      }
    }
    scores.startsAtMultiplesOf(classes, rows);
    scores.columns = null;
  }

  private static void reserve(BaseFixedWidthVector vector, int rows) {
    if (vector.getValueCapacity() < rows) {
      vector.allocateNew(rows);
    }
  }

  private static void markBad(BaseFixedWidthVector vector, Scores scores, int rows) {
    vector.getValidityBuffer().setOne(0, bytesOf(rows));
    vector.setValueCount(rows);
    for (int i = 0; scores.anyIssue && i < rows; i++) {
      if (scores.issues[i] != null) {
        vector.setNull(i);
      }
    }
  }

  private static long bytesOf(int bits) {
    return ((long) bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  private static void put(ArrowBuf buffer, float[] values, int from, int count) {
    littleEndian(buffer, (long) count * Float.BYTES).asFloatBuffer().put(values, from, count);
  }

  private static void put(ArrowBuf buffer, double[] values, int from, int count) {
    littleEndian(buffer, (long) count * Double.BYTES).asDoubleBuffer().put(values, from, count);
  }

  private static ByteBuffer littleEndian(ArrowBuf buffer, long bytes) {
    return buffer.nioBuffer(0, Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Releases the vectors; the last batch is gone with them. */
  @Override
  public void close() {
    List<FieldVector> own = new ArrayList<>();
    for (FieldVector vector : vectors) {
      if (vector != null) {
        own.add(vector);
      }
    }
    own.forEach(FieldVector::close);
  }
}
