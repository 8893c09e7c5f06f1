package dev.sigmax.input.column;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;

/** A column name with one star, which stands for the class name. */
public record LogitGlob(String before, String after) {

  /** Whether a text is a glob: it has a star, and is not a name in double quotes. */
  static boolean is(String text) {
    return text.indexOf('*') >= 0 && !text.stripLeading().startsWith("\"");
  }

  /**
   * A glob's two sides.
   *
   * @throws UsageException where it has more than one star
   */
  public static LogitGlob of(String glob) {
    int star = glob.indexOf('*');
    if (glob.indexOf('*', star + 1) >= 0) {
      throw new UsageException(
          ErrorName.COLUMN_LIST,
          "the logits' glob " + glob + " has more than one *: the * stands for the class name.");
    }
    return new LogitGlob(glob.substring(0, star), glob.substring(star + 1));
  }

  boolean matches(String column) {
    return column.length() >= before.length() + after.length()
        && column.startsWith(before)
        && column.endsWith(after);
  }

  /** What the star stands for in a column that matches. */
  String className(String column) {
    return column.substring(before.length(), column.length() - after.length());
  }

  /** The column of a class. */
  public String column(String className) {
    return before + className + after;
  }
}
