package dev.sigmax.parquet.footer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * What a footer says of its file and its row groups as wholes. parquet-java reads that and forgets
 * it; a footer that lacks row groups, or whose row groups no task would read, shows by it alone.
 */
final class FooterTotals {
  private static final int END_BYTES = 8;

  /** Most footers are in what is read at first. */
  private static final int FIRST_READ = 1 << 14;

  private FooterTotals() {}

  /**
   * Makes sure that the footer agrees with its row groups. An encrypted one is not looked at.
   *
   * @param rows of all row groups
   * @throws IllegalArgumentException if it does not
   */
  static void requireRight(InputFile file, long rows) throws IOException {
    try (SeekableInputStream in = file.newStream()) {
      byte[] end = last(in, file.getLength(), FIRST_READ);
      String magic = new String(end, end.length - 4, 4, StandardCharsets.US_ASCII);
      if (!magic.equals("PAR1")) {
        return;
      }
      int footer =
          ByteBuffer.wrap(end, end.length - END_BYTES, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (footer + END_BYTES > end.length) {
        end = last(in, file.getLength(), footer + END_BYTES);
      }
      FileMetaData told =
          Util.readFileMetaData(
              new ByteArrayInputStream(end, end.length - END_BYTES - footer, footer));
      if (told.getNum_rows() != rows) {
        throw new IllegalArgumentException(
            "its footer tells of " + told.getNum_rows() + " rows, and its row groups of " + rows);
      }
      List<SchemaElement> leaves =
          told.getSchema().stream().filter(SchemaElement::isSetType).toList();
      for (RowGroup rowGroup : told.getRow_groups()) {
        requireReachable(rowGroup, file.getLength());
        requireTypes(rowGroup, leaves);
      }
    }
  }

  /** parquet-java takes a chunk's type from the schema, and would read floats as whole numbers. */
  private static void requireTypes(RowGroup rowGroup, List<SchemaElement> leaves) {
    for (int i = 0; i < Math.min(leaves.size(), rowGroup.getColumnsSize()); i++) {
      ColumnMetaData chunk = rowGroup.getColumns().get(i).getMeta_data();
      if (chunk != null && chunk.getType() != leaves.get(i).getType()) {
        throw new IllegalArgumentException(
            "the column "
                + String.join(".", chunk.getPath_in_schema())
                + " is "
                + leaves.get(i).getType()
                + " in the schema, and "
                + chunk.getType()
                + " in a row group");
      }
    }
  }

  /** A row group belongs to the task that has its middle. */
  private static void requireReachable(RowGroup rowGroup, long fileBytes) {
    ColumnMetaData first = rowGroup.getColumns().get(0).getMeta_data();
    if (!rowGroup.isSetTotal_compressed_size() || first == null) {
      return;
    }
    long bytes = rowGroup.getTotal_compressed_size();
    long from =
        first.isSetDictionary_page_offset()
            ? Math.min(first.getDictionary_page_offset(), first.getData_page_offset())
            : first.getData_page_offset();
    if (bytes < 0 || from + bytes / 2 >= fileBytes) {
      throw new IllegalArgumentException(
          "a row group should take "
              + bytes
              + " bytes from "
              + from
              + " on, in a file of "
              + fileBytes);
    }
  }

  private static byte[] last(SeekableInputStream in, long length, int count) throws IOException {
    byte[] bytes = new byte[(int) Math.min(length, count)];
    in.seek(length - bytes.length);
    in.readFully(bytes);
    return bytes;
  }
}
