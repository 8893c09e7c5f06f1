package dev.sigmax.columnar;

import java.io.IOException;
import java.util.Arrays;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;

/**
 * Pages of a list of floats or doubles that are never null, from an Arrow list vector. Levels of a
 * list: repetition 0 begins a row and 1 goes on; definition 0 is a null list, 1 an empty one, and
 * the highest an element.
 */
final class ListPages extends ColumnPages {
  private static final byte NULL_LIST = 0;

  private final ColumnPages elements;
  private final int elementBytes;
  private final byte emptyList;
  private final byte element;
  private byte[] repetitions = new byte[1 << 10];
  private byte[] definitions = new byte[1 << 10];
  private int levels;
  private int rows;
  private int absent;

  /**
   * Pages of a list.
   *
   * @param elements an unused {@link FloatPages} or {@link DoublePages} to hold the values
   * @param nullable whether a list may be null
   */
  ListPages(ColumnDescriptor column, ColumnPages elements, int elementBytes, boolean nullable) {
    super(column);
    this.elements = elements;
    this.elementBytes = elementBytes;
    this.emptyList = (byte) (nullable ? 1 : 0);
    this.element = (byte) column.getMaxDefinitionLevel();
  }

  private static ListVector listOf(ColumnVector vector) {
    return (ListVector) ((ArrowColumnVector) vector).getValueVector();
  }

  @Override
  int slice(ColumnVector vector, int from, int pageBytes) {
    ListVector list = listOf(vector);
    int length = list.getElementEndIndex(from) - list.getElementStartIndex(from);
    return Math.max(1, pageBytes / Math.max(1, length * elementBytes));
  }

  @Override
  void append(ColumnVector vector, int from, int count) {
    ListVector list = listOf(vector);
    int first = list.getElementStartIndex(from);
    int last = list.getElementEndIndex(from + count - 1);
    reserve(levels + count + (last - first));
    for (int i = from; i < from + count; i++) {
      int length = list.getElementEndIndex(i) - list.getElementStartIndex(i);
      repetitions[levels] = 0;
      if (length == 0) {
        definitions[levels++] = list.isNull(i) ? NULL_LIST : emptyList;
        absent++;
      } else {
        Arrays.fill(repetitions, levels + 1, levels + length, (byte) 1);
        Arrays.fill(definitions, levels, levels + length, element);
        levels += length;
      }
    }
    rows += count;
    BaseFixedWidthVector values = (BaseFixedWidthVector) list.getDataVector();
    java.nio.ByteBuffer bytes =
        values
            .getDataBuffer()
            .nioBuffer((long) first * elementBytes, (last - first) * elementBytes);
    if (elements instanceof FloatPages floats) {
      floats.append(bytes);
    } else {
      ((DoublePages) elements).append(bytes);
    }
  }

  private void reserve(int count) {
    if (definitions.length < count) {
      int larger = Math.max(count, 2 * definitions.length);
      definitions = Arrays.copyOf(definitions, larger);
      repetitions = Arrays.copyOf(repetitions, larger);
    }
  }

  @Override
  void flush(PageWriter writer) throws IOException {
    if (rows == 0) {
      return;
    }
    Statistics<?> statistics = Statistics.createStats(column().getPrimitiveType());
    statistics.incrementNumNulls(absent);
    if (levels > absent) {
      elements.describe(statistics);
    }
    BytesInput body =
        BytesInput.concat(
            Levels.of(repetitions, levels, 1),
            absent == 0 ? Levels.same(element, levels) : Levels.of(definitions, levels, element),
            elements.values());
    writer.writePage(
        body, levels, rows, statistics, null, null, Encoding.RLE, Encoding.RLE, Encoding.PLAIN);
    levels = 0;
    rows = 0;
    absent = 0;
    elements.clear();
  }

  @Override
  int rows() {
    return rows;
  }

  @Override
  void appendValues(ColumnVector vector, int from, int count) {
    throw new UnsupportedOperationException("lists are appended whole");
  }

  @Override
  long bytes() {
    return elements.bytes();
  }

  @Override
  BytesInput values() {
    return elements.values();
  }

  @Override
  void describe(Statistics<?> statistics) {
    elements.describe(statistics);
  }

  @Override
  void clear() {
    elements.clear();
  }
}
