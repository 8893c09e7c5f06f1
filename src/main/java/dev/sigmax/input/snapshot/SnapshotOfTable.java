package dev.sigmax.input.snapshot;

import dev.sigmax.spark.FieldIds;
import java.time.Instant;
import org.apache.spark.sql.types.StructType;

/**
 * The snapshot of a table whose files are read.
 *
 * @param columns of the table, in its order; empty where it knows them by nothing but their names
 * @param ids by which it knows them, and what is in them; none where it does not
 */
public record SnapshotOfTable(
    String table, long id, Instant committedAt, StructType columns, FieldIds ids) {
  /** Of a table that knows its columns by their names. */
  public SnapshotOfTable(String table, long id, Instant committedAt) {
    this(table, id, committedAt, new StructType(), FieldIds.NONE);
  }
}
