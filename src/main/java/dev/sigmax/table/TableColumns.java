package dev.sigmax.table;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.spark.FieldIds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of a table, held against those of an output. */
final class TableColumns {
  private final String table;
  private final Schema schema;

  TableColumns(String table, Schema schema) {
    this.table = table;
    this.schema = schema;
  }

  /** The statement that makes a table of these columns. */
  static String createStatement(String table, StructType output) {
    return Arrays.stream(output.fields())
        .map(field -> "  `" + field.name().replace("`", "``") + "` " + field.dataType().sql())
        .collect(
            Collectors.joining(",\n", "CREATE TABLE " + table + " (\n", "\n) USING iceberg\n"));
  }

  /**
   * Refuses an output whose columns the table does not take as they are: each has one of the same
   * name and type, and a column that the output lacks may be null.
   */
  void require(StructType output) {
    StructType own = SparkSchemaUtil.convert(schema);
    for (StructField column : output.fields()) {
      int place = Arrays.asList(own.fieldNames()).indexOf(column.name());
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
      StructField taken = own.fields()[place];
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
    for (Types.NestedField field : schema.columns()) {
      if (written.contains(field.name())) {
        continue;
      }
      if (field.isRequired()) {
        throw refused(
            "has the column "
                + field.name()
                + " as NOT NULL, and the output has no such column. Keep one of that name in the"
                + " output (--keep), or let it be null");
      }
      if (field.writeDefault() != null) {
        throw refused(
            "has a default for the column "
                + field.name()
                + ", which the output does not have and Sigmax does not fill in. Keep one of that"
                + " name in the output (--keep), or drop the default");
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

  private OutputException refused(String why) {
    return new OutputException(ErrorName.TABLE_COLUMNS, "the table " + table + " " + why + ".");
  }

  /**
   * The ids of an output's columns in the table, by their paths in Spark's Parquet schemas. Without
   * them a column that is renamed later would read as null.
   */
  FieldIds fieldIds(StructType output) {
    Set<String> written = new HashSet<>(List.of(output.fieldNames()));
    Map<String, Integer> byPath = new HashMap<>();
    for (Types.NestedField field : schema.columns()) {
      if (written.contains(field.name())) {
        add(field, FieldIds.path(field.name()), byPath);
      }
    }
    return new FieldIds(Map.copyOf(byPath));
  }

  private static void add(Types.NestedField field, String path, Map<String, Integer> byPath) {
    byPath.put(path, field.fieldId());
    Type type = field.type();
    if (type.isListType()) {
      add(type.asListType().fields().get(0), FieldIds.path(path, "list", "element"), byPath);
    } else if (type.isMapType()) {
      List<Types.NestedField> entry = type.asMapType().fields();
      add(entry.get(0), FieldIds.path(path, "key_value", "key"), byPath);
      add(entry.get(1), FieldIds.path(path, "key_value", "value"), byPath);
    } else if (type.isStructType()) {
      for (Types.NestedField inner : type.asStructType().fields()) {
        add(inner, FieldIds.path(path, inner.name()), byPath);
      }
    }
  }
}
