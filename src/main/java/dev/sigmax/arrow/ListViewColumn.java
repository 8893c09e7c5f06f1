package dev.sigmax.arrow;

import dev.sigmax.parquet.vector.ListVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.spark.sql.types.DataType;

/**
 * A column of lists each of which says where it begins and how many elements it has, in any order.
 * In the vector they lie one behind the other; so lists that lie over each other could take any
 * memory, and are refused where they have more elements together than there are.
 */
final class ListViewColumn extends ArrowColumn {
  private final ListVector lists;
  private final ArrowColumn elements;
  private final BodyBuffer offsets;
  private final BodyBuffer sizes;
  private final int width;

  /** Lists whose offsets and sizes are of 32 bits, or of 64 where they are large. */
  ListViewColumn(
      DataType type,
      BodyBuffer validity,
      BodyBuffer offsets,
      BodyBuffer sizes,
      boolean large,
      ArrowColumn elements) {
    this(
        new ListVector(type, elements.vector()),
        validity,
        offsets,
        sizes,
        large ? Long.BYTES : Integer.BYTES,
        elements);
  }

  private ListViewColumn(
      ListVector lists,
      BodyBuffer validity,
      BodyBuffer offsets,
      BodyBuffer sizes,
      int width,
      ArrowColumn elements) {
    super(lists, validity);
    this.lists = lists;
    this.offsets = offsets;
    this.sizes = sizes;
    this.width = width;
    this.elements = elements;
  }

  @Override
  long bytes() {
    return elements.bytes();
  }

  @Override
  long heldBytes() {
    return elements.bytes();
  }

  @Override
  void startValues(BatchCursor at) throws IOException {
    at.start(offsets);
    offsets.requireRoomFor(length(), (long) width * Byte.SIZE);
    at.start(sizes);
    sizes.requireRoomFor(length(), (long) width * Byte.SIZE);
    elements.start(at);
  }

  @Override
  void readValues(long from, int count, int at) throws IOException {
    ByteBuffer begins = offsets.view(from * width, (long) count * width);
    ByteBuffer lengths = sizes.view(from * width, (long) count * width);
    reserve(at, count);
    elements.vector().clear();
    int[] starts = lists.starts();
    int total = 0;
    // One read for as many lists as lie one behind the other.
    long run = 0;
    int inRun = 0;
    for (int i = 0; i < count; i++) {
      long size = lists.isNullAt(at + i) ? 0 : value(lengths, i);
      starts[at + i] = total + inRun;
      if (size != 0) {
        long begin = value(begins, i);
        requireElements(begin, size, total + inRun);
        if (begin != run + inRun) {
          readElements(run, inRun, total);
          total += inRun;
          run = begin;
          inRun = 0;
        }
        inRun += (int) size;
      }
    }
    readElements(run, inRun, total);
    starts[at + count] = total + inRun;
  }

  private void readElements(long from, int count, int at) throws IOException {
    if (count > 0) {
      elements.read(from, count, at);
    }
  }

  private long value(ByteBuffer values, int at) {
    return width == Long.BYTES ? values.getLong(at * width) : values.getInt(at * width);
  }

  private void requireElements(long begin, long size, int before) {
    if (size < 0 || begin < 0 || begin > elements.length() - size) {
      throw new DamagedFile(
          "a list of " + size + " elements from " + begin + " on, of " + elements.length());
    }
    if (size > Math.min(elements.length(), Integer.MAX_VALUE) - before) {
      throw new DamagedFile(
          "lists that lie over each other: in some rows they have more than the "
              + elements.length()
              + " elements that there are");
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    offsets.close();
    sizes.close();
    elements.close();
  }
}
