package dev.sigmax.parquet.write;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetOutputFormat;

/**
 * Where pages, dictionaries and row groups of a file end.
 *
 * @param pageRows most rows of a page
 * @param pageBytes a page ends with the value that makes it this large
 * @param dictionaryBytes most bytes of one column's distinct values
 * @param rowGroupRows most rows of a row group
 * @param rowGroupBytes a row group ends where it is this large, or soon after
 */
public record WriteLimits(
    int pageRows, int pageBytes, int dictionaryBytes, long rowGroupRows, long rowGroupBytes) {
  /** Most rows of a row group. By its name: parquet-java has a constant for it from 1.16 on. */
  public static final String ROW_GROUP_ROWS_SETTING = "parquet.block.row.count.limit";

  private static final int MOST_PAGE_ROWS = 20_000;
  private static final int FEWEST_PAGE_ROWS = 64;
  private static final int SMALLEST_PAGE = 1 << 13;

  /** All unfinished pages together take about so much. */
  private static final int OPEN_PAGES_BYTES = 32 << 20;

  /**
   * All dictionaries together take about so much, and their hash tables two or three times more.
   */
  private static final int DICTIONARIES_BYTES = 8 << 20;

  /** A row group ends here at the latest: larger ones only cost memory and wait for it. */
  private static final long MOST_ROW_GROUP_BYTES = 32 << 20;

  private static final int SMALLEST_ROW_GROUP = 1 << 23;

  /** All row groups of a JVM that are being filled, one a task, may take this part of its heap. */
  private static final int HEAP_SHARE = 8;

  /** The limits of a file of so many columns, some with a dictionary, as it is asked for. */
  public static WriteLimits of(Configuration configuration, int columns, int dictionaries) {
    long heapShare =
        Runtime.getRuntime().maxMemory()
            / ((long) HEAP_SHARE * Runtime.getRuntime().availableProcessors());
    int pageRows =
        Math.min(
            configuration.getInt(
                ParquetOutputFormat.PAGE_ROW_COUNT_LIMIT,
                ParquetProperties.DEFAULT_PAGE_ROW_COUNT_LIMIT),
            Math.max(
                FEWEST_PAGE_ROWS,
                Math.min(MOST_PAGE_ROWS, OPEN_PAGES_BYTES / (Double.BYTES * columns))));
    return new WriteLimits(
        Math.max(1, pageRows),
        Math.min(
            ParquetOutputFormat.getPageSize(configuration),
            Math.max(SMALLEST_PAGE, OPEN_PAGES_BYTES / columns)),
        Math.min(
            ParquetOutputFormat.getDictionaryPageSize(configuration),
            DICTIONARIES_BYTES / Math.max(1, dictionaries)),
        Math.max(1, configuration.getInt(ROW_GROUP_ROWS_SETTING, Integer.MAX_VALUE)),
        Math.min(
            Math.min(ParquetOutputFormat.getLongBlockSize(configuration), MOST_ROW_GROUP_BYTES),
            Math.max(SMALLEST_ROW_GROUP, heapShare)));
  }
}
