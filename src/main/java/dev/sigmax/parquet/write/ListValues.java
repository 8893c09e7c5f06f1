package dev.sigmax.parquet.write;

import dev.sigmax.kernel.ValueRange;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.StructVector;

/** Hands the elements of a list vector to the writer that holds their page. */
interface ListValues {
  /** About how many bytes an element takes. */
  int elementBytes();

  /**
   * Hands over the elements from {@code first} on, before {@code last}.
   *
   * @param range where they lie, if that is known
   */
  void append(FieldVector elements, int first, int last, Optional<ValueRange> range);

  /** Floats. */
  record Floats(FloatColumnWriter writer) implements ListValues {
    @Override
    public int elementBytes() {
      return Float.BYTES;
    }

    @Override
    public void append(FieldVector elements, int first, int last, Optional<ValueRange> range) {
      writer.append(bytes(elements, first, last, Float.BYTES), range);
    }
  }

  /** Doubles. */
  record Doubles(DoubleColumnWriter writer) implements ListValues {
    @Override
    public int elementBytes() {
      return Double.BYTES;
    }

    @Override
    public void append(FieldVector elements, int first, int last, Optional<ValueRange> range) {
      writer.append(bytes(elements, first, last, Double.BYTES), range);
    }
  }

  /** Texts. */
  record Texts(BinaryColumnWriter writer) implements ListValues {
    private static final int SHORT_TEXT = 16;

    @Override
    public int elementBytes() {
      return SHORT_TEXT;
    }

    @Override
    public void append(FieldVector elements, int first, int last, Optional<ValueRange> range) {
      VarCharVector texts = (VarCharVector) elements;
      for (int i = first; i < last; i++) {
        writer.append(texts.get(i));
      }
    }
  }

  /** One field of structs. */
  record FieldOfStructs(int field, ListValues values) implements ListValues {
    @Override
    public int elementBytes() {
      return values.elementBytes();
    }

    @Override
    public void append(FieldVector elements, int first, int last, Optional<ValueRange> range) {
      StructVector structs = (StructVector) elements;
      values.append((FieldVector) structs.getChildByOrdinal(field), first, last, Optional.empty());
    }
  }

  private static ByteBuffer bytes(FieldVector elements, int first, int last, int width) {
    return ((BaseFixedWidthVector) elements)
        .getDataBuffer()
        .nioBuffer((long) first * width, (last - first) * width);
  }
}
