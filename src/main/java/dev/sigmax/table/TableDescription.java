package dev.sigmax.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a session's catalog says of a table, whatever the table's format.
 *
 * @param provider the format, in small letters; empty where there is none, as with a view
 * @param location where the table lies; empty where the catalog does not say
 */
public record TableDescription(String provider, String location) {
  /** What comes before the table's own properties; columns come before it. */
  private static final String SECTION = "# Detailed Table Information";

  /** The table, or empty where its catalog has none of that name. */
  public static Optional<TableDescription> of(SparkSession spark, String name) {
    try {
      if (!spark.catalog().tableExists(name)) {
        return Optional.empty();
      }
      List<Row> rows = spark.sql("DESCRIBE TABLE EXTENDED " + name).collectAsList();
      return Optional.of(
          new TableDescription(
              property(rows, "Provider").toLowerCase(Locale.ROOT), property(rows, "Location")));
    } catch (Exception e) { // Scala does not declare which.
      throw CatalogFailure.of(name, e);
    }
  }

  private static String property(List<Row> rows, String key) {
    return rows.stream()
        .dropWhile(row -> !row.getString(0).equals(SECTION))
        .filter(row -> row.getString(0).equals(key))
        .map(row -> row.getString(1))
        .findFirst()
        .orElse("");
  }
}
