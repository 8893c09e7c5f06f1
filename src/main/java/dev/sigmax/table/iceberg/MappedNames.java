package dev.sigmax.table.iceberg;

import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.spark.FieldIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.types.StructField;

/**
 * A table's mapping from names to field ids. Files that were taken into the table as they were, as
 * {@code add_files} does, have no ids; Iceberg gives their columns those of their names.
 */
record MappedNames(NameMapping mapping, Schema schema, FieldIds ids) {
  /**
   * The mapping of a table; empty where it has none.
   *
   * @param ids of the schema's columns, and of what is in them
   */
  static Optional<MappedNames> of(Table table, Schema schema, FieldIds ids) {
    return Optional.ofNullable(table.properties().get(TableProperties.DEFAULT_NAME_MAPPING))
        .map(json -> new MappedNames(NameMappingParser.fromJson(json), schema, ids));
  }

  /** The same file with the ids of its columns' names; a name that is not mapped gets none. */
  Footer numbered(Footer footer) {
    Map<String, Integer> byPath = new HashMap<>();
    for (StructField here : footer.schema().fields()) {
      MappedField mapped = mapping.find(here.name());
      if (mapped != null && mapped.id() != null) {
        byPath.put(FieldIds.path(here.name()), mapped.id());
        inside(here.name(), mapped.id())
            .forEach((path, id) -> byPath.put(FieldIds.path(here.name(), path), id));
      }
    }
    return footer.withFieldIds(new FieldIds(Map.copyOf(byPath)));
  }

  /** As the table has them, where the mapping has them so; that the types agree is seen later. */
  private Map<String, Integer> inside(String here, int id) {
    Types.NestedField column = schema.asStruct().field(id);
    return column == null || !isMapped(column, List.of(here))
        ? Map.of()
        : ids.inside(column.name());
  }

  private boolean isMapped(Types.NestedField field, List<String> path) {
    MappedField mapped = mapping.find(path);
    if (mapped == null || mapped.id() == null || mapped.id() != field.fieldId()) {
      return false;
    }
    if (field.type().isPrimitiveType()) {
      return true;
    }
    for (Types.NestedField inner : field.type().asNestedType().fields()) {
      List<String> below = new ArrayList<>(path);
      below.add(inner.name());
      if (!isMapped(inner, below)) {
        return false;
      }
    }
    return true;
  }
}
