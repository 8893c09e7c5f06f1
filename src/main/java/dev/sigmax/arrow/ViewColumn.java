package dev.sigmax.arrow;

import dev.sigmax.parquet.vector.BytesVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataType;

/**
 * A column of texts or bytes as views. A view is a length and either the value, if it is short, or
 * how the value begins, and in which buffer and where it lies. Values may lie in any order and over
 * each other; what several views point to is copied once for all of them.
 */
final class ViewColumn extends ArrowColumn {
  private static final int BYTES = 16;
  private static final int MOST_INLINE = 12;
  private static final int VALUE = Integer.BYTES;
  private static final int BUFFER = VALUE + Integer.BYTES;
  private static final int OFFSET = BUFFER + Integer.BYTES;

  private final BytesVector vector;
  private final BodyBuffer views;
  private final ViewedBuffers viewed;
  private int[] pointers = new int[0];

  ViewColumn(DataType type, BodyBuffer validity, BodyBuffer views, ViewedBuffers viewed) {
    this(new BytesVector(type, 0), validity, views, viewed);
  }

  private ViewColumn(
      BytesVector vector, BodyBuffer validity, BodyBuffer views, ViewedBuffers viewed) {
    super(vector, validity);
    this.vector = vector;
    this.views = views;
    this.viewed = viewed;
  }

  @Override
  long bytes() {
    return views.size() + viewed.bytes();
  }

  @Override
  long heldBytes() {
    return viewed.bytes();
  }

  @Override
  void startValues(BatchCursor at) throws IOException {
    at.start(views);
    views.requireRoomFor(length(), (long) BYTES * Byte.SIZE);
    viewed.start(at);
  }

  @Override
  void readValues(long from, int count, int at) throws IOException {
    ByteBuffer read = views.view(from * BYTES, (long) count * BYTES);
    reserve(at, count);
    pointers = pointers.length < count ? new int[count] : pointers;
    int inline = 0;
    int pointing = 0;
    for (int i = 0; i < count; i++) {
      if (!vector.isNullAt(at + i)) {
        int length = read.getInt(i * BYTES);
        boolean points = length > MOST_INLINE;
        if (length < 0 || (points && read.getInt(i * BYTES + OFFSET) < 0)) {
          throw new DamagedFile(
              "a view of " + length + " bytes at " + read.getInt(i * BYTES + OFFSET));
        }
        if (points) {
          pointers[pointing++] = i;
        } else {
          inline++;
        }
      }
    }
    if (inline > 0) {
      takeInline(read, count, at);
    }
    copyViewed(read, sorted(read, pointing), pointing, at);
  }

  /** The views are copied as they are, with the values in them: one copy instead of thousands. */
  private void takeInline(ByteBuffer read, int count, int at) {
    int start = vector.add(read);
    for (int i = 0; i < count; i++) {
      int length = read.getInt(i * BYTES);
      if (length <= MOST_INLINE && !vector.isNullAt(at + i)) {
        vector.place(at + i, start + i * BYTES + VALUE, length);
      }
    }
  }

  /** The views that point somewhere, by where they point to; as writers make them they are that. */
  private int[] sorted(ByteBuffer read, int count) {
    for (int i = 1; i < count; i++) {
      if (place(read, pointers[i]) < place(read, pointers[i - 1])) {
        return IntStream.of(Arrays.copyOf(pointers, count))
            .boxed()
            .sorted(Comparator.comparingLong(view -> place(read, view)))
            .mapToInt(Integer::intValue)
            .toArray();
      }
    }
    return pointers;
  }

  /** Buffer and offset as one number, in their order. */
  private static long place(ByteBuffer read, int view) {
    return (long) read.getInt(view * BYTES + BUFFER) << Integer.SIZE
        | Integer.toUnsignedLong(read.getInt(view * BYTES + OFFSET));
  }

  /** Copies in one piece what lies together. */
  private void copyViewed(ByteBuffer read, int[] order, int count, int at) throws IOException {
    int next = 0;
    while (next < count) {
      int first = next;
      int buffer = read.getInt(order[first] * BYTES + BUFFER);
      int begin = read.getInt(order[first] * BYTES + OFFSET);
      long end = begin;
      while (next < count
          && read.getInt(order[next] * BYTES + BUFFER) == buffer
          && read.getInt(order[next] * BYTES + OFFSET) <= end) {
        int view = order[next++];
        int from = read.getInt(view * BYTES + OFFSET);
        viewed.requireThere(buffer, from, read.getInt(view * BYTES));
        end = Math.max(end, (long) from + read.getInt(view * BYTES));
      }
      ByteBuffer piece = viewed.view(buffer, begin, end);
      int start = vector.add(piece);
      for (int i = first; i < next; i++) {
        int inPiece = read.getInt(order[i] * BYTES + OFFSET) - begin;
        if (piece.getInt(inPiece) != read.getInt(order[i] * BYTES + VALUE)) {
          throw new DamagedFile("a view that does not begin as the value that it points to");
        }
        vector.place(at + order[i], start + inPiece, read.getInt(order[i] * BYTES));
      }
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    views.close();
    viewed.close();
  }
}
