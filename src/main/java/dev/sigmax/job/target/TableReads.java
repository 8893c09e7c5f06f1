package dev.sigmax.job.target;

import dev.sigmax.error.Causes;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.job.failure.FailureExplainer;
import java.io.IOException;
import java.util.Optional;

/** Work that reads files of the table that a run publishes to, which are no input of the run. */
final class TableReads {
  private TableReads() {}

  /** Work that gives nothing back. */
  interface Work {
    void run() throws IOException;
  }

  /**
   * Does it.
   *
   * @throws OutputException where a file of the table cannot be read
   */
  static void of(String table, Work work) throws IOException {
    try {
      work.run();
    } catch (SigmaxException explained) {
      throw explained;
    } catch (Exception e) {
      // Spark throws checked exceptions that its methods do not declare.
      Optional<String> file =
          FailureExplainer.isOfSparkAlone(e)
              ? Optional.empty()
              : FailureExplainer.unreadableFile(e);
      if (file.isEmpty()) {
        throw e;
      }
      throw new OutputException(
          ErrorName.OUTPUT_UNREADABLE,
          "cannot read the file "
              + file.get()
              + " of the table "
              + table
              + ", to see whether its rows are to be overwritten: "
              + Causes.rootMessage(e).lines().findFirst().orElse("")
              + ". Where it is damaged, bring the table back to what it was, by RESTORE or a copy of"
              + " the file.",
          e);
    }
  }
}
