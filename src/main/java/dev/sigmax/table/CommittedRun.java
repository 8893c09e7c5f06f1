package dev.sigmax.table;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.Snapshot;

/**
 * A run as a snapshot of its table tells it.
 *
 * @param folder where its files and its manifest are
 * @param committedAt by the clock of who committed
 */
public record CommittedRun(
    String runId, String fingerprint, long snapshotId, Path folder, Instant committedAt) {
  private static final String RUN_ID = "sigmax.run-id";
  private static final String FINGERPRINT = "sigmax.fingerprint";
  private static final String VERSION = "sigmax.version";
  private static final String FOLDER = "sigmax.folder";

  /** What a snapshot says of its run; empty where it is of none. */
  static Optional<CommittedRun> of(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    String fingerprint = summary.get(FINGERPRINT);
    String folder = summary.get(FOLDER);
    return fingerprint == null || folder == null
        ? Optional.empty()
        : Optional.of(
            new CommittedRun(
                summary.getOrDefault(RUN_ID, ""),
                fingerprint,
                snapshot.snapshotId(),
                new Path(folder),
                Instant.ofEpochMilli(snapshot.timestampMillis())));
  }

  /** What a run's snapshot is to say. */
  static Map<String, String> summary(
      String runId, String fingerprint, String version, String folder) {
    Map<String, String> summary = new LinkedHashMap<>();
    summary.put(RUN_ID, runId);
    summary.put(FINGERPRINT, fingerprint);
    summary.put(VERSION, version);
    summary.put(FOLDER, folder);
    return summary;
  }

  /** Whether a snapshot is of the run with this fingerprint. */
  static boolean is(Snapshot snapshot, String fingerprint) {
    return fingerprint.equals(snapshot.summary().get(FINGERPRINT));
  }
}
