package dev.sigmax.parquet.footer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A footer that was read and parsed once, for all that is asked of it: as the file says it, and as
 * parquet-java gives it, which leaves some of that out.
 *
 * @param told as it stands in the file
 * @param metadata as parquet-java gives it, with all row groups
 */
record ParsedFooter(FileMetaData told, ParquetMetadata metadata) {
  private static final String MAGIC = "PAR1";

  /** The footer's length and the magic at the end of a file. */
  private static final int END_BYTES = 8;

  /** Most footers are in what is read at first. */
  private static final int FIRST_READ = 1 << 14;

  /**
   * The footer of a file; empty where it is encrypted or not to be parsed, which parquet-java's own
   * reader of whole files explains.
   *
   * @throws IOException if the file cannot be read
   */
  static Optional<ParsedFooter> read(InputFile file, ParquetReadOptions options)
      throws IOException {
    return told(file).flatMap(told -> of(told, options));
  }

  /** What a footer says; empty where all of it is encrypted, or it is not to be parsed. */
  static Optional<FileMetaData> told(InputFile file) throws IOException {
    Optional<ByteArrayInputStream> bytes;
    try (SeekableInputStream in = file.newStream()) {
      bytes = footerBytes(in, file.getLength());
    }
    try {
      return bytes.isEmpty() ? Optional.empty() : Optional.of(Util.readFileMetaData(bytes.get()));
    } catch (IOException | RuntimeException unparsed) {
      return Optional.empty();
    }
  }

  /** What a footer says, as parquet-java gives it; empty where columns are encrypted. */
  static Optional<ParsedFooter> of(FileMetaData told, ParquetReadOptions options) {
    if (told.isSetEncryption_algorithm()) {
      return Optional.empty();
    }
    try {
      ParquetMetadata metadata = new ParquetMetadataConverter(options).fromParquetMetadata(told);
      long rows = 0;
      for (BlockMetaData rowGroup : metadata.getBlocks()) {
        rowGroup.setRowIndexOffset(rows);
        rows += rowGroup.getRowCount();
      }
      return metadata.getBlocks().size() == told.getRow_groupsSize()
          ? Optional.of(new ParsedFooter(told, metadata))
          : Optional.empty();
    } catch (IOException | RuntimeException unparsed) {
      return Optional.empty();
    }
  }

  private static Optional<ByteArrayInputStream> footerBytes(SeekableInputStream in, long length)
      throws IOException {
    if (length < MAGIC.length() + END_BYTES) {
      return Optional.empty();
    }
    byte[] end = last(in, length, FIRST_READ);
    String magic =
        new String(end, end.length - MAGIC.length(), MAGIC.length(), StandardCharsets.ISO_8859_1);
    int footer =
        ByteBuffer.wrap(end, end.length - END_BYTES, Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt();
    if (!magic.equals(MAGIC) || footer <= 0 || footer > length - END_BYTES - MAGIC.length()) {
      return Optional.empty();
    }
    if (footer > end.length - END_BYTES) {
      end = last(in, length, footer + END_BYTES);
    }
    return Optional.of(new ByteArrayInputStream(end, end.length - END_BYTES - footer, footer));
  }

  private static byte[] last(SeekableInputStream in, long length, int count) throws IOException {
    byte[] bytes = new byte[(int) Math.min(length, count)];
    in.seek(length - bytes.length);
    in.readFully(bytes);
    return bytes;
  }

  /**
   * The middle of a row group, by which it belongs to a part of its file: where its first column
   * begins, and half of its compressed bytes, as parquet-java has it.
   */
  static long middleOf(RowGroup rowGroup) {
    return startOf(rowGroup) + bytesOf(rowGroup) / 2;
  }

  static long startOf(RowGroup rowGroup) {
    ColumnMetaData first = rowGroup.getColumns().get(0).getMeta_data();
    return first.isSetDictionary_page_offset()
        ? Math.min(first.getDictionary_page_offset(), first.getData_page_offset())
        : first.getData_page_offset();
  }

  static long bytesOf(RowGroup rowGroup) {
    return rowGroup.isSetTotal_compressed_size()
        ? rowGroup.getTotal_compressed_size()
        : rowGroup.getColumns().stream()
            .mapToLong(chunk -> chunk.getMeta_data().getTotal_compressed_size())
            .sum();
  }
}
