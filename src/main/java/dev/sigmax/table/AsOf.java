package dev.sigmax.table;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.UsageException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/** The state of a table that somebody asks for: by its number, or by a moment. */
public final class AsOf {
  private AsOf() {}

  /** Whether a text is a number; {@link #number} says which. */
  public static boolean isNumber(String text) {
    return text.matches("\\d+");
  }

  /** The number of a state; empty where none can have it. */
  public static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException tooLong) {
      return OptionalLong.empty();
    }
  }

  /** The moment. */
  public static Instant moment(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new UsageException(
          ErrorName.OPTION_VALUE,
          "as-of takes the number of a snapshot or version, or a moment with its offset from UTC such"
              + " as 2026-11-21T06:00:00Z, not "
              + text
              + ".",
          e);
    }
  }

  /**
   * The refusal where there is no such state.
   *
   * @param word what people of the table's format call one
   * @param where those that are left can be looked at
   */
  public static InputException missing(
      String table, String word, String asOf, String where, Exception cause) {
    return new InputException(
        ErrorName.TABLE_NOT_FOUND,
        "the table "
            + table
            + " has no "
            + word
            + " as of "
            + asOf
            + ": it never had, or it has expired. Those that are left are in "
            + where
            + ".",
        cause);
  }
}
