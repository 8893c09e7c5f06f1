package dev.sigmax.arrow;

import dev.sigmax.parquet.vector.PageVector;
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
    values.requireRoomFor(length(), (long) stored.width() * Byte.SIZE);
  }

  @Override
  void readValues(long from, int count, int at) throws IOException {
    int width = stored.width();
    // By what is in the window: values that lie behind it would be moved before they are copied.
    for (int done = 0; done < count; ) {
      int next = at + done;
      ByteBuffer bytes = values.next((from + done) * width, (long) (count - done) * width, width);
      int some = bytes.remaining() / width;
      reserve(next, some);
      vector().plain(stored.widened(bytes, some, i -> vector().isNullAt(next + i)), 0, next, some);
      done += some;
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    values.close();
  }
}
