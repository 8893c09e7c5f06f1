package dev.sigmax.table;

import java.io.IOException;

/** What a table's history has of runs. */
public interface TableRuns {
  /** What is known of the run of that id, as the history was when it was last looked at. */
  RunTrace withRunId(String runId) throws IOException;

  /** What is known of the run of that fingerprint, as the history is now. */
  RunTrace withFingerprint(String fingerprint) throws IOException;
}
