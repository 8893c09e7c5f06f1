package dev.sigmax.table.delta;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.table.TablePartitions;
import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.exceptions.KernelException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a table asks of its writers: each is respected by an append of plain files, or declined. */
final class TableNeeds {
  /**
   * Features that an append of files respects as it is, or with what the Kernel does. Where one
   * says something of columns, the columns are looked at.
   */
  private static final Set<String> RESPECTED =
      Set.of(
          "appendOnly",
          "changeDataFeed",
          "checkConstraints",
          "checkpointProtection",
          "columnMapping",
          "deletionVectors",
          "domainMetadata",
          "generatedColumns",
          "identityColumns",
          "inCommitTimestamp",
          "invariants",
          "rowTracking",
          "timestampNtz",
          "typeWidening",
          "v2Checkpoint",
          "vacuumProtocolCheck");

  private static final Map<String, String> KINDS_OF_COLUMNS =
      Map.of(
          "delta.invariants", "with an invariant",
          "delta.generationExpression", "as a generated column",
          "delta.identity.start", "as an identity column",
          "__CHAR_VARCHAR_TYPE_STRING", "as CHAR or VARCHAR");

  private static final String MAPPING = "delta.columnMapping.mode";
  private static final String FORGETS_TRANSACTIONS = "delta.setTransactionRetentionDuration";
  private static final String CONSTRAINT = "delta.constraints.";

  private final String table;
  private final Snapshot snapshot;

  TableNeeds(DeltaLog log, Snapshot snapshot) {
    this.table = log.table();
    this.snapshot = snapshot;
  }

  /** A table's columns as Spark has them. */
  static StructType columns(Snapshot snapshot) {
    return (StructType) DataType.fromJson(snapshot.getMetadata().getSchemaString());
  }

  /** How columns are called in files, where that is not by their names. */
  static Optional<String> columnMapping(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.getMetadata().getConfiguration().get(MAPPING))
        .filter(mode -> !mode.equals("none"));
  }

  /** Refuses a table to which plain files cannot be appended, with the reason. */
  void requireServed(DeltaLog log) {
    Set<String> unknown = new TreeSet<>(snapshot.getProtocol().getReaderAndWriterFeatures());
    unknown.removeAll(RESPECTED);
    if (!unknown.isEmpty()) {
      throw declined("needs " + String.join(", ", unknown) + ", which Sigmax does not write");
    }
    for (TablePartitions.Field field : DeltaPartitions.of(table, snapshot).declined()) {
      throw declined(
          "is partitioned by "
              + field.column()
              + ", as "
              + field.type().sql()
              + ", whose values Sigmax does not write as partitions");
    }
    requirePlainProperties();
    requirePlainColumns();
    try {
      snapshot.buildUpdateTableTransaction("sigmax", Operation.WRITE).build(log.engine());
    } catch (KernelException unsupported) {
      throw declined("cannot be written to: " + unsupported.getMessage());
    }
  }

  /** Refuses a table whose rows may not be replaced by a commit of files, with the reason. */
  void requireOverwritten() {
    for (String property : List.of("delta.appendOnly", "delta.enableChangeDataFeed")) {
      if (Boolean.parseBoolean(snapshot.getMetadata().getConfiguration().get(property))) {
        throw declined(
            "has "
                + property
                + " = true, "
                + (property.equals("delta.appendOnly")
                    ? "so its rows stay as they are"
                    : "and Delta Kernel does not replace rows where the changes are recorded"));
      }
    }
  }

  private void requirePlainProperties() {
    Map<String, String> properties = snapshot.getMetadata().getConfiguration();
    columnMapping(snapshot)
        .ifPresent(
            mode -> {
              throw declined(
                  "has " + MAPPING + " = " + mode + ", and Sigmax writes columns by their names");
            });
    for (String property : new TreeSet<>(properties.keySet())) {
      if (property.startsWith(CONSTRAINT)) {
        throw declined(
            "has the constraint "
                + property.substring(CONSTRAINT.length())
                + ", and Sigmax does not check it");
      }
    }
    if (properties.containsKey(FORGETS_TRANSACTIONS)) {
      throw declined(
          "has "
              + FORGETS_TRANSACTIONS
              + ", so it would forget a run and take it twice. Take ALTER TABLE "
              + table
              + " UNSET TBLPROPERTIES ('"
              + FORGETS_TRANSACTIONS
              + "')");
    }
  }

  private void requirePlainColumns() {
    for (StructField column : columns(snapshot).fields()) {
      KINDS_OF_COLUMNS.forEach(
          (key, kind) -> {
            if (column.metadata().contains(key)) {
              throw declined(
                  "has "
                      + column.name()
                      + " "
                      + kind
                      + ", and Sigmax writes values as they are, without checks of the table's");
            }
          });
    }
  }

  private OutputException declined(String why) {
    return new OutputException(
        ErrorName.TABLE_NOT_SERVED,
        "the table "
            + table
            + " "
            + why
            + ". Publish to a folder and insert from there, or name another table.");
  }
}
