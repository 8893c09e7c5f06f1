package dev.sigmax.table.delta;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.OutputException;
import dev.sigmax.table.OutputTable;
import dev.sigmax.table.RunFolders;
import dev.sigmax.table.TableColumns;
import dev.sigmax.table.TableDescription;
import dev.sigmax.table.TableFormat;
import dev.sigmax.table.TableName;
import dev.sigmax.table.TableRuns;
import dev.sigmax.table.TableSource;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Delta's tables. */
public record DeltaFormat(SparkSession spark, Configuration configuration) implements TableFormat {
  /** As Spark calls it. */
  public static final String PROVIDER = "delta";

  @Override
  public Optional<OutputTable> output(String name) {
    return log(name).map(DeltaTable::served);
  }

  @Override
  public OutputException missing(String name, StructType output) {
    return TableColumns.missing(name, output, PROVIDER);
  }

  @Override
  public TableRuns runs(String name) {
    return new DeltaRuns(require(name));
  }

  @Override
  public RunFolders folders(String name) {
    return new DeltaFolders(require(name));
  }

  private DeltaLog require(String name) {
    return log(name)
        .orElseThrow(() -> new OutputException(ErrorName.TABLE_NOT_FOUND, TableName.missing(name)));
  }

  @Override
  public TableSource source(String name, Optional<String> asOf) {
    return log(name)
        .map(log -> DeltaSource.open(log, asOf))
        .orElseThrow(() -> new InputException(ErrorName.TABLE_NOT_FOUND, TableName.missing(name)));
  }

  private Optional<DeltaLog> log(String name) {
    return TableDescription.of(spark, name)
        .map(
            table -> {
              if (!table.provider().equals(PROVIDER)) {
                throw new OutputException(
                    ErrorName.TABLE_NOT_SERVED,
                    name + " is no Delta table (it is " + table.provider() + "). Name one.");
              }
              return DeltaLog.at(name, table.location(), configuration);
            });
  }
}
