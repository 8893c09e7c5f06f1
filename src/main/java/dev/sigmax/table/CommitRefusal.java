package dev.sigmax.table;

import dev.sigmax.error.Denial;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.OutputException;
import java.util.Optional;

/**
 * What there is to say of a commit that was not made, or may not have been, whatever the format.
 *
 * @param folder where the run's files are, as the table names it
 */
public record CommitRefusal(String table, String runId, String folder) {
  /**
   * Others changed the table, time and again.
   *
   * @param how in the words of the format
   * @param remedy what may help beside running it again, as the rest of a sentence; empty where
   *     nothing does
   */
  public ExternalException conflict(String how, String remedy, Throwable cause) {
    return new ExternalException(
        ErrorName.TABLE_CONFLICT,
        "other writers changed the table "
            + table
            + " while run "
            + runId
            + " was to be committed ("
            + how
            + "); nothing of it is in the table. Run it again"
            + remedy
            + ".",
        cause);
  }

  /**
   * The same run was faster.
   *
   * @param as the id that it has in the table, where that is told
   */
  public OutputException overtaken(Optional<String> as, Throwable cause) {
    return new OutputException(
        ErrorName.OUTPUT_EXISTS,
        "the same run published to "
            + table
            + " in the meantime"
            + as.map(other -> ", as " + other).orElse("")
            + "; nothing is added to it.",
        cause);
  }

  /** Nobody was let in, so nothing was written. */
  public OutputException denied(Throwable denial, Throwable cause) {
    return new OutputException(
        ErrorName.OUTPUT_NO_PERMISSION,
        "no permission to commit run "
            + runId
            + " to the table "
            + table
            + " ("
            + Denial.firstLine(denial)
            + "); nothing of it is in the table. Run it again when the table may be written.",
        cause);
  }

  /**
   * A commit that was sent and not answered may still arrive.
   *
   * @param who did not answer, such as "the catalog"
   * @param said in its place
   */
  public OutputException notAnswered(String who, Throwable said, Throwable cause) {
    String line = String.valueOf(said.getMessage()).lines().findFirst().orElse("");
    return unclear(
        who
            + " did not answer ("
            + line
            + "), and the table's history does not have the run as yet",
        cause);
  }

  /** Whether the run is in the table cannot be told. */
  public OutputException unclear(String why, Throwable cause) {
    return new OutputException(
        ErrorName.PUBLICATION_UNKNOWN,
        "whether the run "
            + runId
            + " is in the table "
            + table
            + " cannot be told: "
            + why
            + ". Its files stay in "
            + folder
            + ". Run it again: it answers \"already published\", or publishes, and never does so"
            + " twice.",
        cause);
  }
}
