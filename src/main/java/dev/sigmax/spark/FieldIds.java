package dev.sigmax.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The field ids that a file's columns get, by which a table knows them whatever they are called
 * later. An option of a write: Spark's own way, by the metadata of columns, has no place for the
 * elements of arrays and maps.
 *
 * @param byPath the id of each field, by its path in the Parquet schema
 */
public record FieldIds(Map<String, Integer> byPath) implements Serializable {
  /** The option, as {@link #text()} gives it. */
  public static final String OPTION = "sigmax.parquet.field.ids";

  /** Where Spark keeps the id of a column, in its metadata. */
  private static final String OF_A_FIELD = "parquet.field.id";

  /** For files that are no table's. */
  public static final FieldIds NONE = new FieldIds(Map.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Those of a write; none where it does not say. */
  public static FieldIds of(Configuration configuration) {
    String text = configuration.get(OPTION);
    if (text == null) {
      return NONE;
    }
    try {
      return new FieldIds(JSON.readValue(text, new TypeReference<Map<String, Integer>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(OPTION + " is " + text, e);
    }
  }

  /** The path of a field in another; names may have any character but the one between them. */
  public static String path(String... names) {
    return String.join("\u001f", names);
  }

  /** Those that a file's schema has. */
  public static FieldIds in(MessageType schema) {
    Map<String, Integer> byPath = new HashMap<>();
    collect(schema.getFields(), "", byPath);
    return byPath.isEmpty() ? NONE : new FieldIds(Map.copyOf(byPath));
  }

  private static void collect(List<Type> fields, String above, Map<String, Integer> byPath) {
    for (Type field : fields) {
      String path = above.isEmpty() ? field.getName() : path(above, field.getName());
      if (field.getId() != null) {
        byPath.put(path, field.getId().intValue());
      }
      if (field instanceof GroupType group) {
        collect(group.getFields(), path, byPath);
      }
    }
  }

  /** Whether there are none, so that columns are known by their names. */
  public boolean isNone() {
    return byPath.isEmpty();
  }

  /**
   * The fields of a file's schema by the columns that they are: those with their ids, whatever they
   * are called there. Without ids, those of their names.
   */
  public Map<String, Type> fields(MessageType schema) {
    Map<String, Type> fields = new HashMap<>();
    if (isNone()) {
      schema.getFields().forEach(field -> fields.putIfAbsent(field.getName(), field));
      return fields;
    }
    Map<Integer, Type> byId = new HashMap<>();
    for (Type field : schema.getFields()) {
      if (field.getId() != null) {
        byId.put(field.getId().intValue(), field);
      }
    }
    byPath.forEach(
        (column, id) -> {
          if (byId.containsKey(id)) {
            fields.put(column, byId.get(id));
          }
        });
    return fields;
  }

  /**
   * Where columns, or fields in them, stand in a file; empty for one whose column it lacks.
   *
   * @param columns the path of each, from the name of its column on
   */
  public List<Optional<List<String>>> stored(List<List<String>> columns, MessageType schema) {
    Map<String, Type> fields = fields(schema);
    List<Optional<List<String>>> stored = new ArrayList<>();
    for (List<String> path : columns) {
      stored.add(
          Optional.ofNullable(fields.get(path.get(0)))
              .map(
                  field -> {
                    List<String> here = new ArrayList<>(path);
                    here.set(0, field.getName());
                    return here;
                  }));
    }
    return stored;
  }

  /** The columns with their ids where Spark's reader of Parquet looks for them. */
  public StructType on(StructType columns) {
    StructField[] fields = columns.fields().clone();
    for (int i = 0; i < fields.length; i++) {
      Integer id = byPath.get(fields[i].name());
      if (id != null) {
        fields[i] =
            new StructField(
                fields[i].name(),
                fields[i].dataType(),
                fields[i].nullable(),
                new MetadataBuilder()
                    .withMetadata(fields[i].metadata())
                    .putLong(OF_A_FIELD, id)
                    .build());
      }
    }
    return new StructType(fields);
  }

  /** The ids of these columns alone, without those of what is in them. */
  public FieldIds of(Collection<String> columns) {
    Map<String, Integer> found = new HashMap<>(byPath);
    found.keySet().retainAll(Set.copyOf(columns));
    return new FieldIds(Map.copyOf(found));
  }

  /** Those of what is in a column, by their paths in it. */
  public Map<String, Integer> inside(String column) {
    String above = path(column, "");
    Map<String, Integer> found = new HashMap<>();
    byPath.forEach(
        (path, id) -> {
          if (path.startsWith(above)) {
            found.put(path.substring(above.length()), id);
          }
        });
    return found;
  }

  /** The value of the option. */
  public String text() {
    try {
      // In Hadoop's configuration a dollar would begin a variable.
      return JSON.writeValueAsString(byPath).replace("$", "\\u0024");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The schema with the ids on its fields; one without an id stays as it is. */
  public MessageType on(MessageType schema) {
    return isNone() ? schema : new MessageType(schema.getName(), fields(schema.getFields(), ""));
  }

  private List<Type> fields(List<Type> fields, String above) {
    List<Type> numbered = new ArrayList<>();
    for (Type field : fields) {
      String path = above.isEmpty() ? field.getName() : path(above, field.getName());
      Type inner = field;
      if (field instanceof GroupType group) {
        inner = group.withNewFields(fields(group.getFields(), path));
      }
      Integer id = byPath.get(path);
      numbered.add(id == null ? inner : inner.withId(id));
    }
    return numbered;
  }
}
