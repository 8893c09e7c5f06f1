package dev.sigmax.parquet.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;

/**
 * The compressed pages of a row group that is being filled. Pages of all columns share blocks of
 * memory, which are used again for the next row group: so a page is written once between its
 * compression and the file.
 */
public final class RowGroup {
  /**
   * A page that waits for its row group's end: a part of a block. A dictionary has no statistics.
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Page(
      byte[] block,
      int offset,
      int compressedLength,
      int uncompressedLength,
      Encoding encoding,
      int values,
      int rows,
      Statistics<?> statistics) {
    /** A buffer, since the checksum would copy an array. */
    public BytesInput bytes() {
      return BytesInput.from(ByteBuffer.wrap(block, offset, compressedLength).slice());
    }
  }

  private static final int BLOCK = 4 << 20;

  private final PageCompressor compressor;
  private final List<List<Page>> columns = new ArrayList<>();

  /** A column's dictionary, or null. */
  private final List<Page> dictionaries = new ArrayList<>();

  private final List<ChunkCodec> codecs = new ArrayList<>();
  private final List<byte[]> blocks = new ArrayList<>();
  private int block;
  private int used;
  private long bytes;

  /**
   * An empty row group.
   *
   * @param mayLeave for each column, whether its pages may stay as they are where compression
   *     hardly makes them smaller
   */
  public RowGroup(List<Boolean> mayLeave, PageCompressor compressor) {
    this.compressor = compressor;
    for (boolean each : mayLeave) {
      codecs.add(new ChunkCodec(compressor.codec(), each));
      columns.add(new ArrayList<>());
      dictionaries.add(null);
    }
  }

  /** How many bytes wait. */
  public long bytes() {
    return bytes;
  }

  /** Compresses a page and keeps it; {@code page} is the caller's again. */
  void add(
      int column,
      ByteBuffer page,
      Encoding encoding,
      int values,
      int rows,
      Statistics<?> statistics)
      throws IOException {
    columns.get(column).add(compressed(column, page, encoding, values, rows, statistics));
    // Bounds may be long, where pages are small.
    bytes += statistics.hasNonNullValue() ? 2L * statistics.getMaxBytes().length : 0;
  }

  /** Compresses a column's dictionary, PLAIN values, and keeps it. */
  void addDictionary(int column, ByteBuffer entries, int count) throws IOException {
    dictionaries.set(column, compressed(column, entries, Encoding.PLAIN, count, 0, null));
  }

  private Page compressed(
      int column,
      ByteBuffer page,
      Encoding encoding,
      int values,
      int rows,
      Statistics<?> statistics)
      throws IOException {
    int uncompressedLength = page.remaining();
    byte[] into = roomFor(compressor.most(uncompressedLength));
    int compressedLength = compress(codecs.get(column), page, into);
    Page compressed =
        new Page(
            into, used, compressedLength, uncompressedLength, encoding, values, rows, statistics);
    used += compressedLength;
    bytes += compressedLength;
    return compressed;
  }

  private int compress(ChunkCodec codec, ByteBuffer page, byte[] into) throws IOException {
    int length = page.remaining();
    if (!codec.left()) {
      int compressedLength = compressor.compress(page, into, used);
      codec.note(length, compressedLength);
      if (!codec.left()) {
        return compressedLength;
      }
    }
    page.duplicate().get(into, used, length);
    return length;
  }

  private byte[] roomFor(int length) {
    if (blocks.isEmpty()) {
      blocks.add(new byte[Math.max(BLOCK, length)]);
    }
    while (blocks.get(block).length - used < length) {
      block++;
      used = 0;
      if (block == blocks.size()) {
        blocks.add(new byte[Math.max(BLOCK, length)]);
      }
    }
    return blocks.get(block);
  }

  /** Writes all pages, a column after the other, and forgets them. */
  public void writeTo(ParquetFileWriter file, List<ColumnDescriptor> descriptors, long rows)
      throws IOException {
    file.startBlock(rows);
    for (int i = 0; i < columns.size(); i++) {
      List<Page> pages = columns.get(i);
      long values = pages.stream().mapToLong(Page::values).sum();
      file.startColumn(descriptors.get(i), values, codecs.get(i).end());
      Page dictionary = dictionaries.set(i, null);
      if (dictionary != null) {
        file.writeDictionaryPage(
            new DictionaryPage(
                dictionary.bytes(),
                dictionary.uncompressedLength(),
                dictionary.values(),
                dictionary.encoding()));
      }
      for (Page page : pages) {
        file.writeDataPage(
            page.values(),
            page.uncompressedLength(),
            page.bytes(),
            page.statistics(),
            page.rows(),
            Encoding.RLE,
            Encoding.RLE,
            page.encoding());
      }
      file.endColumn();
      pages.clear();
    }
    file.endBlock();
    // One that was made for a very large page would stay for good.
    blocks.removeIf(large -> large.length > BLOCK);
    block = 0;
    used = 0;
    bytes = 0;
  }
}
