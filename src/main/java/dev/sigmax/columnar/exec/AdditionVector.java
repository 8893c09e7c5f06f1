package dev.sigmax.columnar.exec;

import dev.sigmax.columnar.score.BatchAdditions;
import dev.sigmax.columnar.score.ChosenClasses;
import dev.sigmax.columnar.score.ScoreCall;
import dev.sigmax.columnar.score.Scores;
import dev.sigmax.kernel.rule.Addition;
import dev.sigmax.kernel.rule.ScoreNames;
import dev.sigmax.kernel.rule.Task;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.FieldType;

/** The Arrow vector of one column that is added to the probabilities. */
final class AdditionVector {
  private static final String NAME = "score";

  private final Addition addition;
  private final boolean many;
  private final boolean isFloat;
  private final byte[][] labels;
  private FieldVector vector;

  /** The vector of a column that {@code call} adds. */
  AdditionVector(ScoreCall call, Addition addition) {
    this.addition = addition;
    this.many = call.rule().task() == Task.MULTILABEL;
    this.isFloat = call.isFloat();
    this.labels =
        call.additions().labels().stream()
            .map(label -> label.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  /** Makes the vector, which is the caller's to close. */
  FieldVector open(BufferAllocator allocator) {
    vector =
        switch (addition) {
          case PREDICTION ->
              many ? listOf(allocator, MinorType.VARCHAR) : new VarCharVector(NAME, allocator);
          case CONFIDENCE ->
              many
                  ? listOf(allocator, number())
                  : isFloat ? new Float4Vector(NAME, allocator) : new Float8Vector(NAME, allocator);
          case TOP_K -> {
            ListVector list = listOf(allocator, MinorType.STRUCT);
            StructVector classes = (StructVector) list.getDataVector();
            classes.addOrGet(
                ScoreNames.LABEL,
                FieldType.notNullable(MinorType.VARCHAR.getType()),
                VarCharVector.class);
            classes.addOrGet(
                ScoreNames.PROBABILITY,
                FieldType.notNullable(number().getType()),
                BaseFixedWidthVector.class);
            yield list;
          }
          case MARGIN, ENTROPY -> new Float8Vector(NAME, allocator);
        };
    return vector;
  }

  private MinorType number() {
    return isFloat ? MinorType.FLOAT4 : MinorType.FLOAT8;
  }

  private static ListVector listOf(BufferAllocator allocator, MinorType elements) {
    ListVector list = ListVector.empty(NAME, allocator);
    list.addOrGetVector(FieldType.notNullable(elements.getType()));
    return list;
  }

  /** Fills the vector with the values of the next batch. */
  void fill(Scores scores, BatchAdditions added, int rows) {
    switch (addition) {
      case MARGIN -> {
        Float8Vector margins = (Float8Vector) vector;
        ScoreVectors.reserve(margins, rows);
        added.putMargins(ScoreVectors.values(margins, rows), rows);
        ScoreVectors.markBad(margins, scores, rows);
      }
      case ENTROPY -> {
        Float8Vector entropies = (Float8Vector) vector;
        ScoreVectors.reserve(entropies, rows);
        added.putEntropies(ScoreVectors.values(entropies, rows), rows);
        ScoreVectors.markBad(entropies, scores, rows);
      }
      case PREDICTION -> {
        if (many) {
          fillList(scores, added.predicted(), rows);
        } else {
          fillLabels((VarCharVector) vector, added.predicted(), rows);
        }
      }
      case CONFIDENCE -> {
        if (many) {
          fillList(scores, added.predicted(), rows);
        } else {
          fillNumbers((BaseFixedWidthVector) vector, added.predicted(), rows);
        }
      }
      case TOP_K -> fillList(scores, added.top(), rows);
    }
  }

  /** One label for each row that has one, null for the others. */
  private void fillLabels(VarCharVector target, ChosenClasses chosen, int rows) {
    reset(target, rows);
    for (int i = 0; i < rows; i++) {
      if (chosen.end(i) > chosen.start(i)) {
        target.setSafe(i, labels[chosen.classAt(chosen.start(i))]);
      }
    }
    target.setValueCount(rows);
  }

  /** One probability for each row that has one, null for the others. */
  private void fillNumbers(BaseFixedWidthVector target, ChosenClasses chosen, int rows) {
    ScoreVectors.reserve(target, rows);
    target.getValidityBuffer().setOne(0, ScoreVectors.bytesOf(rows));
    target.setValueCount(rows);
    ByteBuffer values = ScoreVectors.values(target, rows);
    for (int i = 0; i < rows; i++) {
      if (chosen.end(i) > chosen.start(i)) {
        put(values, i, chosen.probabilityAt(chosen.start(i)));
      } else {
        target.setNull(i);
      }
    }
  }

  /** A list for each good row, null for the others. */
  private void fillList(Scores scores, ChosenClasses chosen, int rows) {
    ListVector list = (ListVector) vector;
    if (list.getValueCapacity() < rows) {
      list.setInitialCapacity(rows);
      list.allocateNew();
    }
    IntBuffer starts =
        ScoreVectors.littleEndian(list.getOffsetBuffer(), (rows + 1) * (long) Integer.BYTES)
            .asIntBuffer();
    starts.put(0, 0);
    list.getValidityBuffer().setOne(0, ScoreVectors.bytesOf(rows));
    for (int i = 0; i < rows; i++) {
      starts.put(i + 1, chosen.end(i));
      if (!scores.isGood(i)) {
        BitVectorHelper.unsetBit(list.getValidityBuffer(), i);
      }
    }
    fillElements(list.getDataVector(), chosen);
    list.setLastSet(rows - 1);
    list.setValueCount(rows);
  }

  private void fillElements(FieldVector elements, ChosenClasses chosen) {
    int count = chosen.count();
    if (elements instanceof StructVector classes) {
      classes.getChildrenFromFields().forEach(child -> fillElements(child, chosen));
      classes.setValueCount(count);
      classes.getValidityBuffer().setOne(0, ScoreVectors.bytesOf(count));
    } else if (elements instanceof VarCharVector names) {
      reset(names, count);
      for (int i = 0; i < count; i++) {
        names.setSafe(i, labels[chosen.classAt(i)]);
      }
      names.setValueCount(count);
    } else {
      BaseFixedWidthVector numbers = (BaseFixedWidthVector) elements;
      ScoreVectors.reserve(numbers, Math.max(1, count));
      numbers.getValidityBuffer().setOne(0, ScoreVectors.bytesOf(count));
      ByteBuffer values = ScoreVectors.values(numbers, count);
      for (int i = 0; i < count; i++) {
        put(values, i, chosen.probabilityAt(i));
      }
      numbers.setValueCount(count);
    }
  }

  private void put(ByteBuffer values, int index, double probability) {
    if (isFloat) {
      values.putFloat(index * Float.BYTES, (float) probability);
    } else {
      values.putDouble(index * Double.BYTES, probability);
    }
  }

  private static void reset(VarCharVector target, int count) {
    target.reset();
    if (target.getValueCapacity() < count) {
      target.allocateNew(count);
    }
  }
}
