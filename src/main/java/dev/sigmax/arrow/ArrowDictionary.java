package dev.sigmax.arrow;

import dev.sigmax.parquet.vector.PageVector;
import java.io.Closeable;
import java.io.IOException;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.RecordBatch;

/** The values of a dictionary, as far as the file has said them. */
final class ArrowDictionary implements Closeable {
  private static final FieldLayout.Place ALONE = new FieldLayout.Place(0, 0, 0);

  private final ArrowColumn values;
  private int size;

  ArrowDictionary(ArrowColumn values) {
    this.values = values;
  }

  /** The values; of every index below {@link #size}. */
  PageVector entries() {
    return values.vector();
  }

  int size() {
    return size;
  }

  /** How many bytes a value takes on average. */
  long bytesInValue() {
    return values.bytes() / Math.max(1, size);
  }

  /**
   * Takes values, in place of those that are there or behind them.
   *
   * @param body where their body begins in the file
   */
  void take(DictionaryBatch message, long body) throws IOException {
    RecordBatch batch = message.data();
    values.start(new BatchCursor(batch, body, ALONE));
    if (!message.isDelta()) {
      values.vector().clear();
      size = 0;
    }
    int count = Math.toIntExact(values.length());
    values.read(0, count, size);
    size = Math.addExact(size, count);
  }

  @Override
  public void close() throws IOException {
    values.close();
  }
}
