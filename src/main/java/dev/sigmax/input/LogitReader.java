package dev.sigmax.input;

import dev.sigmax.spark.ParquetTable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads exactly the files of a snapshot, page checksums verified, through Spark's Parquet reader.
 */
public final class LogitReader {
  /** What Spark's reader is told, whatever the cluster's defaults say. */
  private static final Map<String, String> OPTIONS =
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

  private LogitReader() {}

  /** All rows of the table. */
  public static Dataset<Row> read(SparkSession spark, InputTable table) {
    return read(spark, table, table.snapshot().files());
  }

  /** The rows of one file of the table. */
  public static Dataset<Row> read(SparkSession spark, InputTable table, InputFile file) {
    return read(spark, table, List.of(file));
  }

  private static Dataset<Row> read(SparkSession spark, InputTable table, List<InputFile> files) {
    Dataset<Row> rows =
        ParquetTable.read(
            spark, files, table.snapshot().partitionColumns(), table.columns(), OPTIONS);
    for (Map.Entry<String, List<String>> field : table.nested().entrySet()) {
      rows = rows.withColumn(field.getKey(), column(rows, field.getValue()));
    }
    return rows;
  }

  private static Column column(Dataset<Row> rows, List<String> path) {
    Column column = rows.col("`" + path.get(0).replace("`", "``") + "`");
    for (String field : path.subList(1, path.size())) {
      column = column.getField(field);
    }
    return column;
  }
}
