package dev.sigmax.spark;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;

/** A table of exactly these Parquet files, by Spark's reader. */
public final class ParquetTable {
  /**
   * No file is passed over, no page is taken whose checksum is wrong, and no date or time is moved,
   * whatever the session says.
   */
  private static final Map<String, String> AS_STORED =
      Map.of(
          "parquet.page.verify-checksum.enabled",
          "true",
          // Else parquet-java refuses files of old writers (PARQUET-246). It decides how MapReduce
          // splits a file; Spark splits between row groups, which is right for these.
          "parquet.split.files",
          "false",
          "ignoreCorruptFiles",
          "false",
          "ignoreMissingFiles",
          "false",
          "datetimeRebaseMode",
          "CORRECTED",
          "int96RebaseMode",
          "CORRECTED");

  private ParquetTable() {}

  /**
   * The table.
   *
   * @param partitionColumns strings, from the outermost folder in
   * @param columns the columns of the files
   * @param ids by which the files have them; none where it is by name
   * @param sections which parts of the files one task may read
   */
  public static Dataset<Row> read(
      SparkSession spark,
      List<? extends PartitionedFile> files,
      List<String> partitionColumns,
      StructType columns,
      FieldIds ids,
      FileSections sections) {
    ParquetFileFormat format =
        ids.isNone() ? new ParquetFileFormat() : new IdentifiedParquetFormat(ids);
    return FixedTable.read(spark, files, partitionColumns, columns, format, AS_STORED, sections);
  }
}
