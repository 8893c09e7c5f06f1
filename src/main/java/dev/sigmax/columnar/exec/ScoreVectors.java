package dev.sigmax.columnar.exec;

import dev.sigmax.columnar.score.BatchAdditions;
import dev.sigmax.columnar.score.OutputColumn;
import dev.sigmax.columnar.score.ScorePlan;
import dev.sigmax.columnar.score.Scores;
import dev.sigmax.parquet.write.RangedVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private final AdditionVector[] additions;
  private final ColumnVector[] columns;

  ScoreVectors(ScorePlan plan, BufferAllocator allocator) {
    this.plan = plan;
    this.vectors = new FieldVector[plan.columns().size()];
    this.additions = new AdditionVector[vectors.length];
    this.columns = new ColumnVector[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = vectorFor(i, allocator);
      if (vectors[i] != null) {
        columns[i] = new RangedVector(vectors[i]);
      }
    }
  }

  private FieldVector vectorFor(int index, BufferAllocator allocator) {
    OutputColumn column = plan.columns().get(index);
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
    if (column instanceof OutputColumn.Added added) {
      additions[index] = new AdditionVector(plan.scorings().get(added.scoring()), added.addition());
      return additions[index].open(allocator);
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
  ColumnarBatch fill(ColumnarBatch input, List<Scores> scores, List<BatchAdditions> added) {
    int rows = input.numRows();
    for (int i = 0; i < vectors.length; i++) {
      OutputColumn column = plan.columns().get(i);
      if (column instanceof OutputColumn.Kept kept) {
        columns[i] = input.column(kept.ordinal());
        continue;
      }
      RangedVector own = (RangedVector) columns[i];
      own.range(Optional.empty(), rows);
      if (column instanceof OutputColumn.RowSum sum) {
        fillSums((Float8Vector) vectors[i], scores.get(sum.scoring()), rows);
      } else if (column instanceof OutputColumn.RowIssue issue) {
        fillIssues((VarCharVector) vectors[i], scores.get(issue.scoring()), rows);
      } else if (column instanceof OutputColumn.Probability one) {
        Scores scored = scores.get(one.scoring());
        fillColumn((BaseFixedWidthVector) vectors[i], scored, one.index(), rows);
        own.range(scored.rangeOf(one.index()), rows);
      } else if (column instanceof OutputColumn.Added one) {
        additions[i].fill(scores.get(one.scoring()), added.get(one.scoring()), rows);
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
    scores.putSums(values(vector, rows));
    markBad(vector, scores, rows);
  }

  private static void fillIssues(VarCharVector vector, Scores scores, int rows) {
    vector.reset();
    if (vector.getValueCapacity() < rows) {
      vector.allocateNew(rows);
    }
    if (scores.anyIssue()) {
      for (int i = 0; i < rows; i++) {
        int row = i;
        scores
            .issue(row)
            .ifPresent(issue -> vector.setSafe(row, issue.code().getBytes(StandardCharsets.UTF_8)));
      }
    } else {
      // Reset, all are null; the vector would set their offsets one by one.
      vector.setLastSet(rows - 1);
    }
    vector.setValueCount(rows);
  }

  private static void fillColumn(BaseFixedWidthVector vector, Scores scores, int index, int rows) {
    reserve(vector, rows);
    scores.putColumn(index, values(vector, rows));
    markBad(vector, scores, rows);
  }

  private static void fillLists(ListVector vector, Scores scores, int rows) {
    if (vector.getValueCapacity() < rows) {
      vector.setInitialCapacity(rows);
      vector.allocateNew();
    }
    BaseFixedWidthVector elements = (BaseFixedWidthVector) vector.getDataVector();
    int count =
        scores.putGoodRowStarts(
            littleEndian(vector.getOffsetBuffer(), (rows + 1) * (long) Integer.BYTES));
    reserve(elements, Math.max(1, count));
    scores.putGoodRows(values(elements, count));
    elements.getValidityBuffer().setOne(0, bytesOf(count));
    elements.setValueCount(count);
    vector.setLastSet(rows - 1);
    vector.getValidityBuffer().setOne(0, bytesOf(rows));
    for (int i = 0; scores.anyIssue() && i < rows; i++) {
      if (!scores.isGood(i)) {
        BitVectorHelper.unsetBit(vector.getValidityBuffer(), i);
      }
    }
    vector.setValueCount(rows);
  }

  static void reserve(BaseFixedWidthVector vector, int rows) {
    if (vector.getValueCapacity() < rows) {
      vector.allocateNew(rows);
    }
  }

  static void markBad(BaseFixedWidthVector vector, Scores scores, int rows) {
    vector.getValidityBuffer().setOne(0, bytesOf(rows));
    vector.setValueCount(rows);
    for (int i = 0; scores.anyIssue() && i < rows; i++) {
      if (!scores.isGood(i)) {
        vector.setNull(i);
      }
    }
  }

  static long bytesOf(int bits) {
    return ((long) bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  static ByteBuffer values(BaseFixedWidthVector vector, int count) {
    return littleEndian(vector.getDataBuffer(), (long) count * vector.getTypeWidth());
  }

  static ByteBuffer littleEndian(ArrowBuf buffer, long bytes) {
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
