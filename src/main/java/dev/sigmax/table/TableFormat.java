package dev.sigmax.table;

import dev.sigmax.error.OutputException;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/** Tables of one format, by the names that a Spark session knows them by. */
public interface TableFormat {
  /** A table to publish to, or empty where there is none of that name; refused if not served. */
  Optional<OutputTable> output(String name);

  /** The refusal of a table that is not there, with the statement that makes it. */
  OutputException missing(String name, StructType output);

  /** The runs of a table of any kind; refused where there is no such table. */
  TableRuns runs(String name);

  /** The folders of a table's runs; refused where there is no such table. */
  RunFolders folders(String name);

  /**
   * One snapshot of a table.
   *
   * @param asOf which, or a moment with its offset from UTC; empty for the current one
   * @throws dev.sigmax.error.InputException where there is no such table or snapshot, or where its
   *     files are not its rows
   */
  TableSource source(String name, Optional<String> asOf);
}
