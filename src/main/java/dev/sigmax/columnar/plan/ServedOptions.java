package dev.sigmax.columnar.plan;

import dev.sigmax.parquet.write.WriteLimits;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetOutputFormat;

/**
 * Which options of parquet-java's writer the columnar one serves. An option that nobody thought of
 * is not served: it would be dropped in silence.
 */
final class ServedOptions {
  private static final String PREFIX = "parquet.";
  private static final String CRYPTO = "parquet.crypto.factory.class";

  /** Taken as parquet-java takes them, whatever they say. */
  private static final Set<String> TAKEN =
      Set.of(
          ParquetOutputFormat.BLOCK_SIZE,
          WriteLimits.ROW_GROUP_ROWS_SETTING,
          ParquetOutputFormat.PAGE_SIZE,
          ParquetOutputFormat.PAGE_ROW_COUNT_LIMIT,
          ParquetOutputFormat.PAGE_WRITE_CHECKSUM_ENABLED,
          ParquetOutputFormat.DICTIONARY_PAGE_SIZE,
          ParquetOutputFormat.ENABLE_DICTIONARY,
          ParquetOutputFormat.COMPRESSION,
          ParquetOutputFormat.MAX_PADDING_BYTES,
          ParquetOutputFormat.COLUMN_INDEX_TRUNCATE_LENGTH,
          ParquetOutputFormat.STATISTICS_TRUNCATE_LENGTH);

  /** Taken where they say this, which is also what they say where they are not set. */
  private static final Map<String, Set<String>> TAKEN_AS =
      Map.of(
          ParquetOutputFormat.WRITER_VERSION, Set.of("parquet_1_0", "v1"),
          ParquetOutputFormat.BLOOM_FILTER_ENABLED, Set.of("false"),
          ParquetOutputFormat.STATISTICS_ENABLED, Set.of("true"),
          ParquetOutputFormat.SIZE_STATISTICS_ENABLED, Set.of("false"),
          ParquetOutputFormat.VALIDATION, Set.of("false"));

  /**
   * Without a bearing on what is in the file: when to look whether a page is full, how writers
   * share the heap (the columnar one takes less of it), what a bloom filter would be like, and what
   * Spark sets or its committer does on both paths.
   */
  private static final Set<String> WITHOUT_BEARING =
      Set.of(
          ParquetOutputFormat.MIN_ROW_COUNT_FOR_PAGE_SIZE_CHECK,
          ParquetOutputFormat.MAX_ROW_COUNT_FOR_PAGE_SIZE_CHECK,
          ParquetOutputFormat.PAGE_VALUE_COUNT_THRESHOLD,
          ParquetOutputFormat.ESTIMATE_PAGE_SIZE_CHECK,
          ParquetOutputFormat.MEMORY_POOL_RATIO,
          ParquetOutputFormat.MIN_MEMORY_ALLOCATION,
          ParquetOutputFormat.BLOOM_FILTER_FPP,
          ParquetOutputFormat.BLOOM_FILTER_MAX_BYTES,
          ParquetOutputFormat.BLOOM_FILTER_CANDIDATES_NUMBER,
          ParquetOutputFormat.ADAPTIVE_BLOOM_FILTER_ENABLED,
          ParquetOutputFormat.JOB_SUMMARY_LEVEL,
          "parquet.enable.summary-metadata",
          ParquetOutputFormat.WRITE_SUPPORT_CLASS,
          "parquet.field.id",
          "parquet.metadata.read.parallelism",
          "parquet.page.verify-checksum.enabled",
          "parquet.strict.typing",
          "parquet.strings.signed-min-max.enabled",
          "parquet.task.side.metadata");

  /** Of readers, of other frameworks, or taken by the codecs; keys of encryption need a factory. */
  private static final List<String> WITHOUT_BEARING_BELOW =
      List.of(
          "parquet.avro.",
          "parquet.benchmark.",
          "parquet.compression.codec.",
          "parquet.decrypt.",
          "parquet.encryption.",
          "parquet.example.",
          "parquet.filter.",
          "parquet.hadoop.vectored.io.",
          "parquet.hive.",
          "parquet.private.",
          "parquet.proto.",
          "parquet.read.",
          "parquet.split.",
          "parquet.thrift.");

  private ServedOptions() {}

  /**
   * Declines, by name, the first option of a write that is not served.
   *
   * @param configuration with everything that the write would be told
   */
  static void require(Configuration configuration) throws UnsupportedPlan {
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, String> option : configuration) {
      if (option.getKey().startsWith(PREFIX)) {
        names.add(option.getKey());
      }
    }
    for (String name : names) {
      // What follows is the path of a column.
      int column = name.indexOf('#');
      require(name, column < 0 ? name : name.substring(0, column), configuration.get(name, ""));
    }
  }

  private static void require(String name, String option, String value) throws UnsupportedPlan {
    if (option.equals(CRYPTO)) {
      throw new UnsupportedPlan("the output is encrypted: " + name + " is " + value);
    }
    Set<String> served = TAKEN_AS.get(option);
    if (served != null) {
      if (!served.contains(value.strip().toLowerCase(Locale.ROOT))) {
        throw new UnsupportedPlan(name + " is " + value);
      }
      return;
    }
    if (!TAKEN.contains(option)
        && !WITHOUT_BEARING.contains(option)
        && WITHOUT_BEARING_BELOW.stream().noneMatch(option::startsWith)) {
      // Not its value, which may be a secret.
      throw new UnsupportedPlan(name + " is set, which the columnar writer does not know");
    }
  }
}
