package dev.sigmax.table;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.parquet.footer.Footer;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The files of a table, where they are to be its rows as they are.
 *
 * @param table its name
 * @param remedy what writes them again so that they are
 */
public record TableFiles(String table, String remedy) {
  /** The refusal of a file that is not. */
  public InputException refused(String file, String why) {
    return new InputException(
        ErrorName.TABLE_FILES,
        "the table "
            + table
            + " cannot be read file by file: "
            + file
            + " "
            + why
            + ". Write the table's files again ("
            + remedy
            + "), and run again.");
  }

  /** Refuses a file that has not the table's columns, by the same names and types. */
  public void requireColumns(Footer footer, StructType columns) {
    for (StructField column : columns.fields()) {
      StructField found = column(footer.schema(), column.name());
      if (found == null) {
        throw refusedForColumn(footer, column.name());
      }
      if (!found.dataType().catalogString().equals(column.dataType().catalogString())) {
        throw refused(
            footer.path(),
            "has the column "
                + column.name()
                + " as "
                + found.dataType().sql()
                + ", and the table as "
                + column.dataType().sql());
      }
    }
    if (footer.schema().length() != columns.length()) {
      throw refused(footer.path(), "has a column that the table has no longer");
    }
  }

  /** The refusal of a file without a column, or with one that is another of the same name. */
  public InputException refusedForColumn(Footer footer, String column) {
    return refused(
        footer.path(),
        "was written when the table had no column " + column + ", or another one of that name");
  }

  private static StructField column(StructType columns, String name) {
    for (StructField column : columns.fields()) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    return null;
  }
}
