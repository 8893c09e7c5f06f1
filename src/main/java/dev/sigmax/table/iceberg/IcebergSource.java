package dev.sigmax.table.iceberg;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.SnapshotOfTable;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.table.TableName;
import dev.sigmax.table.TableSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
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
        asOf.matches("\\d+")
            ? id(asOf).map(table::snapshot)
            : Optional.ofNullable(
                    SnapshotUtil.nullableSnapshotIdAsOfTime(table, moment(asOf).toEpochMilli()))
                .map(table::snapshot);
    return snapshot.orElseThrow(
        () ->
            new InputException(
                ErrorName.TABLE_NOT_FOUND,
                "the table "
                    + name
                    + " has no snapshot as of "
                    + asOf
                    + ": it never had, or it has expired. The snapshots that are left are in "
                    + name
                    + ".snapshots."));
  }

  private static Optional<Long> id(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException tooLong) {
      return Optional.empty();
    }
  }

  private static Instant moment(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new UsageException(
          ErrorName.OPTION_VALUE,
          "as-of takes the id of a snapshot, or a moment with its offset from UTC such as"
              + " 2026-11-21T06:00:00Z, not "
              + text
              + ".",
          e);
    }
  }

  private static SortedMap<String, Long> files(Table table, String name, Snapshot snapshot) {
    SortedMap<String, Long> files = new TreeMap<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
      for (FileScanTask task : tasks) {
        String file = task.file().location();
        if (!task.deletes().isEmpty()) {
          throw notAsFiles(name, file, "has rows that were deleted without writing it again");
        }
        if (task.file().format() != FileFormat.PARQUET) {
          throw notAsFiles(name, file, "is " + task.file().format() + ", not Parquet");
        }
        files.put(file, task.file().fileSizeInBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static InputException notAsFiles(String name, String file, String why) {
    return new InputException(
        ErrorName.TABLE_FILES,
        "the table "
            + name
            + " cannot be read file by file: "
            + file
            + " "
            + why
            + ". Write the table's files again (CALL CATALOG.system.rewrite_data_files, with"
            + " rewrite-all), and run again.");
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
    if (footer.fieldIds().byPath().isEmpty()) {
      throw notAsFiles(name, footer.path(), "has no field ids, so it was not written as a table's");
    }
    for (StructField column : columns.fields()) {
      StructField found = column(footer.schema(), column.name());
      if (found == null
          || !ids.under(column.name()).equals(footer.fieldIds().under(column.name()))) {
        throw notAsFiles(
            name,
            footer.path(),
            "was written when the table had no column "
                + column.name()
                + ", or another one of that name");
      }
      if (!found.dataType().catalogString().equals(column.dataType().catalogString())) {
        throw notAsFiles(
            name,
            footer.path(),
            "has the column "
                + column.name()
                + " as "
                + found.dataType().sql()
                + ", and the table as "
                + column.dataType().sql());
      }
    }
    if (footer.schema().length() != columns.length()) {
      throw notAsFiles(name, footer.path(), "has a column that the table has no longer");
    }
  }

  private static StructField column(StructType columns, String name) {
    for (StructField column : columns.fields()) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    return null;
  }
}
