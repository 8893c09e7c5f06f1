package dev.sigmax.parquet.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.spark.sql.vectorized.ColumnVector;

/**
 * Pages of a list of floats, doubles or texts that are never null, from an Arrow list vector; or of
 * one field of a list of structs. Levels of a list: repetition 0 begins a row and 1 goes on;
 * definition 0 is a null list, 1 an empty one, and the highest an element.
 */
final class ListColumnWriter extends ColumnWriter {
  /** Room for the levels of a page of a mebibyte of floats, and some. */
  static final int LEVEL_BYTES = 48 << 10;

  private static final byte NULL_LIST = 0;

  private final ColumnWriter elements;
  private final ListValues source;
  private final byte emptyList;
  private final byte element;
  private byte[] repetitions = new byte[1 << 10];
  private byte[] definitions = new byte[1 << 10];
  private byte[] encodedOf = new byte[0];
  private byte[] encoded = new byte[0];
  private int levels;
  private int rows;
  private int absent;

  /**
   * Pages of a list.
   *
   * @param dictionary of the elements
   * @param elements an unused writer to hold the values, without a dictionary
   * @param source hands it the values of a vector
   * @param nullable whether a list may be null
   */
  ListColumnWriter(
      ColumnDescriptor column,
      ChunkDictionary dictionary,
      ColumnWriter elements,
      ListValues source,
      boolean nullable) {
    super(column, dictionary);
    this.elements = elements;
    this.source = source;
    this.emptyList = (byte) (nullable ? 1 : 0);
    this.element = (byte) column.getMaxDefinitionLevel();
  }

  private static ListVector listOf(ColumnVector vector) {
    return (ListVector) ((RangedVector) vector).getValueVector();
  }

  @Override
  public int append(ColumnVector vector, int from, int offered, int pageBytes) {
    ListVector list = listOf(vector);
    int lengthOfFirst = list.getElementEndIndex(from) - list.getElementStartIndex(from);
    int count =
        Math.min(
            offered, Math.max(1, pageBytes / Math.max(1, lengthOfFirst * source.elementBytes())));
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
    source.append(list.getDataVector(), first, last, ((RangedVector) vector).rangeOf(from, count));
    return count;
  }

  private void reserve(int count) {
    if (definitions.length < count) {
      int larger = Math.max(count, 2 * definitions.length);
      definitions = Arrays.copyOf(definitions, larger);
      repetitions = Arrays.copyOf(repetitions, larger);
    }
  }

  @Override
  public void flush(RowGroup rowGroup, int index) throws IOException {
    if (rows == 0) {
      return;
    }
    Statistics<?> statistics = statistics();
    byte[] repeated = repetitionLevels();
    byte[] defined =
        absent == 0 ? Levels.same(element, levels) : Levels.of(definitions, levels, element);
    byte[] both = Arrays.copyOf(repeated, repeated.length + defined.length);
    System.arraycopy(defined, 0, both, repeated.length, defined.length);
    Optional<ByteBuffer> indexes = dictionaryIndexes();
    if (indexes.isPresent()) {
      ByteBuffer page = ByteBuffer.allocate(both.length + indexes.get().remaining());
      page.put(both).put(indexes.get()).flip();
      rowGroup.add(index, page, Encoding.RLE_DICTIONARY, levels, rows, statistics);
    } else {
      rowGroup.add(index, elements.page(both), Encoding.PLAIN, levels, rows, statistics);
    }
    levels = 0;
    rows = 0;
    absent = 0;
    elements.clear();
  }

  private Statistics<?> statistics() {
    if (!elements.bounded()) {
      return Statistics.getBuilderForReading(column().getPrimitiveType()).build();
    }
    Statistics<?> statistics = Statistics.createStats(column().getPrimitiveType());
    statistics.incrementNumNulls(absent);
    if (levels > absent) {
      elements.describe(statistics);
    }
    return statistics;
  }

  /** Rows of one length, in pages of as many rows, have the same levels page after page. */
  private byte[] repetitionLevels() throws IOException {
    if (!Arrays.equals(repetitions, 0, levels, encodedOf, 0, encodedOf.length)) {
      encodedOf = Arrays.copyOf(repetitions, levels);
      encoded = Levels.of(repetitions, levels, 1);
    }
    return encoded;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  void appendValues(ColumnVector vector, int from, int count) {
    throw new UnsupportedOperationException("lists are appended whole");
  }

  @Override
  public long bytes() {
    return elements.bytes();
  }

  @Override
  ByteBuffer page(byte[] encodedLevels) {
    return elements.page(encodedLevels);
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
