package dev.sigmax.arrow;

import dev.sigmax.parquet.read.PageVector;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A column whose values all take the same bytes. */
final class FixedWidthColumn extends ArrowColumn {
  private final StoredValues stored;
  private final BodyBuffer values;

  FixedWidthColumn(PageVector vector, StoredValues stored, BodyBuffer validity, BodyBuffer values) {
    super(vector, validity);
    this.stored = stored;
    this.values = values;
  }

  @Override
  long bytes() {
    return values.size();
  }

  @Override
  void startValues(BatchCursor at) throws IOException {
    at.start(values);
  }

  @Override
  void readValues(long from, int count, int at) throws IOException {
    int width = stored.width();
    ByteBuffer bytes = values.view(from * width, (long) count * width);
    vector().plain(stored.widened(bytes, count, i -> vector().isNullAt(at + i)), 0, at, count);
  }

  @Override
  public void close() throws IOException {
    super.close();
    values.close();
  }
}
