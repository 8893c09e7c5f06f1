package dev.sigmax.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns that line up. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; every row has as many cells as the first. */
  public TextTable row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  /** The rows, each indented and on a line of its own; the last cell is not padded. */
  public String text(String indent) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append(indent);
      for (int i = 0; i < row.size(); i++) {
        boolean last = i == row.size() - 1;
        text.append(last ? row.get(i) : padded(row.get(i), width(i)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0) + 2;
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length());
  }
}
