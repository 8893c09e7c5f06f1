package dev.sigmax.columnar;

import java.nio.ByteBuffer;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Pages of bytes: strings, binary, and decimals of more than 18 digits at a fixed length. */
final class BinaryPages extends ColumnPages {
  /** The bytes of one value of a vector; the caller does not keep them. */
  interface Reader {
    byte[] read(ColumnVector vector, int row);
  }

  private static final int SLICE = 256;

  private final PageBytes bytes = new PageBytes(Levels.OF_NO_NULL);
  private final Reader reader;
  private final boolean fixed;
  private Statistics<?> range;

  /**
   * Pages of FIXED_LEN_BYTE_ARRAY where {@code fixed}, else of BYTE_ARRAY.
   *
   * @param reader gives arrays of that fixed length, or of any
   */
  BinaryPages(ColumnDescriptor column, boolean fixed, Reader reader) {
    super(column);
    this.fixed = fixed;
    this.reader = reader;
    this.range = Statistics.createStats(column.getPrimitiveType());
  }

  @Override
  int slice(ColumnVector vector, int from, int pageBytes) {
    return SLICE;
  }

  @Override
  void appendValues(ColumnVector vector, int from, int count) {
    for (int i = from; i < from + count; i++) {
      byte[] value = reader.read(vector, i);
      ByteBuffer buffer = bytes.roomFor(Integer.BYTES + value.length);
      if (!fixed) {
        buffer.putInt(value.length);
      }
      buffer.put(value);
      range.updateStats(Binary.fromReusedByteArray(value));
    }
  }

  @Override
  long bytes() {
    return bytes.size();
  }

  @Override
  ByteBuffer page(byte[] encodedLevels) {
    return bytes.page(encodedLevels);
  }

  @Override
  void describe(Statistics<?> statistics) {
    statistics.mergeStatistics(range);
  }

  @Override
  void clear() {
    bytes.clear();
    range = Statistics.createStats(column().getPrimitiveType());
  }
}
