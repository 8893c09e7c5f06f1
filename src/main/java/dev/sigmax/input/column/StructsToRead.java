package dev.sigmax.input.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Puts fields that are read as columns back into their structs, for Spark's reader. */
public final class StructsToRead {
  private StructsToRead() {}

  /**
   * The columns of the files: those that are no fields, and structs of the fields alone where
   * nobody reads them whole.
   */
  public static StructType of(StructType columns, NestedColumns nested) {
    Fields files = new Fields();
    for (StructField column : columns.fields()) {
      if (!nested.paths().containsKey(column.name())) {
        files.put(column);
      }
    }
    Set<String> whole = new HashSet<>(files.byName.keySet());
    for (Map.Entry<String, List<String>> field : nested.paths().entrySet()) {
      boolean read = columns.getFieldIndex(field.getKey()).isDefined();
      if (read && !whole.contains(field.getValue().get(0))) {
        files.put(field.getValue(), columns.apply(field.getKey()).dataType());
      }
    }
    return files.type();
  }

  /** A field as it will be read: as it is, or a struct of some fields. */
  private sealed interface Node permits Whole, Fields {}

  private record Whole(StructField field) implements Node {}

  /** The fields of a struct that is being put together: it may have thousands. */
  private static final class Fields implements Node {
    private final Map<String, Node> byName = new LinkedHashMap<>();

    private static Fields of(StructType type) {
      Fields fields = new Fields();
      Arrays.stream(type.fields()).forEach(fields::put);
      return fields;
    }

    private void put(StructField field) {
      byName.put(field.name(), new Whole(field));
    }

    private void put(List<String> path, DataType leaf) {
      Fields struct = this;
      for (String name : path.subList(0, path.size() - 1)) {
        struct = struct.inner(name);
      }
      struct.put(nullable(path.get(path.size() - 1), leaf));
    }

    /** The struct of a name to put fields into; one that is read whole is taken apart. */
    private Fields inner(String name) {
      Node there = byName.get(name);
      if (there instanceof Fields inner) {
        return inner;
      }
      Fields inner =
          there instanceof Whole whole && whole.field().dataType() instanceof StructType type
              ? of(type)
              : new Fields();
      byName.put(name, inner);
      return inner;
    }

    private StructType type() {
      List<StructField> fields = new ArrayList<>();
      byName.forEach(
          (name, node) ->
              fields.add(
                  node instanceof Fields inner
                      ? nullable(name, inner.type())
                      : ((Whole) node).field()));
      return new StructType(fields.toArray(new StructField[0]));
    }

    private static StructField nullable(String name, DataType type) {
      return new StructField(name, type, true, Metadata.empty());
    }
  }
}
