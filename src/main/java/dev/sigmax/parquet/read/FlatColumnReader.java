package dev.sigmax.parquet.read;

import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.parquet.bytes.PageMemory;
import dev.sigmax.parquet.codec.PageCodec;
import dev.sigmax.parquet.vector.PageVector;
import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Reads a column with a value, or null, for each row. */
final class FlatColumnReader implements ColumnReader {
  private final ChunkPages pages;
  private final ValueDecoder values;
  private final PageVector vector;
  private final boolean optional;
  private final HybridReader levels = new HybridReader();
  private final Bits defined = new Bits();
  private boolean allDefined;
  private int next;
  private int left;

  /** Reads into a vector, as {@link ChunkPages} does. */
  FlatColumnReader(
      FileBytes file,
      ColumnDescriptor column,
      PageVector vector,
      PageMemory memory,
      boolean checked) {
    this.vector = vector;
    this.values = new ValueDecoder(vector);
    this.pages = new ChunkPages(file, column, memory, checked, values::dictionary);
    this.optional = column.getMaxDefinitionLevel() > 0;
  }

  @Override
  public ColumnVector vector() {
    return vector;
  }

  @Override
  public void start(ColumnChunkMetaData chunk, PageCodec codec) {
    pages.start(chunk, codec);
    values.startChunk();
    left = 0;
  }

  @Override
  public void read(int rows) throws IOException {
    vector.clear();
    vector.reserve(rows);
    int at = 0;
    while (at < rows) {
      if (left == 0) {
        nextPage(rows - at);
        continue;
      }
      int count = Math.min(rows - at, left);
      int there = allDefined ? count : defined.count(next, count);
      values.read(at, there);
      if (there < count) {
        markNulls(at, count);
        vector.spread(at, count, there);
      }
      at += count;
      next += count;
      left -= count;
    }
  }

  /** Marks as null what is not defined, {@code count} values of the vector. */
  private void markNulls(int at, int count) {
    for (int i = 0; i < count; i += Long.SIZE) {
      long missing = ~defined.word(next + i) & (-1L >>> -Math.min(Long.SIZE, count - i));
      for (; missing != 0; missing &= missing - 1) {
        vector.setNull(at + i + Long.numberOfTrailingZeros(missing));
      }
    }
  }

  private void nextPage(int wanted) throws IOException {
    Optional<DataPage> page = pages.next();
    if (page.isEmpty()) {
      throw new ParquetDecodingException("a column chunk ends " + wanted + " or more rows early");
    }
    next = 0;
    left = page.get().count();
    allDefined = !optional || left == 0;
    if (!allDefined) {
      levels.start(page.get().definition(), 1);
      allDefined = levels.skipRun(1, left);
      defined.clear();
      if (!allDefined) {
        levels.read(defined, left);
      }
    }
    values.start(page.get());
  }

  @Override
  public void end() throws IOException {
    if (left > 0) {
      throw new ParquetDecodingException("a column chunk has " + left + " or more rows too many");
    }
    Optional<DataPage> more = pages.next();
    if (more.isPresent() && more.get().count() > 0) {
      throw new ParquetDecodingException(
          "a column chunk has " + more.get().count() + " or more rows too many");
    }
  }

  @Override
  public void close() {
    pages.close();
  }
}
