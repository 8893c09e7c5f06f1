package dev.sigmax.table.catalog;

import dev.sigmax.error.Denial;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.Outage;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.UsageException;
import dev.sigmax.spark.SessionSettings;
import dev.sigmax.table.RunFolders;
import dev.sigmax.table.TableDescription;
import dev.sigmax.table.TableFormat;
import dev.sigmax.table.TableName;
import dev.sigmax.table.TableRuns;
import dev.sigmax.table.TableSource;
import dev.sigmax.table.delta.DeltaFormat;
import dev.sigmax.table.iceberg.IcebergFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** The catalogs that a session knows. */
public final class TableCatalog {
  private static final String SETTING = "spark.sql.catalog.";

  private TableCatalog() {}

  /**
   * One snapshot of a table, to be read: what is refused of the table is refused of the input.
   *
   * @param asOf as {@link TableFormat#source} takes it
   * @throws InputException where there is no such table or snapshot, where it may not be read, or
   *     where its files are not its rows
   */
  public static TableSource source(SparkSession spark, String name, Optional<String> asOf) {
    try {
      return forReading(() -> formatOf(spark, name).source(name, asOf));
    } catch (SigmaxException explained) {
      throw explained;
    } catch (RuntimeException failure) {
      String what = "the table " + name + " cannot be read";
      throw Outage.explain(what, failure)
          .<RuntimeException>map(outage -> outage)
          .or(() -> Denial.explain(what, failure).map(TableCatalog::asInput))
          .orElse(failure);
    }
  }

  /** What a table's history has of runs; {@link InputException} where there is no such table. */
  public static TableRuns runs(SparkSession spark, String name) {
    return forReading(() -> formatOf(spark, name).runs(name));
  }

  /** The folders of a table's runs; {@link InputException} where there is no such table. */
  public static RunFolders folders(SparkSession spark, String name) {
    return forReading(() -> formatOf(spark, name).folders(name));
  }

  /** Whoever only looks at a table finds it missing or unfit as an input is. */
  private static <T> T forReading(Supplier<T> look) {
    try {
      return look.get();
    } catch (OutputException refused) {
      throw asInput(refused);
    }
  }

  private static InputException asInput(OutputException refused) {
    return new InputException(
        refused.name() == ErrorName.OUTPUT_NO_PERMISSION
            ? ErrorName.INPUT_NO_PERMISSION
            : refused.name(),
        refused.getMessage(),
        refused);
  }

  /**
   * The format of a table to publish to, there or not.
   *
   * @throws UsageException where the name has no catalog that the session knows, or the library of
   *     its format is missing
   */
  public static TableFormat formatOf(SparkSession spark, String name) {
    // Spark takes the settings of a catalog from the thread's session, which another has opened.
    SparkSession.setActiveSession(spark);
    TableLibrary library = libraryOf(spark, name);
    library.require(spark);
    return switch (library) {
      case ICEBERG -> new IcebergFormat(spark, SessionSettings.hadoop(spark));
      case DELTA -> new DeltaFormat(spark, SessionSettings.hadoop(spark));
    };
  }

  /** By the catalog, where it has tables of one format; else by the table. */
  private static TableLibrary libraryOf(SparkSession spark, String name) {
    String catalog = implementation(spark, TableName.catalog(name));
    if (catalog.startsWith("org.apache.iceberg.")) {
      return TableLibrary.ICEBERG;
    }
    if (catalog.startsWith("org.apache.spark.sql.delta.")) {
      return TableLibrary.DELTA;
    }
    String provider =
        TableDescription.of(spark, name)
            .orElseThrow(
                () -> new OutputException(ErrorName.TABLE_NOT_FOUND, TableName.missing(name)))
            .provider();
    return switch (provider) {
      case "iceberg" -> TableLibrary.ICEBERG;
      case DeltaFormat.PROVIDER -> TableLibrary.DELTA;
      default ->
          throw new OutputException(
              ErrorName.TABLE_NOT_SERVED,
              "the table "
                  + name
                  + " is "
                  + (provider.isEmpty() ? "of no format" : provider)
                  + ", and Sigmax takes tables of Iceberg and of Delta.");
    };
  }

  private static String implementation(SparkSession spark, String catalog) {
    scala.Option<String> implementation = spark.conf().getOption(SETTING + catalog);
    if (implementation.isEmpty()) {
      throw new UsageException(
          ErrorName.TABLE_NOT_FOUND,
          "there is no catalog "
              + catalog
              + ": "
              + SETTING
              + catalog
              + " is not set. Take --conf "
              + SETTING
              + catalog
              + "=org.apache.iceberg.spark.SparkCatalog, with its type and its warehouse; Delta's"
              + " tables are in spark_catalog.");
    }
    return implementation.get();
  }
}
