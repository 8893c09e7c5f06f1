package dev.sigmax.arrow;

import dev.sigmax.parquet.vector.PageVector;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A column of indexes into a dictionary. */
final class DictionaryColumn extends ArrowColumn {
  private final ArrowDictionary dictionary;
  private final int width;
  private final boolean signed;
  private final BodyBuffer indexes;
  private int[] read = new int[0];

  DictionaryColumn(
      PageVector vector,
      ArrowDictionary dictionary,
      int width,
      boolean signed,
      BodyBuffer validity,
      BodyBuffer indexes) {
    super(vector, validity);
    this.dictionary = dictionary;
    this.width = width;
    this.signed = signed;
    this.indexes = indexes;
  }

  @Override
  long bytes() {
    return indexes.size() + length() * dictionary.bytesInValue();
  }

  @Override
  void startValues(BatchCursor at) throws IOException {
    at.start(indexes);
    indexes.requireRoomFor(length(), (long) width * Byte.SIZE);
  }

  @Override
  void readValues(long from, int count, int at) throws IOException {
    ByteBuffer bytes = indexes.view(from * width, (long) count * width);
    reserve(at, count);
    read = read.length < count ? new int[count] : read;
    PageVector entries = dictionary.entries();
    int defined = 0;
    for (int i = 0; i < count; i++) {
      if (vector().isNullAt(at + i)) {
        continue;
      }
      long index = index(bytes, i * width);
      if (index < 0 || index >= dictionary.size()) {
        throw new DamagedFile(
            "the index " + index + " into a dictionary of " + dictionary.size() + " values");
      }
      if (entries.isNullAt((int) index)) {
        vector().setNull(at + i);
      } else {
        read[defined++] = (int) index;
      }
    }
    vector().gather(entries, read, at, defined);
    if (defined < count) {
      vector().spread(at, count, defined);
    }
  }

  private long index(ByteBuffer bytes, int at) {
    return switch (width) {
      case Byte.BYTES -> signed ? bytes.get(at) : Byte.toUnsignedInt(bytes.get(at));
      case Short.BYTES -> signed ? bytes.getShort(at) : Short.toUnsignedInt(bytes.getShort(at));
      case Integer.BYTES -> signed ? bytes.getInt(at) : Integer.toUnsignedLong(bytes.getInt(at));
      default -> bytes.getLong(at);
    };
  }

  @Override
  public void close() throws IOException {
    super.close();
    indexes.close();
  }
}
