package dev.sigmax.table.delta;

import dev.sigmax.spark.FieldIds;
import dev.sigmax.spark.FileSections;
import dev.sigmax.spark.ParquetTable;
import dev.sigmax.spark.PartitionedFile;
import dev.sigmax.spark.RowFilter;
import io.delta.kernel.Snapshot;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Which rows of a table's files a condition picks: by their statistics, else by reading them. Rows
 * that were deleted beside a file count as its rows. What was found is kept: a file does not
 * change.
 */
final class FilePicks {
  private final SparkSession spark;
  private final Configuration configuration;
  private final org.apache.spark.sql.types.StructType columns;
  private final StructType compared;
  private final List<String> partitionColumns;
  private final StructType all;
  private final String where;
  private final RowFilter filter;
  private final Map<String, PickedRows> known = new HashMap<>();

  /**
   * For the files of a table with the columns of a version.
   *
   * @param filter what {@code where} comes to
   */
  FilePicks(SparkSession spark, DeltaLog log, Snapshot version, String where, RowFilter filter) {
    this.spark = spark;
    this.configuration = log.configuration();
    this.columns = TableNeeds.columns(version);
    this.all = version.getSchema();
    this.partitionColumns = version.getPartitionColumnNames();
    this.where = where;
    this.filter = filter;
    this.compared = compared();
  }

  /** Without the columns that the condition does not name: statistics are read for each file. */
  private StructType compared() {
    List<StructField> fields = new ArrayList<>();
    for (StructField field : all.fields()) {
      if (filter.columns().contains(field.getName())
          && !partitionColumns.contains(field.getName())) {
        fields.add(field);
      }
    }
    return new StructType(fields);
  }

  /**
   * A file.
   *
   * @param location where it is, whole
   * @param partition the values of the table's partitions, as the log has them
   * @param statistics as the log has them
   */
  record File(String location, Map<String, String> partition, Optional<String> statistics) {}

  /** A file that is read whole, by the place that it has here. */
  private record NumberedFile(FileStatus status, Map<String, String> partition)
      implements PartitionedFile {}

  /** Those of each file, by its location. */
  Map<String, PickedRows> of(List<File> files) throws IOException {
    List<File> doubtful = new ArrayList<>();
    for (File file : files) {
      if (!known.containsKey(file.location())) {
        byStatistics(file)
            .ifPresentOrElse(picks -> known.put(file.location(), picks), () -> doubtful.add(file));
      }
    }
    if (!doubtful.isEmpty()) {
      read(doubtful);
    }
    Map<String, PickedRows> picks = new HashMap<>();
    files.forEach(file -> picks.put(file.location(), known.get(file.location())));
    return picks;
  }

  private Optional<PickedRows> byStatistics(File file) {
    try {
      return file.statistics()
          .flatMap(json -> DataFileStatistics.deserializeFromJson(json, compared))
          .flatMap(statistics -> new StatisticsPicks(statistics, ranges(file)).of(filter));
    } catch (KernelException unreadable) {
      return Optional.empty();
    }
  }

  private Map<String, ColumnRange> ranges(File file) {
    Map<String, ColumnRange> ranges = new HashMap<>();
    for (String column : partitionColumns) {
      ranges.put(
          column,
          ColumnRange.ofPartition(all.get(column).getDataType(), file.partition().get(column)));
    }
    return ranges;
  }

  private void read(List<File> doubtful) throws IOException {
    String number = numberColumn();
    List<NumberedFile> files = new ArrayList<>();
    for (int i = 0; i < doubtful.size(); i++) {
      Path path = new Path(doubtful.get(i).location());
      Map<String, String> told = new LinkedHashMap<>();
      told.put(number, Integer.toString(i));
      for (int j = 0; j < partitionColumns.size(); j++) {
        String text = doubtful.get(i).partition().get(partitionColumns.get(j));
        told.put(number + j, PartitionText.isNull(text) ? null : text);
      }
      files.add(new NumberedFile(path.getFileSystem(configuration).getFileStatus(path), told));
      known.put(doubtful.get(i).location(), new PickedRows(0, 0));
    }
    Column picked = functions.coalesce(functions.expr(where), functions.lit(false));
    for (Row counted :
        rows(files, number)
            .groupBy(number)
            .agg(functions.count_if(picked), functions.count(functions.lit(1)))
            .collectAsList()) {
      known.put(
          doubtful.get(Integer.parseInt(counted.getString(0))).location(),
          new PickedRows(counted.getLong(1), counted.getLong(2)));
    }
  }

  /** The rows with the values of partitions that the log has, as Delta's own reader gives them. */
  private Dataset<Row> rows(List<NumberedFile> files, String number) {
    List<String> told = new ArrayList<>(List.of(number));
    org.apache.spark.sql.types.StructType stored = new org.apache.spark.sql.types.StructType();
    for (org.apache.spark.sql.types.StructField column : columns.fields()) {
      if (!partitionColumns.contains(column.name())) {
        stored = stored.add(column);
      }
    }
    for (int i = 0; i < partitionColumns.size(); i++) {
      told.add(number + i);
    }
    Dataset<Row> rows =
        ParquetTable.read(spark, files, told, stored, FieldIds.NONE, FileSections.NONE);
    for (int i = 0; i < partitionColumns.size(); i++) {
      String column = partitionColumns.get(i);
      rows =
          rows.withColumn(column, functions.col(number + i).cast(columns.apply(column).dataType()));
    }
    return rows;
  }

  /** A name that no column has, whatever its letters. */
  private String numberColumn() {
    String name = "file";
    for (String column : columns.fieldNames()) {
      name = column.length() >= name.length() ? "_".repeat(column.length()) + name : name;
    }
    return name;
  }
}
