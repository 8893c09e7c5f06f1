package dev.sigmax.table;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.Outage;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.UsageException;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/** Iceberg's tables by the names that a Spark session knows them by. */
final class CatalogTables {
  private CatalogTables() {}

  /**
   * The table, or empty where its catalog has none of that name.
   *
   * @throws UsageException where the name has no catalog that the session knows
   * @throws OutputException where the table is none of Iceberg's
   */
  static Optional<Table> load(SparkSession spark, String name) {
    requireCatalog(spark, name);
    try {
      return Optional.of(Spark3Util.loadIcebergTable(spark, name));
    } catch (AnalysisException | NoSuchTableException missing) {
      if (missing instanceof AnalysisException analysis
          && String.valueOf(analysis.getCondition()).startsWith("PARSE")) {
        throw noName(name, missing);
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new OutputException(
          ErrorName.TABLE_NOT_SERVED,
          name + " is no Iceberg table (" + e.getMessage() + "). Name one.",
          e);
    } catch (RuntimeException e) {
      throw Outage.explain("the catalog of " + name + " cannot be asked", e)
          .<SigmaxException>map(outage -> outage)
          .orElseGet(
              () ->
                  new UsageException(
                      ErrorName.TABLE_NOT_FOUND,
                      "the table "
                          + name
                          + " cannot be loaded: "
                          + e.getMessage()
                          + ". Check the settings of its catalog.",
                      e));
    }
  }

  /** What to tell a person where there is no such table. */
  static String missing(String name) {
    return "there is no table " + name + ". Check the name, and the catalog's settings.";
  }

  private static void requireCatalog(SparkSession spark, String name) {
    int dot = name.indexOf('.');
    String catalog = dot < 0 ? "" : name.substring(0, dot).replace("`", "");
    if (catalog.isBlank() || name.indexOf('.', dot + 1) < 0) {
      throw noName(name, null);
    }
    String setting = "spark.sql.catalog." + catalog;
    if (spark.conf().getOption(setting).isEmpty()) {
      throw new UsageException(
          ErrorName.TABLE_NOT_FOUND,
          "there is no catalog "
              + catalog
              + ": "
              + setting
              + " is not set. Take --conf "
              + setting
              + "=org.apache.iceberg.spark.SparkCatalog, with its type and its warehouse.");
    }
  }

  private static UsageException noName(String name, Exception cause) {
    return new UsageException(
        ErrorName.OPTION_VALUE,
        "a table is named as CATALOG.DB.TABLE, and " + name + " is no such name.",
        cause);
  }
}
