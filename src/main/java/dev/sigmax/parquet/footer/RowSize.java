package dev.sigmax.parquet.footer;

import dev.sigmax.spark.FieldIds;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the rows of a file hold on average, by its footer.
 *
 * @param longest how many values the longest of some columns has; more than 1 for arrays
 * @param bytes how much is read of a row, in its encoding and before compression
 */
public record RowSize(long longest, long bytes) {
  private static final Logger LOG = LoggerFactory.getLogger(RowSize.class);

  /** Of rows of which nothing is known. */
  public static final RowSize UNKNOWN = new RowSize(1, 0);

  /**
   * The mean row of a file; {@link #UNKNOWN} where it has none, or where its footer cannot be read:
   * who reads the file will meet that too, and tell it better.
   *
   * @param read the top-level columns that are read, in any case
   * @param arrays those of them whose lengths are asked for
   * @param ids by which the file has them; none where it is by name
   */
  public static RowSize of(
      Path file, Configuration configuration, Set<String> read, Set<String> arrays, FieldIds ids) {
    try {
      return read(file, configuration, read, arrays, ids);
    } catch (IOException | RuntimeException e) {
      LOG.warn("No footer of {} to fit batches to", file, e);
      return UNKNOWN;
    }
  }

  private static RowSize read(
      Path file, Configuration configuration, Set<String> read, Set<String> arrays, FieldIds ids)
      throws IOException {
    Set<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Set<String> measured = new HashSet<>();
    Map<String, Long> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    long rows = 0;
    long bytes = 0;
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(file, configuration),
            HadoopReadOptions.builder(configuration).build())) {
      MessageType schema = reader.getFileMetaData().getSchema();
      wanted.addAll(stored(read, schema, ids));
      measured.addAll(stored(arrays, schema, ids));
      for (BlockMetaData rowGroup : reader.getFooter().getBlocks()) {
        rows += rowGroup.getRowCount();
        for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
          String column = chunk.getPath().toArray()[0];
          if (wanted.contains(column)) {
            values.merge(column, chunk.getValueCount(), Long::sum);
            bytes += chunk.getTotalUncompressedSize();
          }
        }
      }
    }
    if (rows == 0) {
      return UNKNOWN;
    }
    long most =
        measured.stream().mapToLong(array -> values.getOrDefault(array, 0L)).max().orElse(0);
    return new RowSize(Math.max(1, most / rows), bytes / rows);
  }

  /** What a file calls columns. */
  private static Set<String> stored(Set<String> columns, MessageType schema, FieldIds ids) {
    if (ids.isNone()) {
      return columns;
    }
    return ids.fields(schema).entrySet().stream()
        .filter(field -> columns.contains(field.getKey()))
        .map(field -> field.getValue().getName())
        .collect(Collectors.toSet());
  }
}
