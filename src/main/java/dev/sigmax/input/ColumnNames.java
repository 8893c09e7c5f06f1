package dev.sigmax.input;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Column;

/** Columns by exactly their names: dots, spaces, quotes and backticks mean nothing. */
public final class ColumnNames {
  private ColumnNames() {}

  /**
   * The column of a name, for a table that has it. Spark resolves all names of a projection
   * together, while {@code Dataset.col} looks through the whole table for each.
   */
  public static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  /** The columns of names, in their order. */
  public static Column[] columns(List<String> names) {
    return names.stream().map(ColumnNames::column).toArray(Column[]::new);
  }
}
