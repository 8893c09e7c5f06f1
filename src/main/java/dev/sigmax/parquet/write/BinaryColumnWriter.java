package dev.sigmax.parquet.write;

import dev.sigmax.parquet.vector.BytesVector;
import dev.sigmax.spark.ArrayVector;
import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Pages of bytes: strings, binary, and decimals of more than 18 digits at a fixed length. */
final class BinaryColumnWriter extends ColumnWriter {
  /** The bytes of one value of a vector; the caller does not keep them. */
  interface Reader {
    byte[] read(ColumnVector vector, int row);
  }

  /**
   * Larger values are no bounds: a row group would hold two for each page, and no footer takes
   * them.
   */
  private static final int MOST_BOUND = 1 << 16;

  private final PageBytes bytes;
  private final Reader reader;
  private final boolean fixed;
  private Statistics<?> range;
  private boolean bounded = true;

  /**
   * Pages of FIXED_LEN_BYTE_ARRAY where {@code fixed}, else of BYTE_ARRAY.
   *
   * @param reader gives arrays of that fixed length, or of any
   */
  BinaryColumnWriter(
      ColumnDescriptor column, ChunkDictionary dictionary, boolean fixed, Reader reader) {
    this(column, dictionary, fixed, reader, Levels.OF_NO_NULL);
  }

  /** Pages with room for levels of so many bytes. */
  BinaryColumnWriter(
      ColumnDescriptor column,
      ChunkDictionary dictionary,
      boolean fixed,
      Reader reader,
      int levelBytes) {
    super(column, dictionary);
    this.bytes = new PageBytes(levelBytes);
    this.fixed = fixed;
    this.reader = reader;
    this.range = Statistics.createStats(column.getPrimitiveType());
  }

  @Override
  public int rowsWithin(ColumnVector vector, int from, int count, long mostBytes) {
    if (!fixed && vector instanceof BytesVector read && read.size() > mostBytes) {
      return rowsWithin(vector, from, count, mostBytes, read::length);
    }
    // Values of a dictionary of the input are small, and so are those of a partition or a score.
    if (fixed
        || !ArrayVector.is(vector)
        || ArrayVector.of(vector).hasDictionary()
        || ArrayVector.of(vector).elementCount() <= mostBytes) {
      return count;
    }
    return rowsWithin(vector, from, count, mostBytes, ArrayVector.of(vector)::length);
  }

  private static int rowsWithin(
      ColumnVector vector, int from, int count, long mostBytes, IntUnaryOperator length) {
    long total = 0;
    for (int i = from; i < from + count; i++) {
      total += vector.isNullAt(i) ? 0 : length.applyAsInt(i);
      if (total > mostBytes) {
        return Math.max(1, i - from);
      }
    }
    return count;
  }

  @Override
  int appendRows(ColumnVector vector, int from, int count, int pageBytes) {
    int taken = 0;
    while (taken < count && (taken == 0 || bytes.size() < pageBytes)) {
      if (vector.isNullAt(from + taken)) {
        markNulls(1);
      } else {
        appendValues(vector, from + taken, 1);
        markDefined(1);
      }
      taken++;
    }
    return taken;
  }

  @Override
  void appendValues(ColumnVector vector, int from, int count) {
    for (int i = from; i < from + count; i++) {
      append(reader.read(vector, i));
    }
  }

  /** Takes one value. */
  void append(byte[] value) {
    ByteBuffer buffer = bytes.roomFor((fixed ? 0 : Integer.BYTES) + value.length);
    if (!fixed) {
      buffer.putInt(value.length);
    }
    buffer.put(value);
    if (value.length > MOST_BOUND) {
      bounded = false;
    } else {
      range.updateStats(Binary.fromReusedByteArray(value));
    }
  }

  @Override
  public long bytes() {
    return bytes.size();
  }

  @Override
  ByteBuffer page(byte[] encodedLevels) {
    return bytes.page(encodedLevels);
  }

  @Override
  boolean bounded() {
    return bounded;
  }

  @Override
  void describe(Statistics<?> statistics) {
    statistics.mergeStatistics(range);
  }

  @Override
  void clear() {
    bytes.clear();
    range = Statistics.createStats(column().getPrimitiveType());
    bounded = true;
  }
}
