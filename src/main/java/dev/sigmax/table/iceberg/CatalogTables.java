package dev.sigmax.table.iceberg;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.UsageException;
import dev.sigmax.table.CatalogFailure;
import dev.sigmax.table.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.BaseMetadataTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkSQLProperties;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/** Iceberg's tables by the names that a Spark session knows them by. */
final class CatalogTables {
  private static final List<String> STAGING =
      List.of(SparkSQLProperties.WAP_BRANCH, SparkSQLProperties.WAP_ID);

  private static final Pattern STATE =
      Pattern.compile(".*[.#`]((?:at_timestamp|snapshot_id|branch|tag)_[^.#`]+)`?");

  private CatalogTables() {}

  /**
   * The table, or empty where its catalog has none of that name.
   *
   * @throws UsageException where the name is none, or the catalog cannot be loaded
   * @throws OutputException where the table is none of Iceberg's, or the name is more than a
   *     table's
   */
  static Optional<Table> load(SparkSession spark, String name) {
    try {
      Table table = Spark3Util.loadIcebergTable(spark, name);
      requireWhole(name, table);
      return Optional.of(table);
    } catch (AnalysisException | NoSuchTableException missing) {
      if (CatalogFailure.isNoName(missing)) {
        throw TableName.refused(name, missing);
      }
      return Optional.empty();
    } catch (SigmaxException refused) {
      throw refused;
    } catch (IllegalArgumentException e) {
      throw new OutputException(
          ErrorName.TABLE_NOT_SERVED,
          name + " is no Iceberg table (" + e.getMessage() + "). Name one.",
          e);
    } catch (RuntimeException e) {
      throw CatalogFailure.of(name, e);
    }
  }

  /**
   * Iceberg's catalogs also take names of a table's states, such as {@code lake.db.scores.tag_may},
   * of its branches, and of tables that tell of it.
   */
  private static void requireWhole(String name, Table table) {
    Matcher state = STATE.matcher(name.toLowerCase(Locale.ROOT));
    if (state.matches() && !table.name().toLowerCase(Locale.ROOT).endsWith(state.group(1))) {
      throw new OutputException(
          ErrorName.TABLE_NOT_SERVED,
          name
              + " names a branch, a tag or a snapshot of "
              + table.name()
              + ". Sigmax reads a table as it is, or --as-of a snapshot or a moment, and publishes to"
              + " its main branch. Name the table alone.");
    }
    if (table instanceof BaseMetadataTable) {
      throw new OutputException(
          ErrorName.TABLE_NOT_SERVED,
          name + " tells of a table, and has no files of its own. Name the table.");
    }
  }

  /** Where writes are staged for somebody to look at first, a commit to main would be too early. */
  static void requireMain(SparkSession spark, String name, Table table) {
    if (!Boolean.parseBoolean(
        table.properties().get(TableProperties.WRITE_AUDIT_PUBLISH_ENABLED))) {
      return;
    }
    for (String setting : STAGING) {
      String value = spark.conf().get(setting, null);
      if (value != null) {
        throw new OutputException(
            ErrorName.TABLE_NOT_SERVED,
            "the table "
                + name
                + " has "
                + TableProperties.WRITE_AUDIT_PUBLISH_ENABLED
                + ", and "
                + setting
                + " = "
                + value
                + " asks for writes that do not count yet. Sigmax publishes to the table's main"
                + " branch. Leave the setting out, or publish to a folder and insert from"
                + " there.");
      }
    }
  }
}
