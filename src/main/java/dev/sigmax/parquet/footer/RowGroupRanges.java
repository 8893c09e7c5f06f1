package dev.sigmax.parquet.footer;

import dev.sigmax.error.Causes;
import dev.sigmax.spark.FieldIds;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.SparkSession;

/**
 * A row group with rows, and what its footer says of the values of some columns.
 *
 * @param middle the byte by which it belongs to a part of its file
 * @param firstRow the place of its first row in the file, from 0 on
 * @param ranges of the columns, in the order that they were asked for
 */
public record RowGroupRanges(long middle, long firstRow, long rows, List<ValueRange> ranges)
    implements Serializable {
  /**
   * Which columns are asked for.
   *
   * @param paths of each, from the top-level column on
   * @param ids by which files have the top-level columns; none where it is by name
   */
  public record Columns(List<List<String>> paths, FieldIds ids) implements Serializable {}

  /** Those of each file, in the order of the files and of the row groups in them. */
  public static List<List<RowGroupRanges>> read(
      SparkSession spark, List<String> files, Columns columns) {
    return FileTasks.map(
        spark,
        "Sigmax: reading which partitions rows are in",
        files,
        (file, configuration) -> read(file, configuration, columns),
        UnaryOperator::identity);
  }

  /** Those of one file. Where its footer cannot be read, nothing is known of its values. */
  public static List<RowGroupRanges> read(
      String file, Configuration configuration, Columns columns) {
    try {
      Optional<ParsedFooter> footer =
          ParsedFooter.read(
              HadoopInputFile.fromPath(new Path(file), configuration),
              HadoopReadOptions.builder(configuration).build());
      return footer
          .map(parsed -> read(parsed, columns))
          .orElseGet(() -> unknown("is in a file whose footer tells nothing of it", columns));
    } catch (IOException e) {
      return unknown("is in a footer that cannot be read: " + Causes.rootMessage(e), columns);
    }
  }

  private static List<RowGroupRanges> unknown(String why, Columns columns) {
    List<ValueRange> ranges = new ArrayList<>();
    columns.paths().forEach(path -> ranges.add(new ValueRange.Unknown(why)));
    return new ArrayList<>(List.of(new RowGroupRanges(0, 0, 1, ranges)));
  }

  private static List<RowGroupRanges> read(ParsedFooter footer, Columns columns) {
    MessageType schema = footer.metadata().getFileMetaData().getSchema();
    List<Optional<ColumnPath>> stored = stored(columns, schema);
    List<RowGroupRanges> read = new ArrayList<>();
    List<BlockMetaData> rowGroups = footer.metadata().getBlocks();
    for (int i = 0; i < rowGroups.size(); i++) {
      BlockMetaData rowGroup = rowGroups.get(i);
      if (rowGroup.getRowCount() > 0) {
        List<ValueRange> ranges = new ArrayList<>();
        for (Optional<ColumnPath> path : stored) {
          ranges.add(
              path.map(here -> range(here, schema, rowGroup)).orElseGet(ValueRange.Nulls::new));
        }
        read.add(
            new RowGroupRanges(
                ParsedFooter.middleOf(footer.told().getRow_groups().get(i)),
                rowGroup.getRowIndexOffset(),
                rowGroup.getRowCount(),
                ranges));
      }
    }
    return read;
  }

  /** What the columns are called in a file; empty for one that it lacks, which is null in it. */
  private static List<Optional<ColumnPath>> stored(Columns columns, MessageType schema) {
    return columns.ids().stored(columns.paths(), schema).stream()
        .map(found -> found.map(path -> ColumnPath.get(path.toArray(new String[0]))))
        .toList();
  }

  private static ValueRange range(ColumnPath path, MessageType schema, BlockMetaData rowGroup) {
    for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
      if (chunk.getPath().equals(path)) {
        return range(chunk, schema.getColumnDescription(path.toArray()));
      }
    }
    return new ValueRange.Unknown("has no values of its own in the file");
  }

  private static ValueRange range(ColumnChunkMetaData chunk, ColumnDescriptor column) {
    if (column.getMaxRepetitionLevel() > 0) {
      return new ValueRange.Unknown("has several values a row");
    }
    Statistics<?> statistics = chunk.getStatistics();
    boolean optional = column.getMaxDefinitionLevel() > 0;
    if (statistics == null || (optional && !statistics.isNumNullsSet())) {
      return new ValueRange.Unknown("has no statistics in the footer");
    }
    long nulls = optional ? statistics.getNumNulls() : 0;
    if (nulls > 0) {
      return nulls == chunk.getValueCount()
          ? new ValueRange.Nulls()
          : new ValueRange.Unknown("is null in some rows and not in others");
    }
    if (!statistics.hasNonNullValue()) {
      return new ValueRange.Unknown("has no least and largest value in the footer");
    }
    Optional<Serializable> least =
        StatisticsValue.of(column.getPrimitiveType(), statistics.genericGetMin());
    Optional<Serializable> most =
        StatisticsValue.of(column.getPrimitiveType(), statistics.genericGetMax());
    return least.isPresent() && most.isPresent()
        ? new ValueRange.Between(least.get(), most.get())
        : new ValueRange.Unknown(
            "is of a type that statistics do not tell of (" + column.getPrimitiveType() + ")");
  }
}
