package dev.sigmax.input.column;

import java.util.List;
import java.util.Set;

/**
 * Which columns are logits.
 *
 * @param columns scalar columns in the schema's order or as listed, or the one array column
 * @param array whether it is an array column
 * @param classes the class names that the column names give, in the order of {@code columns}; empty
 *     where they give none
 */
public record LogitColumns(List<String> columns, boolean array, List<String> classes) {
  /** The columns, to be asked for each of thousands. */
  public Set<String> set() {
    return Set.copyOf(columns);
  }

  /** What a person calls a logit of a row: its column, or its place in the array. */
  public String nameOf(int index) {
    return array ? columns.get(0) + "[" + index + "]" : columns.get(index);
  }
}
