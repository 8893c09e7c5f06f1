package dev.sigmax.arrow;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The buffers that the views of a column point into, of which a record batch has any number. While
 * views point forwards only one of them is in memory, and that through its window. One in which
 * they go back is read again, and stays as a whole for the rest of the record batch. Not
 * thread-safe.
 */
final class ViewedBuffers implements Closeable {
  private final Supplier<BodyBuffer> make;
  private final List<BodyBuffer> buffers = new ArrayList<>();
  private int count;
  private int current;

  ViewedBuffers(Supplier<BodyBuffer> make) {
    this.make = make;
  }

  /** Takes those of the next record batch. */
  void start(BatchCursor at) throws IOException {
    close();
    count = at.viewedBuffers();
    current = 0;
    for (int i = 0; i < count; i++) {
      if (i == buffers.size()) {
        buffers.add(make.get());
      }
      at.start(buffers.get(i));
    }
  }

  /** How many bytes they have, decompressed. */
  long bytes() {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes = Math.addExact(bytes, buffers.get(i).size());
    }
    return bytes;
  }

  /**
   * Makes sure that a value lies where a view says.
   *
   * @throws DamagedFile if there is no such buffer, or the value is not in it
   */
  void requireThere(int buffer, int from, int length) {
    if (buffer < 0 || buffer >= count) {
      throw new DamagedFile("a view into the buffer " + buffer + " of " + count);
    }
    if (from > buffers.get(buffer).size() - length) {
      throw new DamagedFile(
          "a view of "
              + length
              + " bytes at "
              + from
              + " of a buffer of "
              + buffers.get(buffer).size());
    }
  }

  /** Some bytes of a buffer, which are there, until the next call. */
  ByteBuffer view(int buffer, int from, long end) throws IOException {
    if (buffer != current) {
      buffers.get(current).leave();
      current = buffer;
    }
    return buffers.get(buffer).view(from, end - from);
  }

  @Override
  public void close() throws IOException {
    for (BodyBuffer buffer : buffers) {
      buffer.close();
    }
  }
}
