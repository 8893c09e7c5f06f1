package dev.sigmax.job.plan;

import dev.sigmax.input.InputTable;
import dev.sigmax.input.snapshot.SnapshotOfTable;
import dev.sigmax.output.Manifest;
import dev.sigmax.spark.FieldIds;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A table that a run reads, in its manifest and from it. */
public final class TableRead {
  private TableRead() {}

  /** What a manifest tells of it. */
  public static Manifest.InputTable inManifest(SnapshotOfTable read, InputTable table) {
    return new Manifest.InputTable(
        read.table(), read.id(), read.committedAt().toString(), columns(table).orElse(null));
  }

  /** The columns of a table that are found by field id; empty where it is by name. */
  static Optional<List<Manifest.InputColumn>> columns(InputTable table) {
    FieldIds ids = table.lookup().ids();
    return table
        .snapshot()
        .table()
        .filter(read -> !ids.isNone())
        .map(
            read ->
                Arrays.stream(read.columns().fields())
                    .map(column -> column(column, ids.byPath().get(column.name())))
                    .toList());
  }

  private static Manifest.InputColumn column(StructField column, int id) {
    return new Manifest.InputColumn(column.name(), column.dataType().sql(), id);
  }

  /** The snapshot of a table that a manifest tells of; empty where it tells of none. */
  public static Optional<SnapshotOfTable> of(Manifest manifest) {
    Manifest.InputTable table = manifest.input().table();
    if (table == null) {
      return Optional.empty();
    }
    List<Manifest.InputColumn> columns = table.columns() == null ? List.of() : table.columns();
    StructType types = new StructType();
    Map<String, Integer> ids = new HashMap<>();
    for (Manifest.InputColumn column : columns) {
      types = types.add(column.name(), DataType.fromDDL(column.type()));
      ids.put(column.name(), column.id());
    }
    return Optional.of(
        new SnapshotOfTable(
            table.name(),
            table.snapshotId(),
            Instant.parse(table.committedAt()),
            types,
            new FieldIds(Map.copyOf(ids))));
  }
}
