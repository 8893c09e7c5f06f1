package dev.sigmax.parquet.vector;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.spark.sql.types.DataType;

/** A column of booleans. */
public final class BooleanVector extends PageVector {
  private boolean[] values = new boolean[0];

  /** An empty one. */
  public BooleanVector(DataType type) {
    super(type);
  }

  @Override
  public void reserve(int count) {
    if (values.length < count) {
      values = Arrays.copyOf(values, count);
    }
  }

  @Override
  public PageVector dictionary(int count) {
    throw new UnsupportedOperationException("a dictionary of booleans");
  }

  @Override
  public void plain(ByteBuffer page, int from, int at, int count) {
    for (int i = 0; i < count; i++) {
      int bit = from + i;
      values[at + i] = (page.get(bit >>> 3) >>> (bit & 7) & 1) != 0;
    }
  }

  /** Takes indexes that are 0 or 1 for what they say. */
  @Override
  public void gather(PageVector dictionary, int[] indexes, int at, int count) {
    for (int i = 0; i < count; i++) {
      values[at + i] = indexes[i] != 0;
    }
  }

  @Override
  public void spread(int at, int count, int defined) {
    int next = at + defined;
    for (int i = at + count - 1; i >= at; i--) {
      if (!isNullAt(i)) {
        values[i] = values[--next];
      }
    }
  }

  @Override
  public boolean getBoolean(int row) {
    return values[row];
  }
}
