package dev.sigmax.table.iceberg;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.Manifest;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.table.CommittedRun;
import dev.sigmax.table.OutputTable;
import dev.sigmax.table.RunTrace;
import dev.sigmax.table.TableOverwrite;
import dev.sigmax.table.TablePartitions;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** An Iceberg table that runs publish to. */
final class IcebergTable implements OutputTable {
  private final String name;
  private final Table table;
  private final Configuration configuration;

  private IcebergTable(String name, Table table, Configuration configuration) {
    this.name = name;
    this.table = table;
    this.configuration = configuration;
  }

  /** The table; refused where it is not served. */
  static OutputTable served(String name, Table table, Configuration configuration) {
    requireServed(name, table);
    return new IcebergTable(name, table, configuration);
  }

  private static void requireServed(String name, Table table) {
    FilePartition.obstacle(table.spec())
        .ifPresent(
            why -> {
              throw notServed(name, "is partitioned " + why);
            });
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

  @Override
  public String dataLocation() {
    return dataLocation(table);
  }

  static String dataLocation(Table table) {
    return table
        .properties()
        .getOrDefault(TableProperties.WRITE_DATA_LOCATION, table.location() + "/data");
  }

  @Override
  public void requireFits(StructType output) {
    IcebergColumns columns = new IcebergColumns(name, table.schema());
    columns.require(output);
    partitions().requireIn(output);
  }

  @Override
  public TablePartitions partitions() {
    return FilePartition.fields(name, table.spec());
  }

  @Override
  public FieldIds fieldIds(StructType output) {
    return new IcebergColumns(name, table.schema()).fieldIds(output);
  }

  @Override
  public RunTrace withFingerprint(String fingerprint) throws IOException {
    table.refresh();
    return new IcebergRuns(table, configuration).withFingerprint(fingerprint);
  }

  @Override
  public RunTrace withRunId(String runId) throws IOException {
    return new IcebergRuns(table, configuration).withRunId(runId);
  }

  /** {@inheritDoc} The catalog decides between writers. */
  @Override
  public void requireCommits() {}

  @Override
  public Optional<CommittedRun> last(Predicate<CommittedRun> wanted) {
    return new IcebergRuns(table, configuration).last(wanted);
  }

  @Override
  public void append(Path folder, Manifest manifest) {
    new TableCommit(name, table, configuration, folder, manifest).append();
  }

  @Override
  public TableOverwrite overwrite(SparkSession session, String where) {
    return new IcebergOverwrite(session, name, table, configuration, where);
  }
}
