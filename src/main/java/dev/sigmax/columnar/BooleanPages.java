package dev.sigmax.columnar;

import java.util.BitSet;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Pages of booleans, a bit each. */
final class BooleanPages extends ColumnPages {
  private final BitSet bits = new BitSet();
  private int count;

  BooleanPages(ColumnDescriptor column) {
    super(column);
  }

  @Override
  void appendValues(ColumnVector vector, int from, int howMany) {
    for (int i = from; i < from + howMany; i++) {
      bits.set(count++, vector.getBoolean(i));
    }
  }

  @Override
  long bytes() {
    return (count + Byte.SIZE - 1) / Byte.SIZE;
  }

  @Override
  BytesInput values() {
    byte[] packed = new byte[(int) bytes()];
    byte[] set = bits.toByteArray();
    System.arraycopy(set, 0, packed, 0, set.length);
    return BytesInput.from(packed);
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
