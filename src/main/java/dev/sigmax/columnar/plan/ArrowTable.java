package dev.sigmax.columnar.plan;

import dev.sigmax.spark.FileSections;
import dev.sigmax.spark.FixedTable;
import dev.sigmax.spark.PartitionedFile;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A table of exactly these Arrow files, by Sigmax's reader. */
public final class ArrowTable {
  private ArrowTable() {}

  /**
   * The table.
   *
   * @param partitionColumns strings, from the outermost folder in
   * @param columns the columns of the files
   * @param sections which parts of the files one task may read
   */
  public static Dataset<Row> read(
      SparkSession spark,
      List<? extends PartitionedFile> files,
      List<String> partitionColumns,
      StructType columns,
      FileSections sections) {
    return FixedTable.read(
        spark, files, partitionColumns, columns, new ArrowFormat(), Map.of(), sections);
  }
}
