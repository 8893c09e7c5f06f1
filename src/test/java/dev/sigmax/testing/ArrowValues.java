package dev.sigmax.testing;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarBinaryVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.LargeListViewVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.ListViewVector;

/** Sets values of Arrow's vectors. */
final class ArrowValues {
  private ArrowValues() {}

  /** Sets a value; null is null. */
  static void set(FieldVector vector, int row, Object value) {
    if (value == null) {
      vector.setNull(row);
    } else if (vector instanceof BaseFixedWidthVector fixed) {
      setFixed(fixed, row, value);
    } else if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof LargeVarCharVector texts) {
      texts.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof ViewVarCharVector texts) {
      texts.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof ViewVarBinaryVector bytes) {
      bytes.setSafe(row, (byte[]) value);
    } else if (vector instanceof VarBinaryVector bytes) {
      bytes.setSafe(row, (byte[]) value);
    } else {
      setList(vector, row, (List<?>) value);
    }
  }

  private static void setList(FieldVector vector, int row, List<?> values) {
    if (vector instanceof ListVector lists) {
      setAll(lists.getDataVector(), lists.startNewValue(row), values);
      lists.endValue(row, values.size());
    } else if (vector instanceof LargeListVector lists) {
      setAll(lists.getDataVector(), (int) lists.startNewValue(row), values);
      lists.endValue(row, values.size());
    } else if (vector instanceof ListViewVector lists) {
      setAll(lists.getDataVector(), lists.startNewValue(row), values);
      lists.endValue(row, values.size());
    } else if (vector instanceof LargeListViewVector lists) {
      setAll(lists.getDataVector(), lists.startNewValue(row), values);
      lists.endValue(row, values.size());
    } else {
      FixedSizeListVector lists = (FixedSizeListVector) vector;
      setAll(lists.getDataVector(), lists.startNewValue(row), values);
    }
  }

  private static void setAll(FieldVector elements, int from, List<?> values) {
    for (int i = 0; i < values.size(); i++) {
      set(elements, from + i, values.get(i));
    }
  }

  private static void setFixed(BaseFixedWidthVector vector, int row, Object value) {
    if (vector instanceof Float4Vector floats) {
      floats.setSafe(row, ((Number) value).floatValue());
    } else if (vector instanceof Float8Vector doubles) {
      doubles.setSafe(row, ((Number) value).doubleValue());
    } else if (vector instanceof DecimalVector decimals) {
      decimals.setSafe(row, (BigDecimal) value);
    } else if (vector instanceof BitVector bits) {
      bits.setSafe(row, (Boolean) value ? 1 : 0);
    } else {
      setWhole(vector, row, ((Number) value).longValue());
    }
  }

  private static void setWhole(BaseFixedWidthVector vector, int row, long value) {
    if (vector instanceof Float2Vector halves) {
      halves.setSafe(row, (short) value);
    } else if (vector instanceof IntVector ints) {
      ints.setSafe(row, (int) value);
    } else if (vector instanceof BigIntVector longs) {
      longs.setSafe(row, value);
    } else if (vector instanceof TinyIntVector bytes) {
      bytes.setSafe(row, (byte) value);
    } else if (vector instanceof SmallIntVector shorts) {
      shorts.setSafe(row, (short) value);
    } else if (vector instanceof UInt1Vector bytes) {
      bytes.setSafe(row, (byte) value);
    } else if (vector instanceof UInt2Vector chars) {
      chars.setSafe(row, (char) value);
    } else if (vector instanceof UInt4Vector ints) {
      ints.setSafe(row, (int) value);
    } else if (vector instanceof UInt8Vector longs) {
      longs.setSafe(row, value);
    } else if (vector instanceof DateDayVector days) {
      days.setSafe(row, (int) value);
    } else if (vector instanceof DateMilliVector milliseconds) {
      milliseconds.setSafe(row, value);
    } else {
      ((TimeStampVector) vector).setSafe(row, value);
    }
  }
}
