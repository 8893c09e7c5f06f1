package dev.sigmax.table;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;

/** A table's name: CATALOG.DB.TABLE. */
public final class TableName {
  private TableName() {}

  /**
   * The catalog in a table's name.
   *
   * @throws UsageException where the name has no catalog and no two names below it
   */
  public static String catalog(String name) {
    int dot = name.indexOf('.');
    String catalog = dot < 0 ? "" : name.substring(0, dot).replace("`", "");
    if (catalog.isBlank() || name.indexOf('.', dot + 1) < 0) {
      throw refused(name, null);
    }
    return catalog;
  }

  /** The refusal of a text that names no table. */
  public static UsageException refused(String name, Exception cause) {
    return new UsageException(
        ErrorName.OPTION_VALUE,
        "a table is named as CATALOG.DB.TABLE, and " + name + " is no such name.",
        cause);
  }

  /** What to tell a person where there is no such table. */
  public static String missing(String name) {
    return "there is no table " + name + ". Check the name, and the catalog's settings.";
  }
}
