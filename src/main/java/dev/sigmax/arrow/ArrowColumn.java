package dev.sigmax.arrow;

import dev.sigmax.parquet.vector.PageVector;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.arrow.flatbuf.FieldNode;

/**
 * Reads a column of record batches into a vector, from the first row to the last. Not thread-safe.
 */
abstract class ArrowColumn implements Closeable {
  private final PageVector vector;
  private final BodyBuffer validity;
  private long length;
  private boolean anyNull;

  ArrowColumn(PageVector vector, BodyBuffer validity) {
    this.vector = vector;
    this.validity = validity;
  }

  /** What values are read into. */
  final PageVector vector() {
    return vector;
  }

  /** How many values the record batch has of the column. */
  final long length() {
    return length;
  }

  /** How many bytes the values of the record batch take, decompressed. */
  abstract long bytes();

  /**
   * How many bytes of the record batch may have to be in memory at once, where values point
   * anywhere; 0 where they are read from front to back.
   */
  long heldBytes() {
    return 0;
  }

  /** Takes the next record batch. */
  final void start(BatchCursor at) throws IOException {
    FieldNode node = at.node();
    length = node.length();
    if (length < 0 || node.nullCount() < 0 || node.nullCount() > length) {
      throw new DamagedFile(length + " values of which " + node.nullCount() + " are null");
    }
    at.start(validity);
    anyNull = node.nullCount() > 0;
    if (anyNull) {
      validity.requireRoomFor(length, 1);
    }
    startValues(at);
  }

  /**
   * Takes the buffers behind the one that says what is null, and the children's. Whether there is
   * room in them for all values is looked at here: what a header says of a length may be anything.
   */
  abstract void startValues(BatchCursor at) throws IOException;

  /**
   * Reads values.
   *
   * @param from the first of them in the record batch, anywhere behind those that were read before
   * @param at where in the vector
   */
  final void read(long from, int count, int at) throws IOException {
    if (anyNull) {
      markNulls(from, count, at);
    }
    readValues(from, count, at);
  }

  private void markNulls(long from, int count, int at) throws IOException {
    long first = from / Byte.SIZE;
    ByteBuffer bits = validity.view(first, (from + count + Byte.SIZE - 1) / Byte.SIZE - first);
    int shift = (int) (from % Byte.SIZE);
    for (int i = 0; i < count; i++) {
      int bit = shift + i;
      if ((bits.get(bit / Byte.SIZE) >>> (bit % Byte.SIZE) & 1) == 0) {
        vector.setNull(at + i);
      }
    }
  }

  /**
   * The same where it is known which are null; what lies in their place does not matter. Makes room
   * in the vector when the values are there: of a compressed buffer only reading shows its size.
   */
  abstract void readValues(long from, int count, int at) throws IOException;

  /** Makes room for so many values of the vector from some place on. */
  final void reserve(int at, int count) {
    vector.reserve(Math.addExact(at, count));
  }

  @Override
  public void close() throws IOException {
    validity.close();
  }
}
