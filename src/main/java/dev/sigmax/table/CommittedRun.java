package dev.sigmax.table;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * A run as its table's history tells it.
 *
 * @param commit what added it
 * @param folder where its files and its manifest are
 * @param committedAt by the clock of who committed
 * @param replaced the condition on the rows that made room for its; empty where none did
 */
public record CommittedRun(
    String runId,
    String fingerprint,
    Commit commit,
    Path folder,
    Instant committedAt,
    Optional<String> replaced) {
  private static final String RUN_ID = "sigmax.run-id";
  private static final String FINGERPRINT = "sigmax.fingerprint";
  private static final String VERSION = "sigmax.version";
  private static final String FOLDER = "sigmax.folder";
  private static final String WRITE_MODE = "sigmax.write-mode";
  private static final String WHERE = "sigmax.where";

  /**
   * A state of a table.
   *
   * @param word what people of the table's format call one
   * @param number by which the table knows it
   */
  public record Commit(String word, long number) {
    /** As in {@code snapshot 17}. */
    @Override
    public String toString() {
      return word + " " + number;
    }
  }

  /** What a commit says of its run; empty where it is of none. */
  public static Optional<CommittedRun> of(
      Map<String, String> summary, Commit commit, Instant committedAt) {
    String fingerprint = summary.get(FINGERPRINT);
    String folder = summary.get(FOLDER);
    return fingerprint == null || folder == null
        ? Optional.empty()
        : Optional.of(
            new CommittedRun(
                summary.getOrDefault(RUN_ID, ""),
                fingerprint,
                commit,
                new Path(folder),
                committedAt,
                Optional.ofNullable(summary.get(WHERE))));
  }

  /** The same run, where its commit names the folder within the table's. */
  public CommittedRun within(String table) {
    return new CommittedRun(
        runId, fingerprint, commit, new Path(table, folder.getName()), committedAt, replaced);
  }

  /** What a run's commit is to say. */
  public static Map<String, String> summary(
      String runId, String fingerprint, String version, String folder) {
    Map<String, String> summary = new LinkedHashMap<>();
    summary.put(RUN_ID, runId);
    summary.put(FINGERPRINT, fingerprint);
    summary.put(VERSION, version);
    summary.put(FOLDER, folder);
    return summary;
  }

  /** What the commit of an overwrite is to say besides; the condition comes last. */
  public static Map<String, String> summaryOfOverwrite(String where) {
    Map<String, String> summary = new LinkedHashMap<>();
    summary.put(WRITE_MODE, "overwrite");
    summary.put(WHERE, where);
    return summary;
  }

  /** Whether a commit is of the run with this fingerprint. */
  public static boolean is(Map<String, String> summary, String fingerprint) {
    return fingerprint.equals(summary.get(FINGERPRINT));
  }
}
