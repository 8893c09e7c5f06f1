package dev.sigmax.table;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/** What a table's history has of runs. */
public interface TableRuns {
  /** What is known of the run of that id, as the history was when it was last looked at. */
  RunTrace withRunId(String runId) throws IOException;

  /** What is known of the run of that fingerprint, as the history is now. */
  RunTrace withFingerprint(String fingerprint) throws IOException;

  /** The last run of a kind that the history, as far as it reaches, has; empty for none. */
  Optional<CommittedRun> last(Predicate<CommittedRun> wanted) throws IOException;
}
