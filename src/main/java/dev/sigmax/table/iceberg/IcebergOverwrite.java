package dev.sigmax.table.iceberg;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.Manifest;
import dev.sigmax.spark.RowFilterReader;
import dev.sigmax.table.OverwriteRefusal;
import dev.sigmax.table.TableOverwrite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ResidualEvaluator;
import org.apache.iceberg.expressions.StrictMetricsEvaluator;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a table that make room for those of a run: what a condition picks, in whole files, as
 * they were when the run began.
 */
final class IcebergOverwrite implements TableOverwrite {
  private final SparkSession spark;
  private final String name;
  private final Table table;
  private final Configuration configuration;
  private final String where;
  private final Expression filter;
  private final Optional<Long> start;

  /** The condition is refused where Iceberg's files cannot be chosen by it. */
  IcebergOverwrite(
      SparkSession spark, String name, Table table, Configuration configuration, String where) {
    this.spark = spark;
    this.name = name;
    this.table = table;
    this.configuration = configuration;
    this.where = where;
    this.filter =
        IcebergFilter.of(
            RowFilterReader.read(spark, SparkSchemaUtil.convert(table.schema()), where));
    this.start = Optional.ofNullable(table.currentSnapshot()).map(Snapshot::snapshotId);
  }

  @Override
  public String where() {
    return where;
  }

  /** The snapshot that the run began on; empty where the table had none. */
  Optional<Long> start() {
    return start;
  }

  /**
   * {@inheritDoc} One is where a file of the table has rows that the condition picks and others, or
   * where its statistics do not tell: Iceberg takes whole files out.
   */
  @Override
  public void requireWholeFiles() {
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().filter(filter).includeColumnStats().planFiles()) {
      for (FileScanTask task : tasks) {
        if (!isAllPicked(task.file(), task.residual())) {
          throw new OutputException(
              ErrorName.TABLE_FILE_SPLIT,
              "the table "
                  + name
                  + " has the file "
                  + task.file().location()
                  + ", in which the condition --where "
                  + where
                  + " picks some rows and not others, or whose statistics do not tell. An overwrite"
                  + " takes whole files out. Delete the rows first (DELETE FROM "
                  + name
                  + " WHERE "
                  + where
                  + "), which writes the file again, and run again; or choose a condition that the"
                  + " files were written by.");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isAllPicked(DataFile file, Expression residual) {
    return new StrictMetricsEvaluator(table.schema(), residual).eval(file);
  }

  /** Refuses files of a run with rows that the condition does not pick. */
  private void requireRowsInside(List<DataFile> files) {
    ResidualEvaluator residuals = ResidualEvaluator.of(table.spec(), filter, true);
    List<String> doubtful =
        files.stream()
            .filter(file -> !isAllPicked(file, residuals.residualFor(file.partition())))
            .map(DataFile::location)
            .toList();
    if (doubtful.isEmpty()) {
      return;
    }
    StructType columns = SparkSchemaUtil.convert(table.schema());
    long outside =
        spark
            .read()
            .schema(columns)
            .parquet(doubtful.toArray(new String[0]))
            .where(functions.not(functions.coalesce(functions.expr(where), functions.lit(false))))
            .count();
    if (outside > 0) {
      throw new OverwriteRefusal(name, where).rowsOutside(outside);
    }
    throw new OutputException(
        ErrorName.TABLE_FILE_SPLIT,
        "the condition --where "
            + where
            + " picks all rows of the run, but the statistics that the table "
            + name
            + " keeps do not tell, so the next run could not replace them. Nothing of the table was"
            + " changed. Statistics hold the first 16 characters of a text, unless the table says"
            + " otherwise (ALTER TABLE "
            + name
            + " SET TBLPROPERTIES ('write.metadata.metrics.column.COLUMN' = 'full')), and tell"
            + " nothing of LIKE; a comparison with = or IN of a shorter text does.");
  }

  @Override
  public void commit(Path folder, Manifest manifest) {
    new TableCommit(name, table, configuration, folder, manifest).overwrite(this);
  }

  /** The change of the table that puts files in the place of the rows. */
  OverwriteFiles with(List<DataFile> files) {
    requireRowsInside(files);
    OverwriteFiles update =
        table
            .newOverwrite()
            .overwriteByRowFilter(filter)
            .conflictDetectionFilter(filter)
            .validateNoConflictingData()
            .validateNoConflictingDeletes();
    start.ifPresent(update::validateFromSnapshot);
    files.forEach(update::addFile);
    if (!files.isEmpty()) {
      update.validateAddedFilesMatchOverwriteFilter();
    }
    return update;
  }
}
