package dev.sigmax.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;

/** A table of exactly these Parquet files, by Spark's reader. */
public final class ParquetTable {
  /** No file is passed over, and no date or time is moved, whatever the session says. */
  private static final Map<String, String> AS_STORED =
      Map.of(
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
   * @param options of Spark's Parquet reader, besides those that are always set
   */
  public static Dataset<Row> read(
      SparkSession spark,
      List<? extends PartitionedFile> files,
      List<String> partitionColumns,
      StructType columns,
      FieldIds ids,
      Map<String, String> options) {
    ParquetFileFormat format =
        ids.isNone() ? new ParquetFileFormat() : new IdentifiedParquetFormat(ids);
    Map<String, String> all = new HashMap<>(AS_STORED);
    all.putAll(options);
    return FixedTable.read(spark, files, partitionColumns, columns, format, all);
  }
}
