package dev.sigmax.input.column;

import dev.sigmax.parquet.footer.Footer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;

/** In which columns the files of a table differ, and which files. */
public final class FileDifferences {
  private static final String MISSING = "missing";

  private FileDifferences() {}

  /** A sentence for each column that is not the same in all files, by its name. */
  public static Map<String, String> of(List<Footer> footers) {
    Map<String, String> differences = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    for (Footer footer : footers) {
      names.addAll(List.of(footer.schema().fieldNames()));
      names.addAll(footer.unsupported().keySet());
    }
    for (String name : names) {
      Map<String, List<String>> files = new LinkedHashMap<>();
      for (Footer footer : footers) {
        files.computeIfAbsent(type(footer, name), t -> new ArrayList<>()).add(footer.path());
      }
      if (files.size() > 1) {
        List<String> parts = new ArrayList<>();
        files.forEach((type, paths) -> parts.add(type + " in " + places(paths)));
        differences.put(name, String.join(", ", parts));
      }
    }
    return differences;
  }

  /** The types of a column in two files that both have it, as a sentence that begins with it. */
  public static String between(Footer one, Footer other, String name) {
    return name
        + " is "
        + type(one, name)
        + " in "
        + one.path()
        + " and "
        + type(other, name)
        + " in "
        + other.path()
        + ".";
  }

  private static String type(Footer footer, String name) {
    DataType type = LogitTypes.typeOf(footer.schema(), name);
    return type != null ? type.catalogString() : footer.unsupported().getOrDefault(name, MISSING);
  }

  /** The first and the last of some files, and how many they are. */
  static String places(List<String> paths) {
    String last = paths.get(paths.size() - 1);
    return switch (paths.size()) {
      case 1 -> last;
      case 2 -> paths.get(0) + " and " + last;
      default -> paths.size() + " files, from " + paths.get(0) + " to " + last;
    };
  }
}
