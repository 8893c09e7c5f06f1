package dev.sigmax.parquet.write;

import java.nio.ByteBuffer;
import org.apache.parquet.column.ColumnDescriptor;

/** Pages of numbers of one width: their bytes, and a range that a subclass keeps. */
abstract class FixedWidthColumnWriter extends ColumnWriter {
  /** The values of the page, PLAIN. */
  final PageBytes bytes;

  /** Pages with room for levels of so many bytes. */
  FixedWidthColumnWriter(ColumnDescriptor column, ChunkDictionary dictionary, int levelBytes) {
    super(column, dictionary);
    this.bytes = new PageBytes(levelBytes);
  }

  @Override
  public final long bytes() {
    return bytes.size();
  }

  @Override
  final ByteBuffer page(byte[] encodedLevels) {
    return bytes.page(encodedLevels);
  }

  @Override
  final void clear() {
    bytes.clear();
    clearRange();
  }

  /** Forgets the range of the page. */
  abstract void clearRange();
}
