package dev.sigmax.input;

import dev.sigmax.spark.FieldIds;
import java.util.Map;

/**
 * By what columns are found in the files.
 *
 * @param ids those of a table's columns; none where columns are found by their names
 * @param filesWithout how many of the files with rows lack a column, by its name: it is null there
 */
public record ColumnLookup(FieldIds ids, Map<String, Integer> filesWithout) {
  /** By their names, as in files that are no table's. */
  static final ColumnLookup BY_NAME = new ColumnLookup(FieldIds.NONE, Map.of());
}
