package dev.sigmax.input;

import dev.sigmax.refusal.InputRefusal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/** Folders {@code name=value}, as Hive and Spark write them; values stay the strings they are. */
final class HivePartition {
  private HivePartition() {}

  /** {@code outer} and one more folder below it. */
  static Map<String, String> with(Map<String, String> outer, String folder, String path) {
    int equals = folder.indexOf('=');
    String name = ExternalCatalogUtils.unescapePathName(folder.substring(0, equals));
    String value = ExternalCatalogUtils.unescapePathName(folder.substring(equals + 1));
    if (outer.containsKey(name)) {
      throw new InputRefusal("the partition column " + name + " stands twice in " + path + ".");
    }
    Map<String, String> all = new LinkedHashMap<>(outer);
    all.put(name, value.equals(ExternalCatalogUtils.DEFAULT_PARTITION_NAME()) ? null : value);
    return Collections.unmodifiableMap(all);
  }
}
