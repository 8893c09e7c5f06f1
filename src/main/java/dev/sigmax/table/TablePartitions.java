package dev.sigmax.table;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * What a table is partitioned by. Each of its files has rows of one partition.
 *
 * @param table its name
 * @param fields none where it is not partitioned
 */
public record TablePartitions(String table, List<Field> fields) {
  /**
   * A column, or something computed of it.
   *
   * @param column of the table, and so of an output
   * @param type of the column
   * @param text as in {@code bucket[4](id)}, for a person
   */
  public record Field(String column, DataType type, String text, PartitionRule rule) {}

  /** Refuses an output without a column that the table is partitioned by. */
  public void requireIn(StructType output) {
    Set<String> written = Set.of(output.fieldNames());
    for (Field field : fields) {
      if (!written.contains(field.column())) {
        throw new OutputException(
            ErrorName.TABLE_COLUMNS,
            "the table "
                + table
                + " is partitioned by "
                + field.column()
                + ", and the output has no such column. Keep one of that name in the output"
                + " (--keep).");
      }
    }
  }

  /**
   * The refusal of rows that cannot be kept apart, before they are scored.
   *
   * @param rows which, and why not
   */
  public OutputException mixed(String rows) {
    return refused(
        rows
            + ". A file of a run goes to one partition, and Sigmax reads row groups as they are, so"
            + " nothing was scored. Write the input so that each row group has rows of one"
            + " partition, as where each has a file of its own; or publish to a folder and insert"
            + " from there");
  }

  /** The refusal of a file that was written. */
  public OutputException mixedInPart(String part) {
    return refused(
        "a file of the run, "
            + part
            + ", has rows of several partitions, or statistics that do not tell. Nothing is added"
            + " to the table. Score the rows of each partition by a run of their own, or publish to"
            + " a folder and insert from there");
  }

  /** The refusal of rows for their partitions; begins with what the table is partitioned by. */
  public OutputException refused(String why) {
    return new OutputException(
        ErrorName.TABLE_PARTITIONS,
        "the table "
            + table
            + " is partitioned by "
            + fields.stream().map(Field::text).collect(Collectors.joining(", "))
            + ", and "
            + why
            + ".");
  }
}
