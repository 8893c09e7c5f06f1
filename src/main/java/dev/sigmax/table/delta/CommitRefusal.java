package dev.sigmax.table.delta;

import dev.sigmax.error.Denial;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.Manifest;

/**
 * What there is to say of a commit that was not made.
 *
 * @param folder the name of the folder where the run's files are
 */
record CommitRefusal(DeltaLog log, String folder, Manifest manifest) {
  ExternalException conflict(String why, RuntimeException cause) {
    return new ExternalException(
        ErrorName.TABLE_CONFLICT,
        "other writers changed the table "
            + log.table()
            + " while run "
            + manifest.runId()
            + " was to be committed ("
            + why
            + "); nothing of it is in the table. Run it again.",
        cause);
  }

  OutputException overtaken(RuntimeException cause) {
    return new OutputException(
        ErrorName.OUTPUT_EXISTS,
        "the same run published to " + log.table() + " in the meantime; nothing is added to it.",
        cause);
  }

  /** The store let nobody in, so nothing was written. */
  OutputException denied(Throwable denial, RuntimeException cause) {
    return new OutputException(
        ErrorName.OUTPUT_NO_PERMISSION,
        "no permission to commit run "
            + manifest.runId()
            + " to the table "
            + log.table()
            + " ("
            + Denial.firstLine(denial)
            + "); nothing of it is in the table. Run it again when the log may be written.",
        cause);
  }

  /** A commit that was sent and not answered may still arrive. */
  OutputException notInLog(RuntimeException cause) {
    return unclear(
        "the table's store did not answer ("
            + firstLine(cause.getCause() == null ? cause : cause.getCause())
            + "), and its log does not have the run as yet",
        cause);
  }

  OutputException unclear(String why, Exception cause) {
    return new OutputException(
        ErrorName.PUBLICATION_UNKNOWN,
        "whether the run "
            + manifest.runId()
            + " is in the table "
            + log.table()
            + " cannot be told: "
            + why
            + ". Its files stay in "
            + log.location()
            + "/"
            + folder
            + ". Run it again: it answers \"already published\", or publishes, and never does so"
            + " twice.",
        cause);
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
