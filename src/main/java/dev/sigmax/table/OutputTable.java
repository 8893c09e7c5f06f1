package dev.sigmax.table;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.Manifest;
import dev.sigmax.spark.FieldIds;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** An Iceberg table that runs publish to. */
public final class OutputTable {
  /** What the names of the folders of runs begin with. */
  static final String FOLDER = "sigmax-";

  private static final int DIGITS = 16;

  private final String name;
  private final Table table;
  private final Configuration configuration;

  private OutputTable(String name, Table table, Configuration configuration) {
    this.name = name;
    this.table = table;
    this.configuration = configuration;
  }

  /** The table, or empty where there is none of that name; refused where it is not served. */
  public static Optional<OutputTable> open(
      SparkSession spark, String name, Configuration configuration) {
    return CatalogTables.load(spark, name)
        .map(
            table -> {
              requireServed(name, table);
              return new OutputTable(name, table, configuration);
            });
  }

  /** The refusal of a table that is not there, with the statement that makes it. */
  public static OutputException missing(String name, StructType output) {
    return new OutputException(
        ErrorName.TABLE_NOT_FOUND,
        "there is no table "
            + name
            + ". Make it, with what options it is to have, and run again:\n"
            + TableColumns.createStatement(name, output));
  }

  private static void requireServed(String name, Table table) {
    if (table.spec().isPartitioned()) {
      throw notServed(
          name, "is partitioned by " + table.spec().fields() + ", and Sigmax writes no partitions");
    }
    if (table.sortOrder().isSorted()) {
      throw notServed(
          name,
          "has the sort order "
              + table.sortOrder().fields()
              + ", and Sigmax writes rows in the order of the input");
    }
    String format =
        table
            .properties()
            .getOrDefault(
                TableProperties.DEFAULT_FILE_FORMAT, TableProperties.DEFAULT_FILE_FORMAT_DEFAULT);
    if (FileFormat.fromString(format) != FileFormat.PARQUET) {
      throw notServed(name, "has " + format + " files, and Sigmax writes Parquet");
    }
    if (table.properties().containsKey(TableProperties.ENCRYPTION_TABLE_KEY)) {
      throw notServed(name, "is encrypted, and Sigmax writes files as they are");
    }
  }

  private static OutputException notServed(String name, String why) {
    return new OutputException(
        ErrorName.TABLE_NOT_SERVED,
        "the table "
            + name
            + " "
            + why
            + ". Publish to a folder and insert from there, or name another table.");
  }

  /** Where the table's data lies, and so the folders of its runs, as the table names it. */
  public String dataLocation() {
    return dataLocation(table);
  }

  static String dataLocation(Table table) {
    return table
        .properties()
        .getOrDefault(TableProperties.WRITE_DATA_LOCATION, table.location() + "/data");
  }

  /** What the name of a run's folder begins with. */
  public static String folderStart(String fingerprint) {
    return FOLDER + fingerprint.substring(0, DIGITS) + "-";
  }

  /** Refuses an output whose columns the table does not take. */
  public void requireFits(StructType output) {
    new TableColumns(name, table.schema()).require(output);
  }

  /** The ids that the table knows an output's columns by. */
  public FieldIds fieldIds(StructType output) {
    return new TableColumns(name, table.schema()).fieldIds(output);
  }

  /** The run of that fingerprint, as the table's history has it now. */
  public RunTrace withFingerprint(String fingerprint) throws IOException {
    table.refresh();
    return new TableRuns(table, configuration).withFingerprint(fingerprint);
  }

  /** The run of that id, as the table's history had it when it was last looked at. */
  public RunTrace withRunId(String runId) throws IOException {
    return new TableRuns(table, configuration).withId(runId);
  }

  /** Adds the files of a manifest in one step, unless a run of its fingerprint has been there. */
  public void append(Path folder, Manifest manifest) {
    new TableCommit(name, table, dataLocation() + "/" + folder.getName(), manifest).append();
  }
}
