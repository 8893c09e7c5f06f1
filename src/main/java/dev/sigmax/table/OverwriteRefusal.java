package dev.sigmax.table;

import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;

/**
 * What there is to say of an overwrite that was not made, whatever the format.
 *
 * @param where the condition on the rows that were to make room
 */
public record OverwriteRefusal(String table, String where) {
  /** Rows of a run are not among those that the condition picks. */
  public OutputException rowsOutside(long outside) {
    return new OutputException(
        ErrorName.TABLE_ROWS_OUTSIDE,
        Counted.of(outside, "row of the run is", "rows of the run are")
            + " not among those that the condition --where "
            + where
            + " picks, and the next run would not replace what it does not pick. Nothing of the table "
            + table
            + " was changed. Correct the condition, or leave such rows out of the input. A column"
            + " that the output does not have is null in every row.");
  }

  /**
   * Others changed the rows.
   *
   * @param how in the words of the format
   */
  public OutputException rowsChanged(String runId, String how, Throwable cause) {
    return new OutputException(
        ErrorName.TABLE_ROWS_CHANGED,
        "others added, replaced or deleted rows of the table "
            + table
            + " that --where "
            + where
            + " picks, after run "
            + runId
            + " began ("
            + how
            + "). Nothing of the table was changed. See whose rows are wanted: run it again to put"
            + " these in the place of theirs.",
        cause);
  }
}
