package dev.sigmax.table.iceberg;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.table.CatalogFailure;
import dev.sigmax.table.TableName;
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
   * @throws UsageException where the name is none, or the catalog cannot be loaded
   * @throws OutputException where the table is none of Iceberg's
   */
  static Optional<Table> load(SparkSession spark, String name) {
    try {
      return Optional.of(Spark3Util.loadIcebergTable(spark, name));
    } catch (AnalysisException | NoSuchTableException missing) {
      if (CatalogFailure.isNoName(missing)) {
        throw TableName.refused(name, missing);
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new OutputException(
          ErrorName.TABLE_NOT_SERVED,
          name + " is no Iceberg table (" + e.getMessage() + "). Name one.",
          e);
    } catch (RuntimeException e) {
      throw CatalogFailure.of(name, e);
    }
  }
}
