package dev.sigmax.input;

import dev.sigmax.columnar.plan.ArrowTable;
import dev.sigmax.input.snapshot.InputFile;
import dev.sigmax.spark.FileSections;
import dev.sigmax.spark.ParquetTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads exactly the files of a snapshot: Parquet through Spark's reader, Arrow through our own. */
public final class LogitReader {
  private LogitReader() {}

  /** All rows of the table, those of different sections by different tasks. */
  public static Dataset<Row> read(SparkSession spark, InputTable table) {
    return read(spark, table, table.snapshot().files(), table.sections());
  }

  /** The rows of some files of the table. */
  public static Dataset<Row> read(SparkSession spark, InputTable table, List<InputFile> files) {
    return read(spark, table, files, FileSections.NONE);
  }

  private static Dataset<Row> read(
      SparkSession spark, InputTable table, List<InputFile> files, FileSections sections) {
    List<String> partitions = table.snapshot().partitionColumns();
    Dataset<Row> rows =
        switch (table.format()) {
          case PARQUET ->
              ParquetTable.read(
                  spark, files, partitions, table.columns(), table.lookup().ids(), sections);
          case ARROW -> ArrowTable.read(spark, files, partitions, table.columns(), sections);
        };
    Map<String, Column> nested = new LinkedHashMap<>();
    table.nested().forEach((name, path) -> nested.put(name, column(path)));
    return nested.isEmpty() ? rows : rows.withColumns(nested);
  }

  private static Column column(List<String> path) {
    Column column = ColumnNames.column(path.get(0));
    for (String field : path.subList(1, path.size())) {
      column = column.getField(field);
    }
    return column;
  }
}
