package dev.sigmax.parquet.write;

import java.nio.ByteBuffer;
import java.util.BitSet;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Pages of booleans, a bit each. */
final class BooleanColumnWriter extends ColumnWriter {
  private final BitSet bits = new BitSet();
  private int count;

  BooleanColumnWriter(ColumnDescriptor column) {
    super(column, ChunkDictionary.none());
  }

  @Override
  void appendValues(ColumnVector vector, int from, int howMany) {
    for (int i = from; i < from + howMany; i++) {
      bits.set(count++, vector.getBoolean(i));
    }
  }

  @Override
  public long bytes() {
    return packedLength();
  }

  private int packedLength() {
    return (count + Byte.SIZE - 1) / Byte.SIZE;
  }

  @Override
  ByteBuffer page(byte[] encodedLevels) {
    byte[] set = bits.toByteArray();
    int length = encodedLevels.length + packedLength();
    ByteBuffer page = ByteBuffer.allocate(length).put(encodedLevels).put(set);
    return page.clear();
  }

  @Override
  void describe(Statistics<?> statistics) {
    statistics.updateStats(bits.cardinality() == count);
    statistics.updateStats(!bits.isEmpty());
  }

  @Override
  void clear() {
    bits.clear();
    count = 0;
  }
}
