package dev.sigmax.parquet.footer;

import dev.sigmax.parquet.read.PackedLevels;
import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.spark.sql.types.Decimal;

/** What Spark's vectorized reader cannot read, or reads wrongly, and its row reader can. */
final class VectorizedReader {
  private static final String BYTE_STREAM_SPLIT = "BYTE_STREAM_SPLIT";

  private VectorizedReader() {}

  /**
   * What in a column chunk is not for it; null if nothing is. Reads page headers only where the
   * footer does not rule it out.
   *
   * @param createdBy the file's writer, as it names itself
   */
  static String cannotRead(
      HadoopInputFile file, ColumnChunkMetaData chunk, ColumnDescriptor column, String createdBy) {
    if (chunk.getEncodings().stream().anyMatch(e -> e.name().equals(BYTE_STREAM_SPLIT))) {
      return BYTE_STREAM_SPLIT + " pages";
    }
    if (isShortDecimalInBytes(column)) {
      return "decimals of at most " + Decimal.MAX_LONG_DIGITS() + " digits stored as BINARY";
    }
    if (PackedLevels.mayBeIn(chunk, column, createdBy) && hasPackedLevels(file, chunk, column)) {
      return "levels in " + PackedLevels.ENCODING;
    }
    return PageOrder.dictionaryAfterValues(file, chunk)
        ? "dictionary pages behind PLAIN ones (SPARK-60490)"
        : null;
  }

  /** It keeps such a decimal in a long, and asks its dictionary or its bytes in vain. */
  private static boolean isShortDecimalInBytes(ColumnDescriptor column) {
    return column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
        && column.getPrimitiveType().getLogicalTypeAnnotation()
            instanceof DecimalLogicalTypeAnnotation decimal
        && decimal.getPrecision() <= Decimal.MAX_LONG_DIGITS();
  }

  private static boolean hasPackedLevels(
      HadoopInputFile file, ColumnChunkMetaData chunk, ColumnDescriptor column) {
    long start = chunk.getStartingPos();
    try (PageHeaders pages = new PageHeaders(file, start, start + chunk.getTotalSize())) {
      while (pages.hasNext()) {
        PageHeader page = pages.next();
        if (page.isSetData_page_header()) {
          DataPageHeader data = page.getData_page_header();
          return isPacked(data.getDefinition_level_encoding())
              || (column.getMaxRepetitionLevel() > 0
                  && isPacked(data.getRepetition_level_encoding()));
        }
      }
      return false;
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }

  private static boolean isPacked(Encoding levels) {
    return levels.name().equals(PackedLevels.ENCODING);
  }
}
