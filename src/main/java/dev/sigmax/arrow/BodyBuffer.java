package dev.sigmax.arrow;

import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.parquet.bytes.PageMemory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A buffer in the body of a record batch, read through a window as long as it is read from front to
 * back; read as a whole where it is not. Used again for the same buffer of the next record batch.
 * Not thread-safe.
 */
final class BodyBuffer implements Closeable {
  /** An array's largest size, for any JVM; a block of memory may lie in one. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final BufferStream stream;
  private final PageMemory memory;
  private final int windowBytes;

  private PageMemory.Block block;
  private ByteBuffer window;
  private boolean whole;
  private long first;
  private long end;

  /** A buffer of which about so many bytes are read at once. */
  BodyBuffer(FileBytes file, PageMemory memory, int windowBytes) {
    this.stream = new BufferStream(file, windowBytes);
    this.memory = memory;
    this.windowBytes = windowBytes;
  }

  /**
   * Takes the buffer of the next record batch.
   *
   * @param from where it begins in the file
   * @param bytes how long it is there
   * @param codec of the record batch, or {@link BufferStream#NO_CODEC}
   */
  void start(long from, long bytes, int codec) throws IOException {
    stream.start(from, bytes, codec);
    whole = false;
    first = 0;
    end = 0;
  }

  /** How many bytes it has, decompressed. */
  long size() {
    return stream.size();
  }

  /**
   * Makes sure that so many values fit in.
   *
   * @throws DamagedFile if they do not
   */
  void requireRoomFor(long values, long bits) {
    boolean fits =
        values <= Long.MAX_VALUE / bits - 1
            && (values * bits + Byte.SIZE - 1) / Byte.SIZE <= size();
    if (!fits) {
      throw new DamagedFile(
          values + " values of " + bits + " bits should lie in a buffer of " + size() + " bytes");
    }
  }

  /**
   * Some of its bytes, little-endian, until the next call. Where a call goes back behind where one
   * before it began, the buffer is read again, and stays in memory as a whole.
   */
  ByteBuffer view(long from, long bytes) throws IOException {
    if (bytes < 0 || bytes > Integer.MAX_VALUE || from < 0 || from > size() - bytes) {
      throw new DamagedFile(bytes + " bytes should lie at " + from + " of a buffer of " + size());
    }
    if (bytes == 0) {
      return ByteBuffer.allocate(0);
    }
    if (from < first) {
      goBack();
    }
    if (from + bytes > end) {
      fill(from, (int) bytes);
    }
    return window.slice((int) (from - first), (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The first of so many bytes, as many as the window has in whole values, and at least one value.
   * Otherwise as {@link #view}.
   */
  ByteBuffer next(long from, long bytes, int width) throws IOException {
    boolean begun = from >= first && end - from >= width;
    long most = begun ? end - from : Math.max(width, windowBytes);
    return view(from, Math.min(bytes, most - most % width));
  }

  /** One too large to be there as a whole is read again from its begin each time. */
  private void goBack() throws IOException {
    stream.again();
    first = 0;
    end = 0;
    whole = size() <= MOST_BYTES;
    if (whole) {
      fill(0, (int) size());
      stream.close();
    }
  }

  /** Gives its memory back where it was read forwards so far; it may be asked for more. */
  void leave() throws IOException {
    if (!whole) {
      stream.close();
      closeBlock();
      // What is not compressed is read on from any place.
      first = stream.isCompressed() ? Long.MAX_VALUE : end;
    }
  }

  private void fill(long from, int bytes) throws IOException {
    int wanted = (int) Math.max(bytes, Math.min(windowBytes, size() - from));
    if (from > end) {
      stream.skip(from - end);
      end = from;
      first = from;
    }
    int there = (int) (end - from);
    do {
      // How much a compressed buffer holds is known when it has been read.
      int room =
          stream.isCompressed()
              ? (int) Math.min(wanted, Math.max(windowBytes, 2L * there))
              : wanted;
      makeRoom(room, (int) (from - first), there);
      first = from;
      window.clear().position(there).limit(room);
      stream.read(window);
      there = room;
      end = from + there;
    } while (there < wanted);
  }

  /** Makes the window large enough; it begins with what there is in it from a place on. */
  private void makeRoom(int room, int from, int there) {
    ByteBuffer before = window;
    PageMemory.Block old = null;
    if (window == null || window.capacity() < room) {
      old = block;
      block = memory.allocate(room);
      window = block.bytes();
    }
    if (there > 0) {
      window.clear().put(before.slice(from, there));
    }
    if (old != null) {
      old.close();
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
    closeBlock();
  }

  private void closeBlock() {
    if (block != null) {
      block.close();
      block = null;
      window = null;
    }
  }
}
