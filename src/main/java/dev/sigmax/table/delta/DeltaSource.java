package dev.sigmax.table.delta;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.input.snapshot.SnapshotOfTable;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.table.AsOf;
import dev.sigmax.table.TableFiles;
import dev.sigmax.table.TableSource;
import io.delta.kernel.Snapshot;
import io.delta.kernel.SnapshotBuilder;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructType;

/**
 * One version of a Delta table whose files are its rows: without partitions, other names of columns
 * in the files, and deletes. That they have the version's columns is seen in their footers.
 */
record DeltaSource(
    String name, StructType columns, SnapshotOfTable version, SortedMap<String, Long> files)
    implements TableSource {
  /** The version; refused where its files are not its rows. */
  static DeltaSource open(DeltaLog log, Optional<String> asOf) {
    Snapshot latest = log.snapshot();
    Snapshot snapshot = asOf.map(text -> asOf(log, latest, text)).orElse(latest);
    requirePlain(log, snapshot);
    return new DeltaSource(
        log.table(),
        TableNeeds.columns(snapshot),
        new SnapshotOfTable(
            log.table(),
            snapshot.getVersion(),
            Instant.ofEpochMilli(snapshot.getTimestamp(log.engine()))),
        files(log, snapshot));
  }

  private static Snapshot asOf(DeltaLog log, Snapshot latest, String text) {
    SnapshotBuilder builder = TableManager.loadSnapshot(log.location());
    try {
      if (AsOf.isNumber(text)) {
        return builder.atVersion(AsOf.number(text).orElse(Long.MAX_VALUE)).build(log.engine());
      }
      long millis = AsOf.moment(text).toEpochMilli();
      return latest.getTimestamp(log.engine()) <= millis
          ? latest
          : builder.atTimestamp(millis, latest).build(log.engine());
    } catch (KernelException missing) {
      throw AsOf.missing(log.table(), "version", text, "DESCRIBE HISTORY " + log.table(), missing);
    }
  }

  private static void requirePlain(DeltaLog log, Snapshot snapshot) {
    Optional<String> mapping = TableNeeds.columnMapping(snapshot);
    if (mapping.isPresent() || !snapshot.getPartitionColumnNames().isEmpty()) {
      throw new InputException(
          ErrorName.TABLE_NOT_SERVED,
          "the table "
              + log.table()
              + " "
              + mapping
                  .map(mode -> "has delta.columnMapping.mode = " + mode)
                  .orElse(
                      "is partitioned by " + String.join(", ", snapshot.getPartitionColumnNames()))
              + ", and Sigmax reads the files of a table by the columns that are in them. Write the"
              + " rows to Parquet files, and read those.");
    }
  }

  private static SortedMap<String, Long> files(DeltaLog log, Snapshot snapshot) {
    SortedMap<String, Long> files = new TreeMap<>();
    try (CloseableIterator<FilteredColumnarBatch> batches =
        snapshot.getScanBuilder().build().getScanFiles(log.engine())) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            Row row = rows.next();
            FileStatus file = InternalScanFileUtils.getAddFileStatus(row);
            if (InternalScanFileUtils.getDeletionVectorDescriptorFromRow(row) != null) {
              throw tableFiles(log.table())
                  .refused(file.getPath(), "has rows that were deleted without writing it again");
            }
            files.put(file.getPath(), file.getSize());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static TableFiles tableFiles(String table) {
    return new TableFiles(table, "INSERT OVERWRITE " + table + " SELECT * FROM " + table);
  }

  @Override
  public Optional<SnapshotOfTable> snapshot() {
    return Optional.of(version);
  }

  /** By the same names and types: without column mapping, a name stays with its column. */
  @Override
  public List<Footer> columns(List<Footer> footers) {
    for (Footer footer : footers) {
      if (footer.readable()) {
        tableFiles(name).requireColumns(footer, columns);
      }
    }
    return footers;
  }
}
