package dev.sigmax.table;

import dev.sigmax.output.Manifest;
import dev.sigmax.spark.FieldIds;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A table that runs publish to. A run writes its files to a folder of its own among the table's
 * data, where they stay, and one commit makes them part of the table.
 */
public interface OutputTable extends TableRuns {
  /** Where the table's data lies, and so the folders of its runs, as the table names it. */
  String dataLocation();

  /** Refuses an output whose columns the table does not take. */
  void requireFits(StructType output);

  /** What the table is partitioned by. */
  TablePartitions partitions();

  /** The ids that the table knows an output's columns by; none where it knows them by name. */
  FieldIds fieldIds(StructType output);

  /**
   * Refuses a store on which a commit could undo another's, or be undone. Asked before anything is
   * written.
   *
   * @throws dev.sigmax.error.OutputException with what to do
   */
  void requireCommits() throws IOException;

  /**
   * Adds the files of a manifest in one step, unless a run of its fingerprint has been there.
   *
   * @param folder where they are, below {@link #dataLocation()}
   * @throws dev.sigmax.error.OutputException where such a run has been there; as {@link
   *     dev.sigmax.error.ErrorName#PUBLICATION_UNKNOWN} where it cannot be told whether the files
   *     are in the table
   */
  void append(Path folder, Manifest manifest) throws IOException;

  /**
   * The rows that a condition picks, to be replaced as they are now.
   *
   * @throws dev.sigmax.error.UsageException for a condition that the table's files cannot be chosen
   *     by
   * @throws dev.sigmax.error.OutputException where the table's rows may not be replaced
   */
  TableOverwrite overwrite(SparkSession session, String where);
}
