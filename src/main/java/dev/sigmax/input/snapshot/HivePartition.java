package dev.sigmax.input.snapshot;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.spark.PartitionNames;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Folders {@code name=value}, as Hive and Spark write them; values stay the strings they are. */
public final class HivePartition {
  private HivePartition() {}

  /** {@code outer} and one more folder below it. */
  static Map<String, String> with(Map<String, String> outer, String folder, String path) {
    int equals = folder.indexOf('=');
    String name = PartitionNames.unescape(folder.substring(0, equals));
    String value = PartitionNames.unescape(folder.substring(equals + 1));
    if (outer.containsKey(name)) {
      throw new InputException(
          ErrorName.COLUMN_NAMES_COLLIDE,
          "the partition column " + name + " stands twice in " + path + ".");
    }
    Map<String, String> all = new LinkedHashMap<>(outer);
    all.put(name, PartitionNames.isNull(value) ? null : value);
    return Collections.unmodifiableMap(all);
  }
}
