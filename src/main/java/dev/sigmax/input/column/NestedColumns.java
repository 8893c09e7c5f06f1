package dev.sigmax.input.column;

import dev.sigmax.parquet.footer.Footer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Fields of structs that a job names as columns: {@code meta.id} is the field id of the column
 * meta, unless a column is called just that.
 *
 * @param paths from each name to the fields on the way
 */
public record NestedColumns(Map<String, List<String>> paths) {

  /** Those that the choices name, as the first file has them. */
  public static NestedColumns of(Footer first, ReadRequest request) {
    Map<String, List<String>> paths = new LinkedHashMap<>();
    for (String name : names(first.schema(), request.logits())) {
      add(paths, first.schema(), name);
      List<String> path = path(first.schema(), name).orElse(List.of());
      if (!path.isEmpty() && typeOf(first.schema(), path) instanceof StructType struct) {
        for (String field : struct.fieldNames()) {
          List<String> way = new ArrayList<>(path);
          way.add(field);
          paths.put(name + "." + field, List.copyOf(way));
        }
      }
    }
    request
        .keep()
        .ifPresent(
            keep -> names(first.schema(), keep).forEach(name -> add(paths, first.schema(), name)));
    return new NestedColumns(paths);
  }

  private static void add(Map<String, List<String>> paths, StructType schema, String name) {
    if (LogitTypes.typeOf(schema, name) == null) {
      path(schema, name).ifPresent(path -> paths.put(name, path));
    }
  }

  /** The names that a choice has in a schema: as they stand there, or the fields of a glob. */
  static List<String> names(StructType schema, ColumnChoice choice) {
    if (choice instanceof ColumnChoice.Names exact) {
      return exact.names();
    }
    String text = ((ColumnChoice.Text) choice).text();
    if (!LogitGlob.is(text)) {
      boolean one = LogitTypes.typeOf(schema, text) != null || path(schema, text).isPresent();
      return one ? List.of(text) : ((ColumnChoice.Text) choice).items();
    }
    LogitGlob glob = LogitGlob.of(text);
    List<String> names = new ArrayList<>();
    for (StructField column : schema.fields()) {
      if (column.dataType() instanceof StructType struct
          && glob.before().startsWith(column.name() + ".")) {
        for (String field : struct.fieldNames()) {
          String name = column.name() + "." + field;
          if (glob.matches(name)) {
            names.add(name);
          }
        }
      }
    }
    return names;
  }

  /** The fields that a text with dots stands for; a field's own name may have dots too. */
  private static Optional<List<String>> path(StructType struct, String text) {
    if (LogitTypes.typeOf(struct, text) != null) {
      return Optional.of(List.of(text));
    }
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
      String name = text.substring(0, dot);
      if (LogitTypes.typeOf(struct, name) instanceof StructType inner) {
        Optional<List<String>> rest = path(inner, text.substring(dot + 1));
        if (rest.isPresent()) {
          List<String> path = new ArrayList<>(List.of(name));
          path.addAll(rest.get());
          return Optional.of(List.copyOf(path));
        }
      }
    }
    return Optional.empty();
  }

  /** The type of the last field on a way; null where there is none. */
  private static DataType typeOf(StructType schema, List<String> path) {
    DataType type = schema;
    for (String name : path) {
      type = type instanceof StructType struct ? LogitTypes.typeOf(struct, name) : null;
    }
    return type;
  }

  /** A footer with these fields as columns behind its own. */
  public Footer in(Footer footer) {
    // Field by field, a schema of thousands would be copied thousands of times for each footer.
    List<StructField> fields = new ArrayList<>(Arrays.asList(footer.schema().fields()));
    for (Map.Entry<String, List<String>> column : paths.entrySet()) {
      DataType type = typeOf(footer.schema(), column.getValue());
      if (type != null) {
        fields.add(new StructField(column.getKey(), type, true, Metadata.empty()));
      }
    }
    return footer.withSchema(new StructType(fields.toArray(new StructField[0])));
  }

  /** The column of the file that a name is read from. */
  public String column(String name) {
    return paths.containsKey(name) ? paths.get(name).get(0) : name;
  }
}
