package dev.sigmax.table.iceberg;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.input.SnapshotOfTable;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.table.AsOf;
import dev.sigmax.table.TableFiles;
import dev.sigmax.table.TableName;
import dev.sigmax.table.TableSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One snapshot of an Iceberg table whose files are its rows: Parquet without deletes. That they
 * have the snapshot's columns is seen in their footers.
 */
final class IcebergSource implements TableSource {
  private final String name;
  private final Schema schema;
  private final Optional<SnapshotOfTable> snapshot;
  private final SortedMap<String, Long> files;

  private IcebergSource(
      String name,
      Schema schema,
      Optional<SnapshotOfTable> snapshot,
      SortedMap<String, Long> files) {
    this.name = name;
    this.schema = schema;
    this.snapshot = snapshot;
    this.files = files;
  }

  /**
   * The snapshot.
   *
   * @param asOf its id, or a moment with its offset from UTC; empty for the current one
   * @throws InputException where there is no such table or snapshot, or where its files are not its
   *     rows
   */
  static TableSource open(SparkSession spark, String name, Optional<String> asOf) {
    Table table =
        CatalogTables.load(spark, name)
            .orElseThrow(
                () -> new InputException(ErrorName.TABLE_NOT_FOUND, TableName.missing(name)));
    Optional<Snapshot> snapshot =
        asOf.isPresent()
            ? Optional.of(snapshotAsOf(table, name, asOf.get()))
            : Optional.ofNullable(table.currentSnapshot());
    Schema schema =
        asOf.isPresent()
            ? SnapshotUtil.schemaFor(table, snapshot.get().snapshotId())
            : table.schema();
    return new IcebergSource(
        name,
        schema,
        snapshot.map(
            found ->
                new SnapshotOfTable(
                    name, found.snapshotId(), Instant.ofEpochMilli(found.timestampMillis()))),
        snapshot.map(found -> files(table, name, found)).orElseGet(TreeMap::new));
  }

  private static Snapshot snapshotAsOf(Table table, String name, String asOf) {
    Optional<Snapshot> snapshot =
        AsOf.isNumber(asOf)
            ? AsOf.number(asOf).stream()
                .mapToObj(table::snapshot)
                .filter(Objects::nonNull)
                .findAny()
            : Optional.ofNullable(
                    SnapshotUtil.nullableSnapshotIdAsOfTime(
                        table, AsOf.moment(asOf).toEpochMilli()))
                .map(table::snapshot);
    return snapshot.orElseThrow(
        () -> AsOf.missing(name, "snapshot", asOf, name + ".snapshots", null));
  }

  private static SortedMap<String, Long> files(Table table, String name, Snapshot snapshot) {
    SortedMap<String, Long> files = new TreeMap<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
      for (FileScanTask task : tasks) {
        String file = task.file().location();
        if (!task.deletes().isEmpty()) {
          throw tableFiles(name)
              .refused(file, "has rows that were deleted without writing it again");
        }
        if (task.file().format() != FileFormat.PARQUET) {
          throw tableFiles(name).refused(file, "is " + task.file().format() + ", not Parquet");
        }
        files.put(file, task.file().fileSizeInBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static TableFiles tableFiles(String name) {
    return new TableFiles(name, "CALL CATALOG.system.rewrite_data_files, with rewrite-all");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<SnapshotOfTable> snapshot() {
    return snapshot;
  }

  @Override
  public SortedMap<String, Long> files() {
    return files;
  }

  /** By the same ids, names and types. */
  @Override
  public void requireColumns(List<Footer> footers) {
    StructType columns = SparkSchemaUtil.convert(schema);
    FieldIds ids = new IcebergColumns(name, schema).fieldIds(columns);
    for (Footer footer : footers) {
      if (footer.readable()) {
        requireColumns(footer, columns, ids);
      }
    }
  }

  private void requireColumns(Footer footer, StructType columns, FieldIds ids) {
    TableFiles files = tableFiles(name);
    if (footer.fieldIds().byPath().isEmpty()) {
      throw files.refused(footer.path(), "has no field ids, so it was not written as a table's");
    }
    for (StructField column : columns.fields()) {
      if (!ids.under(column.name()).equals(footer.fieldIds().under(column.name()))) {
        throw files.refusedForColumn(footer, column.name());
      }
    }
    files.requireColumns(footer, columns);
  }
}
