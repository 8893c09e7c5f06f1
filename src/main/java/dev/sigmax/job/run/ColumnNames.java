package dev.sigmax.job.run;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Columns by exactly their names: dots, spaces, quotes and backticks mean nothing. */
public final class ColumnNames {
  private ColumnNames() {}

  /** The column of a name. */
  public static Column in(Dataset<Row> rows, String name) {
    return rows.col("`" + name.replace("`", "``") + "`");
  }

  /** The columns of names, in their order. */
  public static Column[] in(Dataset<Row> rows, Iterable<String> names) {
    java.util.List<Column> columns = new java.util.ArrayList<>();
    names.forEach(name -> columns.add(in(rows, name)));
    return columns.toArray(new Column[0]);
  }
}
