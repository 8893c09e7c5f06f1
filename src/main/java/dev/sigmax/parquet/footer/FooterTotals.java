package dev.sigmax.parquet.footer;

import dev.sigmax.error.Counted;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;

/**
 * What a footer says of its file and its row groups as wholes. parquet-java reads that and forgets
 * it; a footer that lacks row groups, or whose row groups no task would read, shows by it alone.
 */
final class FooterTotals {
  private FooterTotals() {}

  /**
   * Makes sure that the footer agrees with its row groups.
   *
   * @param rows of all row groups
   * @param fileBytes the file's length
   * @throws IllegalArgumentException if it does not
   */
  static void requireRight(FileMetaData told, long rows, long fileBytes) {
    if (told.getNum_rows() != rows) {
      throw new IllegalArgumentException(
          "its footer tells of "
              + Counted.of(told.getNum_rows(), "row")
              + ", and its row groups of "
              + rows);
    }
    List<SchemaElement> leaves =
        told.getSchema().stream().filter(SchemaElement::isSetType).toList();
    for (RowGroup rowGroup : told.getRow_groups()) {
      requireReachable(rowGroup, fileBytes);
      requireTypes(rowGroup, leaves);
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
    if (!rowGroup.isSetTotal_compressed_size() || !rowGroup.getColumns().get(0).isSetMeta_data()) {
      return;
    }
    long bytes = ParsedFooter.bytesOf(rowGroup);
    long from = ParsedFooter.startOf(rowGroup);
    if (bytes < 0 || ParsedFooter.middleOf(rowGroup) >= fileBytes) {
      throw new IllegalArgumentException(
          "a row group should take "
              + bytes
              + " bytes from "
              + from
              + " on, in a file of "
              + fileBytes);
    }
  }
}
