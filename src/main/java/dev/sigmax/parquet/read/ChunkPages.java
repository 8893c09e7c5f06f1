package dev.sigmax.parquet.read;

import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.parquet.bytes.PageMemory;
import dev.sigmax.parquet.codec.PageCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * The pages of one column, chunk by chunk: read into one buffer, checked against their CRC-32, and
 * decompressed into another. Both are used again for every page. Not thread-safe.
 */
final class ChunkPages implements AutoCloseable {
  private static final int SMALLEST_HEADER = 1 << 10;

  /** Statistics make a header long; no writer puts more than a value or two into them. */
  private static final int LARGEST_HEADER = 1 << 28;

  /** Above it a page's size is not taken from its header alone: a lie would cost the memory. */
  private static final int LARGEST_UNASKED = 1 << 26;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** What a chunk does with a page of its dictionary. */
  interface DictionarySink {
    /** Takes a dictionary's values, PLAIN, which hold until it returns. */
    void accept(ByteBuffer values, int count);
  }

  private final FileBytes file;
  private final boolean checked;
  private final DictionarySink dictionaries;
  private final boolean repeated;
  private final boolean optional;
  private final PageBuffer window;
  private final PageBuffer page;
  private final CRC32 crc = new CRC32();

  private PageCodec codec;
  private boolean compressed;
  private ByteBuffer read = NOTHING;
  private long readFrom;

  /**
   * Whether the last page was worth a request of its own: those after it are mostly like it. Of the
   * first one that is assumed where a request more costs little.
   */
  private boolean large;

  private long next;
  private long end;
  private long valuesLeft;
  private long uncompressedSize;

  /**
   * The pages of a column in a file.
   *
   * @param checked whether pages are held against their checksums, where they have any
   */
  ChunkPages(
      FileBytes file,
      ColumnDescriptor column,
      PageMemory memory,
      boolean checked,
      DictionarySink dictionaries) {
    this.file = file;
    this.checked = checked;
    this.dictionaries = dictionaries;
    this.repeated = column.getMaxRepetitionLevel() > 0;
    this.optional = column.getMaxDefinitionLevel() > 0;
    this.large = file.alone() < file.piece();
    this.window = new PageBuffer(memory);
    this.page = new PageBuffer(memory);
  }

  /** Begins with a chunk. */
  void start(ColumnChunkMetaData chunk, PageCodec itsCodec) {
    codec = itsCodec;
    compressed = chunk.getCodec() != CompressionCodecName.UNCOMPRESSED;
    next = chunk.getStartingPos();
    end = next + chunk.getTotalSize();
    if (next < 0 || end < next) {
      throw new ParquetDecodingException(
          "a column chunk of " + chunk.getTotalSize() + " bytes at " + next);
    }
    readFrom = next;
    read = NOTHING;
    valuesLeft = chunk.getValueCount();
    uncompressedSize = chunk.getTotalUncompressedSize();
  }

  /** The next data page; empty at the end of the chunk. */
  Optional<DataPage> next() throws IOException {
    while (next < end) {
      PageHeader header = header();
      ByteBuffer bytes = payload(header);
      switch (header.getType()) {
        case DATA_PAGE -> {
          return Optional.of(first(header, bytes));
        }
        case DATA_PAGE_V2 -> {
          return Optional.of(second(header, bytes));
        }
        case DICTIONARY_PAGE -> dictionary(header, bytes);
        default -> {
          // Index pages hold no values.
        }
      }
    }
    if (valuesLeft != 0) {
      throw new ParquetDecodingException("a column chunk ends " + valuesLeft + " values early");
    }
    return Optional.empty();
  }

  private PageHeader header() throws IOException {
    int size = SMALLEST_HEADER;
    while (true) {
      int available = (int) Math.min(size, end - next);
      ByteBuffer bytes = bytes(available);
      try {
        PageHeader header = Util.readPageHeader(new ByteBufferStream(bytes));
        next += available - bytes.remaining();
        return header;
      } catch (IOException cut) {
        if (available == end - next || size >= LARGEST_HEADER) {
          throw new ParquetDecodingException("a page header makes no sense: " + cut.getMessage());
        }
        size *= 4;
      }
    }
  }

  private ByteBuffer payload(PageHeader header) throws IOException {
    int size = header.getCompressed_page_size();
    if (size < 0 || size > end - next || header.getUncompressed_page_size() < 0) {
      throw new ParquetDecodingException(
          "a page of "
              + size
              + " bytes, "
              + header.getUncompressed_page_size()
              + " uncompressed, where its chunk has "
              + (end - next)
              + " left");
    }
    large = size >= file.alone();
    ByteBuffer bytes = bytes(size);
    next += size;
    if (checked && header.isSetCrc()) {
      crc.reset();
      crc.update(bytes.duplicate());
      if ((int) crc.getValue() != header.getCrc()) {
        throw new ParquetDecodingException("the checksum of a page is wrong");
      }
    }
    return bytes;
  }

