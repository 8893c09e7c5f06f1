package dev.sigmax.table;

import dev.sigmax.output.Manifest;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** The rows of a table that make room for those of a run, as they were when the run began. */
public interface TableOverwrite {
  /** The condition that picks them, as it was given. */
  String where();

  /** Refuses where the table's files cannot make room for exactly these rows. */
  void requireWholeFiles();

  /**
   * Puts the files of a manifest in the place of the rows in one step.
   *
   * @param folder where they are, below {@link OutputTable#dataLocation()}
   * @throws dev.sigmax.error.OutputException where the run has other rows than the condition picks,
   *     or others changed those that it does; else as {@link OutputTable#append}
   */
  void commit(Path folder, Manifest manifest) throws IOException;
}
