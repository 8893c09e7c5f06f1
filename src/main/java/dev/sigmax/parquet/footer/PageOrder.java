package dev.sigmax.parquet.footer;

import java.io.IOException;
import java.util.Set;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Looks for what Spark's vectorized reader takes for something else (SPARK-60490): in a column
 * chunk, a page of dictionary indexes behind a page of values. Where both come into one batch it
 * looks the earlier values up in the dictionary too. Writers that begin with a dictionary and give
 * it up, as most do, have the pages the other way round, which it reads rightly.
 */
final class PageOrder {
  private static final Set<String> DICTIONARY = Set.of("PLAIN_DICTIONARY", "RLE_DICTIONARY");

  private PageOrder() {}

  /**
   * Whether a chunk has a dictionary page behind one of values. Reads page headers only where the
   * footer does not rule it out; a chunk whose headers cannot be read counts as one.
   */
  static boolean dictionaryAfterValues(HadoopInputFile file, ColumnChunkMetaData chunk) {
    if (!mayMix(chunk)) {
      return false;
    }
    long start = chunk.getStartingPos();
    try (PageHeaders pages = new PageHeaders(file, start, start + chunk.getTotalSize())) {
      return dictionaryAfterValues(pages);
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }

  private static boolean mayMix(ColumnChunkMetaData chunk) {
    EncodingStats pages = chunk.getEncodingStats();
    return pages != null
        ? pages.hasDictionaryEncodedPages() && pages.hasNonDictionaryEncodedPages()
        : chunk.getEncodings().stream().map(Encoding::name).anyMatch(DICTIONARY::contains);
  }

  private static boolean dictionaryAfterValues(PageHeaders pages) throws IOException {
    boolean values = false;
    while (pages.hasNext()) {
      String encoding = encoding(pages.next());
      boolean dictionary = encoding != null && DICTIONARY.contains(encoding);
      if (dictionary && values) {
        return true;
      }
      values |= encoding != null && !dictionary;
    }
    return false;
  }

  /** The encoding of a data page's values; null for every other page. */
  private static String encoding(PageHeader header) {
    if (header.isSetData_page_header()) {
      return header.getData_page_header().getEncoding().name();
    }
    return header.isSetData_page_header_v2()
        ? header.getData_page_header_v2().getEncoding().name()
        : null;
  }
}
