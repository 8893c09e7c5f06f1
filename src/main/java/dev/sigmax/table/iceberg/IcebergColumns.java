package dev.sigmax.table.iceberg;

import dev.sigmax.spark.FieldIds;
import dev.sigmax.table.TableColumns;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.types.StructType;

/** What Iceberg's columns have beside names and types: ids, and defaults. */
final class IcebergColumns {
  private final TableColumns columns;
  private final Schema schema;

  IcebergColumns(String table, Schema schema) {
    this.columns = new TableColumns(table, SparkSchemaUtil.convert(schema));
    this.schema = schema;
  }

  /**
   * Refuses an output whose columns the table does not take as they are, or that lacks a column
   * with a default.
   */
  void require(StructType output) {
    columns.require(output);
    Set<String> written = Set.of(output.fieldNames());
    for (Types.NestedField field : schema.columns()) {
      if (field.writeDefault() != null && !written.contains(field.name())) {
        throw columns.refused(
            "has a default for the column "
                + field.name()
                + ", which the output does not have and Sigmax does not fill in. Keep one of that"
                + " name in the output (--keep), or drop the default");
      }
    }
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
