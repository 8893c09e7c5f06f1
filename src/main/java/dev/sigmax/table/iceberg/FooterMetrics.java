package dev.sigmax.table.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.Type;

/**
 * What a table is told of a file by its footer: rows, nulls, and the bounds of its columns.
 *
 * <p>A row group says nothing of the least and the greatest value of a column in which it has a
 * NaN. Iceberg takes the bounds of the other row groups for those of the file then, and queries by
 * them would pass over rows. Such a column has no bounds here.
 */
final class FooterMetrics {
  private final InputFile file;
  private final Set<Integer> unbounded;

  private FooterMetrics(InputFile file, Set<Integer> unbounded) {
    this.file = file;
    this.unbounded = unbounded;
  }

  /** Of a file whose columns have field ids. */
  static FooterMetrics of(InputFile file, Configuration configuration) {
    return new FooterMetrics(file, unbounded(new Path(file.location()), configuration));
  }

  /** As much of it as a configuration wants. */
  Metrics wanted(MetricsConfig wanted) {
    Metrics metrics = ParquetUtil.fileMetrics(file, wanted);
    if (unbounded.isEmpty()) {
      return metrics;
    }
    return new Metrics(
        metrics.recordCount(),
        metrics.columnSizes(),
        metrics.valueCounts(),
        metrics.nullValueCounts(),
        metrics.nanValueCounts(),
        without(unbounded, metrics.lowerBounds()),
        without(unbounded, metrics.upperBounds()));
  }

  private static Map<Integer, ByteBuffer> without(
      Set<Integer> columns, Map<Integer, ByteBuffer> bounds) {
    Map<Integer, ByteBuffer> others = new HashMap<>(bounds);
    others.keySet().removeAll(columns);
    return others;
  }

  /** The ids of columns with values of which a row group does not say between which they lie. */
  private static Set<Integer> unbounded(Path file, Configuration configuration) {
    Set<Integer> columns = new HashSet<>();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, configuration))) {
      for (BlockMetaData rowGroup : reader.getRowGroups()) {
        for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
          Type.ID id = chunk.getPrimitiveType().getId();
          if (id != null && !isBounded(chunk)) {
            columns.add(id.intValue());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return columns;
  }

  private static boolean isBounded(ColumnChunkMetaData chunk) {
    Statistics<?> statistics = chunk.getStatistics();
    return statistics != null
        && (statistics.hasNonNullValue()
            || (statistics.isNumNullsSet() && statistics.getNumNulls() == chunk.getValueCount()));
  }
}
