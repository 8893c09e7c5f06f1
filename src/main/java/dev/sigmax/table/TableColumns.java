package dev.sigmax.table;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table, held against those of an output.
 *
 * @param table its name
 * @param columns as Spark has them
 */
public record TableColumns(String table, StructType columns) {
  /**
   * The refusal of a table that is not there, with the statement that makes it.
   *
   * @param format as Spark calls it
   */
  public static OutputException missing(String table, StructType output, String format) {
    return new OutputException(
        ErrorName.TABLE_NOT_FOUND,
        "there is no table "
            + table
            + ". Make it, with what options it is to have, and run again:\n"
            + createStatement(table, output, format));
  }

  private static String createStatement(String table, StructType output, String format) {
    return Arrays.stream(output.fields())
        .map(field -> "  `" + field.name().replace("`", "``") + "` " + field.dataType().sql())
        .collect(
            Collectors.joining(
                ",\n", "CREATE TABLE " + table + " (\n", "\n) USING " + format + "\n"));
  }

  /**
   * Refuses an output whose columns the table does not take as they are: each has one of the same
   * name and type, and a column that the output lacks may be null.
   */
  public void require(StructType output) {
    for (StructField column : output.fields()) {
      int place = Arrays.asList(columns.fieldNames()).indexOf(column.name());
      if (place < 0) {
        throw refused(
            "has no column "
                + column.name()
                + ". Add it (ALTER TABLE "
                + table
                + " ADD COLUMN `"
                + column.name().replace("`", "``")
                + "` "
                + column.dataType().sql()
                + "), or leave it out of the output");
      }
      StructField taken = columns.fields()[place];
      if (!taken.dataType().catalogString().equals(column.dataType().catalogString())) {
        throw refused(
            "has "
                + column.name()
                + " as "
                + taken.dataType().sql()
                + ", and the output has it as "
                + column.dataType().sql()
                + ". Nothing is cast: change one of them, or leave the column out with --keep");
      }
      if (!takesNulls(taken.dataType(), column.dataType())
          || (column.nullable() && !taken.nullable())) {
        throw refused(
            "has "
                + column.name()
                + " as NOT NULL, and the output may have nulls there. Take ALTER TABLE "
                + table
                + " ALTER COLUMN `"
                + column.name().replace("`", "``")
                + "` DROP NOT NULL");
      }
    }
    requireRestMayBeMissing(Set.copyOf(Arrays.asList(output.fieldNames())));
  }

  private void requireRestMayBeMissing(Set<String> written) {
    for (StructField field : columns.fields()) {
      if (!field.nullable() && !written.contains(field.name())) {
        throw refused(
            "has the column "
                + field.name()
                + " as NOT NULL, and the output has no such column. Keep one of that name in the"
                + " output (--keep), or let it be null");
      }
    }
  }

  /** Whether what is inside a type may be null wherever it may be in an output's. */
  private static boolean takesNulls(DataType table, DataType output) {
    if (table instanceof ArrayType own && output instanceof ArrayType other) {
      return (own.containsNull() || !other.containsNull())
          && takesNulls(own.elementType(), other.elementType());
    }
    if (table instanceof MapType own && output instanceof MapType other) {
      return (own.valueContainsNull() || !other.valueContainsNull())
          && takesNulls(own.keyType(), other.keyType())
          && takesNulls(own.valueType(), other.valueType());
    }
    if (table instanceof StructType own && output instanceof StructType other) {
      for (int i = 0; i < own.length(); i++) {
        StructField mine = own.fields()[i];
        StructField others = other.fields()[i];
        if ((others.nullable() && !mine.nullable())
            || !takesNulls(mine.dataType(), others.dataType())) {
          return false;
        }
      }
    }
    return true;
  }

  /** The refusal of an output for its columns; begins with the table. */
  public OutputException refused(String why) {
    return new OutputException(ErrorName.TABLE_COLUMNS, "the table " + table + " " + why + ".");
  }
}
