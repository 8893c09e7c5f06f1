package dev.sigmax.spark;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A table of exactly these files. Spark would list the folders again, glob odd names, guess
 * partition types and skip hidden files.
 */
public final class FixedTable {
  private FixedTable() {}

  /**
   * The table.
   *
   * @param partitionColumns strings, from the outermost folder in
   * @param columns the columns of the files
   * @param format who reads the files
   * @param options of the format
   * @param sections which parts of the files one task may read
   */
  public static Dataset<Row> read(
      SparkSession spark,
      List<? extends PartitionedFile> files,
      List<String> partitionColumns,
      StructType columns,
      FileFormat format,
      Map<String, String> options,
      FileSections sections) {
    FileIndex index = new FixedFileIndex(List.copyOf(files), partitionColumns, sections);
    return spark.baseRelationToDataFrame(
        new HadoopFsRelation(
            index,
            index.partitionSchema(),
            columns,
            Option.empty(),
            format,
            Map$.MODULE$.from(CollectionConverters.asScala(options)),
            (org.apache.spark.sql.classic.SparkSession) spark));
  }

  /** Which parts of a scan's files one task may read. */
  public static FileSections sectionsOf(HadoopFsRelation scanned) {
    return scanned.location() instanceof FixedFileIndex index
        ? index.sections()
        : FileSections.NONE;
  }
}
