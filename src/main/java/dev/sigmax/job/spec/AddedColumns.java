package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.kernel.rule.Addition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns that a job adds to the probabilities.
 *
 * @param columns in the order of {@link Addition}, each once
 * @param topK how many classes {@code top_k} holds; 0 without it
 */
public record AddedColumns(List<Addition> columns, int topK) {
  /** No column. */
  public static final AddedColumns NONE = new AddedColumns(List.of(), 0);

  private static final String KNOWN =
      Arrays.stream(Addition.values())
          .map(column -> column.columnName() + (column == Addition.TOP_K ? "=N" : ""))
          .collect(Collectors.joining(", "));

  /** Copies the list. */
  public AddedColumns {
    columns = List.copyOf(columns);
  }

  /** Reads items such as {@code prediction} and {@code top_k=5}. */
  static AddedColumns parse(List<String> items) {
    Set<Addition> columns = EnumSet.noneOf(Addition.class);
    int topK = 0;
    for (String item : items) {
      String[] parts = item.split("=", 2);
      Addition column = column(parts[0].strip(), item);
      if (!columns.add(column)) {
        throw refused(column.columnName() + " stands twice in add.");
      }
      if (column == Addition.TOP_K) {
        topK = parts.length == 2 ? count(parts[1].strip()) : 0;
      }
      if ((column == Addition.TOP_K) != (parts.length == 2)) {
        throw refused(
            column == Addition.TOP_K
                ? "add has top_k without a number: say how many classes, as in top_k=5."
                : "add takes " + column.columnName() + " as it is, not " + item + ".");
      }
    }
    return new AddedColumns(new ArrayList<>(columns), topK);
  }

  private static Addition column(String name, String item) {
    return Arrays.stream(Addition.values())
        .filter(known -> known.columnName().equals(name))
        .findFirst()
        .orElseThrow(() -> refused("add knows " + KNOWN + ", not " + item + "."));
  }

  private static int count(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Falls through to the refusal.
    }
    throw refused("top_k must be a whole number from 1 up, not " + text + ".");
  }

  private static UsageException refused(String message) {
    return new UsageException(ErrorName.OPTION_VALUE, message);
  }

  /** Whether nothing is added. */
  public boolean isEmpty() {
    return columns.isEmpty();
  }

  /** As it stands in a job file. */
  public List<String> items() {
    return columns.stream()
        .map(column -> column.columnName() + (column == Addition.TOP_K ? "=" + topK : ""))
        .toList();
  }
}
