package dev.sigmax.input;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Puts fields that are read as columns back into their structs, for Spark's reader. */
final class StructsToRead {
  private StructsToRead() {}

  /**
   * The columns of the files: those that are no fields, and structs of the fields alone where
   * nobody reads them whole.
   */
  static StructType of(StructType columns, NestedColumns nested) {
    StructType files = new StructType();
    for (StructField column : columns.fields()) {
      if (!nested.paths().containsKey(column.name())) {
        files = files.add(column);
      }
    }
    List<String> whole = List.of(files.fieldNames());
    for (Map.Entry<String, List<String>> field : nested.paths().entrySet()) {
      boolean read = columns.getFieldIndex(field.getKey()).isDefined();
      if (read && !whole.contains(field.getValue().get(0))) {
        files = with(files, field.getValue(), columns.apply(field.getKey()).dataType());
      }
    }
    return files;
  }

  private static StructType with(StructType struct, List<String> path, DataType leaf) {
    String name = path.get(0);
    DataType type = leaf;
    if (path.size() > 1) {
      DataType there = LogitTypes.typeOf(struct, name);
      type =
          with(
              there instanceof StructType inner ? inner : new StructType(),
              path.subList(1, path.size()),
              leaf);
    }
    StructType changed = new StructType();
    boolean found = false;
    for (StructField field : struct.fields()) {
      boolean same = field.name().equals(name);
      found |= same;
      changed = same ? changed.add(name, type) : changed.add(field);
    }
    return found ? changed : changed.add(name, type);
  }
}