  /** The next bytes of the chunk, as they lie in the window. */
  private ByteBuffer bytes(int count) throws IOException {
    if (next < readFrom || next + count > readFrom + read.limit()) {
      // A large page comes with the header behind it, and no byte of another page.
      long wanted = large ? (long) count + SMALLEST_HEADER : Math.max(count, file.piece());
      long left = end - next;
      int size = (int) (left <= file.alone() ? left : Math.min(wanted, left));
      read = window.first(size);
      readFrom = next;
      file.read(next, read);
      read.flip();
    }
    return slice(read, (int) (next - readFrom), count);
  }

  private static ByteBuffer slice(ByteBuffer bytes, int at, int count) {
    return bytes.slice(at, count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer decompressed(ByteBuffer bytes, int size) {
    boolean impossible = size > codec.mostExpansion() * bytes.remaining() + SMALLEST_HEADER;
    if (size < 0 || impossible || (size > LARGEST_UNASKED && size > uncompressedSize)) {
      throw new ParquetDecodingException("a page of " + size + " bytes takes " + bytes.remaining());
    }
    if (!compressed) {
      if (size != bytes.remaining()) {
        throw new ParquetDecodingException(
            "a page of " + size + " bytes takes " + bytes.remaining());
      }
      return bytes;
    }
    ByteBuffer into = page.first(size);
    if (size > 0) {
      try {
        codec.decompress(bytes, into);
      } catch (IOException e) {
        // No cause: who looks for one would take it for a failure of the file system.
        throw new ParquetDecodingException("a page cannot be decompressed: " + e.getMessage());
      }
    }
    return into.clear().limit(size);
  }

  private DataPage first(PageHeader header, ByteBuffer bytes) {
    DataPageHeader data = present(header.getData_page_header());
    ByteBuffer all = decompressed(bytes, header.getUncompressed_page_size());
    ByteBuffer repetition =
        repeated ? levels(all, data.getRepetition_level_encoding()) : slice(all, 0, 0);
    ByteBuffer definition =
        optional ? levels(all, data.getDefinition_level_encoding()) : slice(all, 0, 0);
    return new DataPage(
        count(data.getNum_values()),
        repetition,
        definition,
        data.getEncoding(),
        slice(all, all.position(), all.remaining()));
  }

  private static ByteBuffer levels(ByteBuffer page, Encoding encoding) {
    if (encoding != Encoding.RLE) {
      throw new UnsupportedOperationException("levels in " + encoding);
    }
    int length = page.remaining() < Integer.BYTES ? -1 : page.getInt();
    if (length < 0 || length > page.remaining()) {
      throw new ParquetDecodingException(
          "levels of " + length + " bytes in a page of " + page.limit());
    }
    ByteBuffer levels = slice(page, page.position(), length);
    page.position(page.position() + length);
    return levels;
  }

  private DataPage second(PageHeader header, ByteBuffer bytes) {
    DataPageHeaderV2 data = present(header.getData_page_header_v2());
    int repetition = data.getRepetition_levels_byte_length();
    int definition = data.getDefinition_levels_byte_length();
    long levels = (long) repetition + definition;
    if (repetition < 0 || definition < 0 || levels > bytes.remaining()) {
      throw new ParquetDecodingException(
          "levels of " + levels + " bytes in a page of " + bytes.remaining());
    }
    ByteBuffer values = slice(bytes, (int) levels, bytes.remaining() - (int) levels);
    if (!data.isSetIs_compressed() || data.isIs_compressed()) {
      values = decompressed(values, header.getUncompressed_page_size() - (int) levels);
    }
    return new DataPage(
        count(data.getNum_values()),
        slice(bytes, 0, repetition),
        slice(bytes, repetition, definition),
        data.getEncoding(),
        values);
  }

  private static <T> T present(T detail) {
    if (detail == null) {
      throw new ParquetDecodingException("a page header does not say what its type needs");
    }
    return detail;
  }

  private int count(int values) {
    if (values < 0 || values > valuesLeft) {
      throw new ParquetDecodingException(
          "a page of " + values + " values, where its chunk has " + valuesLeft + " left");
    }
    valuesLeft -= values;
    return values;
  }

  private void dictionary(PageHeader header, ByteBuffer bytes) {
    DictionaryPageHeader dictionary = present(header.getDictionary_page_header());
    Encoding encoding = dictionary.getEncoding();
    if (encoding != Encoding.PLAIN && encoding != Encoding.PLAIN_DICTIONARY) {
      throw new UnsupportedOperationException("a dictionary in " + encoding);
    }
    if (dictionary.getNum_values() < 0) {
      throw new ParquetDecodingException(
          "a dictionary of " + dictionary.getNum_values() + " values");
    }
    dictionaries.accept(
        decompressed(bytes, header.getUncompressed_page_size()), dictionary.getNum_values());
  }

  @Override
  public void close() {
    window.close();
    page.close();
  }
}
