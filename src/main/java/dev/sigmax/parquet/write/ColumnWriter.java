package dev.sigmax.parquet.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.spark.sql.vectorized.ColumnVector;

/**
 * The page of one column that is being filled: values in PLAIN encoding, levels, and the least and
 * greatest value. A page whose values repeat is handed over as indexes into a dictionary. One
 * owner; a page is handed over whole and the buffers are used again.
 */
public abstract class ColumnWriter {
  private static final byte[] NO_LEVELS = {};

  private final ColumnDescriptor column;
  private final ChunkDictionary dictionary;
  private int rows;
  private int nulls;
  private byte[] levels = new byte[0];
  private boolean levelsKept;

  ColumnWriter(ColumnDescriptor column, ChunkDictionary dictionary) {
    this.column = column;
    this.dictionary = dictionary;
  }

  final ColumnDescriptor column() {
    return column;
  }

  /** How many rows the page has. */
  public int rows() {
    return rows;
  }

  /**
   * How many of the next {@code rows} rows take no more than about so many bytes; at least one. All
   * where a value is of a fixed width: a batch of them is small.
   */
  public int rowsWithin(ColumnVector vector, int from, int count, long mostBytes) {
    return count;
  }

  /**
   * Takes rows of a vector, {@code count} of them unless the page is full before; what it needs of
   * them is copied.
   *
   * @return how many it took, at least one
   */
  public int append(ColumnVector vector, int from, int count, int pageBytes) {
    if (vector instanceof RangedVector ranged && ranged.isAllNull()) {
      markNulls(count);
      return count;
    }
    return appendRows(vector, from, count, pageBytes);
  }

  /** As {@link #append}, of a vector that may have values. */
  int appendRows(ColumnVector vector, int from, int count, int pageBytes) {
    if (!vector.hasNull()) {
      appendValues(vector, from, count);
      markDefined(count);
      return count;
    }
    // Runs of values between the nulls.
    int start = from;
    for (int i = from; i <= from + count; i++) {
      if (i == from + count || vector.isNullAt(i)) {
        if (i > start) {
          appendValues(vector, start, i - start);
          markDefined(i - start);
        }
        if (i < from + count) {
          markNulls(1);
        }
        start = i + 1;
      }
    }
    return count;
  }

  /** Counts rows that have a value. */
  final void markDefined(int count) {
    if (levelsKept) {
      reserveLevels(rows + count);
      Arrays.fill(levels, rows, rows + count, (byte) 1);
    }
    rows += count;
  }

  /** Counts rows that have none. */
  final void markNulls(int count) {
    reserveLevels(rows + count);
    if (!levelsKept) {
      Arrays.fill(levels, 0, rows, (byte) 1);
      levelsKept = true;
    }
    Arrays.fill(levels, rows, rows + count, (byte) 0);
    rows += count;
    nulls += count;
  }

  private void reserveLevels(int count) {
    if (levels.length < count) {
      levels = Arrays.copyOf(levels, Math.max(count, 2 * levels.length));
    }
  }

  /** Hands the page, if it has rows, to the row group, and begins the next. */
  public void flush(RowGroup rowGroup, int index) throws IOException {
    if (rows == 0) {
      return;
    }
    int highest = column.getMaxDefinitionLevel();
    byte[] defined = NO_LEVELS;
    if (highest > 0) {
      boolean same = nulls == 0 || nulls == rows;
      defined =
          same ? Levels.same(nulls == 0 ? highest : 0, rows) : Levels.of(levels, rows, highest);
    }
    Optional<ByteBuffer> indexes = dictionaryIndexes();
    if (indexes.isPresent()) {
      ByteBuffer page = ByteBuffer.allocate(defined.length + indexes.get().remaining());
      page.put(defined).put(indexes.get()).flip();
      rowGroup.add(index, page, Encoding.RLE_DICTIONARY, rows, rows, statistics());
    } else {
      rowGroup.add(index, page(defined), Encoding.PLAIN, rows, rows, statistics());
    }
    rows = 0;
    nulls = 0;
    levelsKept = false;
    clear();
  }

  /** The page's values as indexes into the dictionary; empty where they are written PLAIN. */
  final Optional<ByteBuffer> dictionaryIndexes() throws IOException {
    return dictionary.open() ? dictionary.indexesOf(values()) : Optional.empty();
  }

  private Statistics<?> statistics() {
    if (!bounded()) {
      // Empty: the chunk has none then, nor a column index.
      return Statistics.getBuilderForReading(column.getPrimitiveType()).build();
    }
    Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
    statistics.incrementNumNulls(nulls);
    if (rows > nulls) {
      describe(statistics);
    }
    return statistics;
  }

  /** Whether the page's least and greatest value are known. */
  boolean bounded() {
    return true;
  }

  /** Hands the last page to the row group and then, if pages refer to one, the dictionary. */
  public final void endChunk(RowGroup rowGroup, int index) throws IOException {
    flush(rowGroup, index);
    Optional<ChunkDictionary.Entries> entries = dictionary.end();
    if (entries.isPresent()) {
      rowGroup.addDictionary(index, entries.get().bytes(), entries.get().count());
    }
  }

  /** Takes {@code count} values, none of them null. */
  abstract void appendValues(ColumnVector vector, int from, int count);

  /** How many bytes the values take so far. */
  public abstract long bytes();

  /** The values, PLAIN; asked for only where there is a dictionary. They hold as a page does. */
  ByteBuffer values() {
    return page(NO_LEVELS);
  }

  /** Levels and values, PLAIN, in one piece; they hold until {@link #clear}. */
  abstract ByteBuffer page(byte[] encodedLevels);

  /** Adds the least and the greatest value; called only where there is a value. */
  abstract void describe(Statistics<?> statistics);

  /** Begins a new page. */
  abstract void clear();
}
