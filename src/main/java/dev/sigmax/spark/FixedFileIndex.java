package dev.sigmax.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Gives Spark these files and no others: no second listing, no globbing of odd names, no guessing
 * of partition types.
 */
final class FixedFileIndex implements FileIndex {
  private final List<PartitionedFile> files;
  private final List<String> partitionColumns;
  private final FileSections sections;

  FixedFileIndex(
      List<PartitionedFile> files, List<String> partitionColumns, FileSections sections) {
    this.files = files;
    this.partitionColumns = partitionColumns;
    this.sections = sections;
  }

  FileSections sections() {
    return sections;
  }

  @Override
  public Seq<Path> rootPaths() {
    return CollectionConverters.asScala(files.stream().map(f -> f.status().getPath()).toList())
        .toSeq();
  }

  /**
   * The files of the partitions for which the conditions on partitions hold: Spark asks such a
   * condition of no row any more. Those on other columns it does, so here they need not hold.
   */
  @Override
  public Seq<PartitionDirectory> listFiles(
      Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
    Map<Map<String, String>, List<FileStatus>> byPartition = new LinkedHashMap<>();
    for (PartitionedFile file : files) {
      byPartition.computeIfAbsent(file.partition(), p -> new ArrayList<>()).add(file.status());
    }
    List<PartitionCondition> conditions =
        CollectionConverters.asJava(partitionFilters).stream().map(PartitionCondition::of).toList();
    byPartition
        .keySet()
        .removeIf(
            partition -> !conditions.stream().allMatch(condition -> condition.holds(partition)));
    List<PartitionDirectory> directories = new ArrayList<>();
    byPartition.forEach(
        (partition, statuses) ->
            directories.add(
                PartitionDirectory.apply(
                    new GenericInternalRow(
                        partition.values().stream().map(UTF8String::fromString).toArray()),
                    statuses.toArray(new FileStatus[0]))));
    return CollectionConverters.asScala(directories).toSeq();
  }

  @Override
  public String[] inputFiles() {
    return files.stream().map(f -> f.status().getPath().toUri().toString()).toArray(String[]::new);
  }

  /** Nothing is cached, and the files are what they were. */
  @Override
  public void refresh() {}

  @Override
  public long sizeInBytes() {
    return files.stream().mapToLong(file -> file.status().getLen()).sum();
  }

  @Override
  public StructType partitionSchema() {
    StructType schema = new StructType();
    for (String column : partitionColumns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    return schema;
  }
}
