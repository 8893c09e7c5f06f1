package dev.sigmax.input.column;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.parquet.footer.Footer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Refuses column names that would be taken for one another, by Spark or by who reads the output.
 */
public final class DistinctNames {
  /** Spark's reader fills a column of this name with row numbers, whatever the file has in it. */
  private static final String RESERVED = "_tmp_metadata_row_index";

  private DistinctNames() {}

  /**
   * Looks at the columns of one file and those that its folders add.
   *
   * @throws InputException where two would be taken for one, or one is Spark's own
   */
  public static void require(Footer footer, List<String> partitionColumns) {
    Map<String, String> seen = new HashMap<>();
    List<String> names = new ArrayList<>(Arrays.asList(footer.schema().fieldNames()));
    names.addAll(footer.unsupported().keySet());
    for (String name : names) {
      requireFree(name, footer);
      String twin = seen.put(name.toLowerCase(Locale.ROOT), name);
      if (twin != null) {
        throw new InputException(
            ErrorName.COLUMN_NAMES_COLLIDE,
            "two columns of "
                + footer.path()
                + (twin.equals(name)
                    ? " are both named " + name
                    : " differ only in case: " + twin + " and " + name)
                + ". Rename one.");
      }
    }
    requireDistinct(seen, footer, partitionColumns);
  }

  private static void requireFree(String name, Footer footer) {
    if (name.equalsIgnoreCase(RESERVED)) {
      throw new InputException(
          ErrorName.COLUMN_NAME_RESERVED,
          "the column "
              + name
              + " of "
              + footer.path()
              + " has a name that Spark's reader fills with row numbers. Rename it.");
    }
  }

  private static void requireDistinct(
      Map<String, String> columns, Footer footer, List<String> partitionColumns) {
    Map<String, String> partitions = new HashMap<>();
    for (String partition : partitionColumns) {
      String key = partition.toLowerCase(Locale.ROOT);
      if (columns.containsKey(key)) {
        throw new InputException(
            ErrorName.COLUMN_NAMES_COLLIDE,
            "the partition column "
                + partition
                + " is also a column of the file "
                + footer.path()
                + " ("
                + columns.get(key)
                + "). Rename one, or read the files without their folders.");
      }
      String twin = partitions.put(key, partition);
      if (twin != null) {
        throw new InputException(
            ErrorName.COLUMN_NAMES_COLLIDE,
            "two partition columns of "
                + footer.path()
                + " differ only in case: "
                + twin
                + " and "
                + partition
                + ". Rename one.");
      }
    }
  }
}
