package dev.sigmax.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

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

  /** Those of a column, and of what is in it. */
  public Map<String, Integer> under(String column) {
    String inside = path(column, "");
    Map<String, Integer> found = new HashMap<>();
    byPath.forEach(
        (path, id) -> {
          if (path.equals(column) || path.startsWith(inside)) {
            found.put(path, id);
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
    return byPath.isEmpty()
        ? schema
        : new MessageType(schema.getName(), fields(schema.getFields(), ""));
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
