package dev.sigmax.table.catalog;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.spark.SessionSettings;
import dev.sigmax.table.TableFormat;
import dev.sigmax.table.TableName;
import dev.sigmax.table.iceberg.IcebergFormat;
import org.apache.spark.sql.SparkSession;

/** The catalogs that a session knows. */
public final class TableCatalog {
  private TableCatalog() {}

  /**
   * The format of a table, there or not.
   *
   * @throws UsageException where the name has no catalog that the session knows, or the library of
   *     its format is missing
   */
  public static TableFormat formatOf(SparkSession spark, String name) {
    requireSet(spark, TableName.catalog(name));
    TableLibrary.require(spark);
    return new IcebergFormat(spark, SessionSettings.hadoop(spark));
  }

  private static void requireSet(SparkSession spark, String catalog) {
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
}
