package dev.sigmax.table.iceberg;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.input.TableFooters;
import dev.sigmax.input.snapshot.SnapshotOfTable;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.table.AsOf;
import dev.sigmax.table.TableFiles;
import dev.sigmax.table.TableName;
import dev.sigmax.table.TableSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One snapshot of an Iceberg table whose files are its rows: Parquet without deletes. Whether they
 * can be read as the snapshot's columns is seen in their footers.
 */
final class IcebergSource implements TableSource {
  private static final Logger LOG = LoggerFactory.getLogger(IcebergSource.class);

  private final String name;
  private final Schema schema;
  private final FieldIds ids;
  private final Optional<MappedNames> mapping;
  private final Optional<SnapshotOfTable> snapshot;
  private final Listing listing;

  private IcebergSource(
      String name, Table table, Schema schema, Optional<Snapshot> snapshot, Listing listing) {
    StructType columns = SparkSchemaUtil.convert(schema);
    this.name = name;
    this.schema = schema;
    this.ids = new IcebergColumns(name, schema).fieldIds(columns);
    this.mapping = MappedNames.of(table, schema, ids);
    this.snapshot =
        snapshot.map(
            found ->
                new SnapshotOfTable(
                    name,
                    found.snapshotId(),
                    Instant.ofEpochMilli(found.timestampMillis()),
                    columns,
                    ids));
    this.listing = listing;
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
        table,
        schema,
        snapshot,
        snapshot.map(found -> Listing.of(table, name, found)).orElseGet(Listing::new));
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

  /** The files of a snapshot. */
  private record Listing(SortedMap<String, Long> files, Set<Integer> partitions) {
    Listing() {
      this(new TreeMap<>(), new HashSet<>());
    }

    static Listing of(Table table, String name, Snapshot snapshot) {
      Listing listing = new Listing();
      try (CloseableIterable<FileScanTask> tasks =
          table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
        for (FileScanTask task : tasks) {
          listing.add(name, task);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return listing;
    }

    private void add(String name, FileScanTask task) {
      String file = task.file().location();
      if (!task.deletes().isEmpty()) {
        throw tableFiles(name).refused(file, "has rows that were deleted without writing it again");
      }
      if (task.file().format() != FileFormat.PARQUET) {
        throw tableFiles(name).refused(file, "is " + task.file().format() + ", not Parquet");
      }
      files.put(file, task.file().fileSizeInBytes());
      partitions.addAll(task.spec().identitySourceIds());
    }
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
    return listing.files();
  }

  @Override
  public List<Footer> columns(List<Footer> footers) {
    List<Footer> told = footers.stream().map(this::told).toList();
    StoredColumns stored =
        new StoredColumns(
            tableFiles(name), schema, SparkSchemaUtil.convert(schema), ids, listing.partitions());
    told.stream().filter(Footer::readable).forEach(stored::require);
    footers.stream()
        .filter(IcebergSource::hasNoIds)
        .findFirst()
        .ifPresent(named -> requireNames(named, told));
    return told;
  }

  private static boolean hasNoIds(Footer footer) {
    return footer.readable() && footer.fieldIds().isNone();
  }

  private Footer told(Footer footer) {
    if (!hasNoIds(footer)) {
      return footer;
    }
    return mapping
        .orElseThrow(
            () ->
                tableFiles(name)
                    .refused(
                        footer.path(),
                        "has no field ids, and the table no "
                            + TableProperties.DEFAULT_NAME_MAPPING
                            + " to tell its columns by their names"))
        .numbered(footer);
  }

  /** Readers look for ids in the files, or for names in all of them. */
  private void requireNames(Footer named, List<Footer> told) {
    told.stream()
        .filter(
            footer -> footer.readable() && !TableFooters.isAlike(footer, snapshot.orElseThrow()))
        .findFirst()
        .ifPresent(
            other -> {
              throw tableFiles(name)
                  .refused(
                      named.path(),
                      "has no field ids, so its columns are found by their names, and "
                          + (other.path().equals(named.path()) ? "it" : other.path())
                          + " has other columns than the table has now, or in another order");
            });
    LOG.info(
        "Files of {} have no field ids, {} among them: their columns are found by their names, as"
            + " the table's {} says.",
        name,
        named.path(),
        TableProperties.DEFAULT_NAME_MAPPING);
  }
}
