package dev.sigmax.table.iceberg;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.table.OutputTable;
import dev.sigmax.table.RunFolders;
import dev.sigmax.table.TableColumns;
import dev.sigmax.table.TableFormat;
import dev.sigmax.table.TableName;
import dev.sigmax.table.TableRuns;
import dev.sigmax.table.TableSource;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Iceberg's tables. */
public record IcebergFormat(SparkSession spark, Configuration configuration)
    implements TableFormat {
  @Override
  public Optional<OutputTable> output(String name) {
    Optional<Table> table = CatalogTables.load(spark, name);
    table.ifPresent(found -> CatalogTables.requireMain(spark, name, found));
    return table.map(found -> IcebergTable.served(name, found, configuration));
  }

  @Override
  public OutputException missing(String name, StructType output) {
    return TableColumns.missing(name, output, "iceberg");
  }

  @Override
  public TableRuns runs(String name) {
    return new IcebergRuns(require(name), configuration);
  }

  @Override
  public RunFolders folders(String name) {
    return new IcebergFolders(require(name));
  }

  private Table require(String name) {
    return CatalogTables.load(spark, name)
        .orElseThrow(() -> new OutputException(ErrorName.TABLE_NOT_FOUND, TableName.missing(name)));
  }

  @Override
  public TableSource source(String name, Optional<String> asOf) {
    return IcebergSource.open(spark, name, asOf);
  }
}
