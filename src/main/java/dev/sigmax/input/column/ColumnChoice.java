package dev.sigmax.input.column;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.ArrayList;
import java.util.List;

/** Columns as a person named them: exactly, or in a text still to be held against the schema. */
public sealed interface ColumnChoice {
  /** Exact names, from a list in a job file. */
  record Names(List<String> names) implements ColumnChoice {
    /** Copies the list. */
    public Names {
      names = List.copyOf(names);
    }
  }

  /** A single column, a glob, or a comma list; names with commas stand in double quotes. */
  record Text(String text) implements ColumnChoice {
    /** Whether the columns are those that match: the files tell which, and in which order. */
    public boolean isGlob() {
      return LogitGlob.is(text);
    }

    /** The comma list's items; "" has none, and a doubled quote inside quotes is a quote. */
    public List<String> items() {
      List<String> items = new ArrayList<>();
      StringBuilder item = new StringBuilder();
      boolean quoted = false;
      boolean wasQuoted = false;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
          item.append(c);
          i++;
        } else if (c == '"' && (quoted || item.toString().isBlank())) {
          item.setLength(quoted ? item.length() : 0);
          quoted = !quoted;
          wasQuoted = true;
        } else if (c == ',' && !quoted) {
          items.add(wasQuoted ? item.toString() : item.toString().strip());
          item.setLength(0);
          wasQuoted = false;
        } else if (quoted || !wasQuoted || !Character.isWhitespace(c)) {
          item.append(c);
        }
      }
      if (quoted) {
        throw new UsageException(
            ErrorName.COLUMN_LIST, "a double quote is not closed in the column list: " + text);
      }
      if (!items.isEmpty() || wasQuoted || !item.toString().isBlank()) {
        items.add(wasQuoted ? item.toString() : item.toString().strip());
      }
      return items;
    }
  }
}
