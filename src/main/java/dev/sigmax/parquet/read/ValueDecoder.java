package dev.sigmax.parquet.read;

import dev.sigmax.parquet.vector.BooleanVector;
import dev.sigmax.parquet.vector.PageVector;
import java.nio.ByteBuffer;
import org.apache.parquet.column.values.ValuesReader;

/**
 * Decodes the values of one column's pages into its vector. Each page says how it is encoded, and
 * is read so, whatever came before. Not thread-safe.
 */
final class ValueDecoder {
  private static final int INDEXES = 1 << 10;

  /** Decodes the next values of a page. */
  private interface Values {
    void read(int at, int count);
  }

  private final PageVector vector;
  private final HybridReader hybrid = new HybridReader();
  private int[] indexes = new int[0];
  private PageVector dictionary;
  private Values values;
  private int from;

  ValueDecoder(PageVector vector) {
    this.vector = vector;
  }

  PageVector vector() {
    return vector;
  }

  /** Begins with a chunk, which has no dictionary yet. */
  void startChunk() {
    dictionary = null;
  }

  /** Takes the chunk's dictionary. */
  void dictionary(ByteBuffer entries, int count) {
    // What a damaged count claims is not to be allocated: an entry takes a byte or more.
    if (count > entries.remaining()) {
      throw new IllegalArgumentException(
          "a dictionary of " + count + " values in " + entries.remaining() + " bytes");
    }
    dictionary = vector.dictionary(count);
    dictionary.plain(entries, 0, 0, count);
  }

  /** Begins with a page. */
  void start(DataPage page) {
    from = 0;
    ByteBuffer bytes = page.values();
    if (!bytes.hasRemaining()) {
      values =
          (at, count) -> {
            throw new IllegalArgumentException("a page without values");
          };
      return;
    }
    values =
        switch (page.encoding()) {
          case PLAIN -> (at, count) -> vector.plain(bytes, from, at, count);
          case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
            if (dictionary == null) {
              throw new IllegalArgumentException("a page refers to a dictionary that is not there");
            }
            hybrid.start(bytes, bytes.get());
            yield this::gather;
          }
          case RLE -> {
            if (!(vector instanceof BooleanVector)) {
              throw new UnsupportedOperationException("values in RLE");
            }
            bytes.position(Integer.BYTES);
            hybrid.start(bytes, 1);
            yield this::gather;
          }
          case BYTE_STREAM_SPLIT -> (at, count) -> vector.split(bytes, from, at, count);
          case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY -> {
            ValuesReader reader = DeltaPages.reader(page.encoding(), page.count(), bytes);
            yield (at, count) -> vector.decode(reader, at, count);
          }
          case BIT_PACKED ->
              throw new UnsupportedOperationException("values in " + page.encoding());
        };
  }

  private void gather(int at, int count) {
    if (indexes.length < INDEXES) {
      indexes = new int[INDEXES];
    }
    for (int done = 0; done < count; done += INDEXES) {
      int some = Math.min(INDEXES, count - done);
      hybrid.read(indexes, 0, some);
      vector.gather(dictionary, indexes, at + done, some);
    }
  }

  /**
   * Reads the next values of the page into the vector, {@code count} of them from {@code at} on.
   */
  void read(int at, int count) {
    if (count > 0) {
      values.read(at, count);
      from += count;
    }
  }
}
