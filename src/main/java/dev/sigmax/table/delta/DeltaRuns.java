package dev.sigmax.table.delta;

import dev.sigmax.output.Manifest;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.table.CommittedRun;
import dev.sigmax.table.RunFolder;
import dev.sigmax.table.RunTrace;
import dev.sigmax.table.TableRuns;
import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.actions.AddFile;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;

/**
 * The runs of a table. Commits are removed from the log in time; that a transaction was made stays,
 * and so does a run's manifest among the data.
 */
final class DeltaRuns implements TableRuns {
  private final DeltaLog log;

  DeltaRuns(DeltaLog log) {
    this.log = log;
  }

  /** By which a table knows a run: the Kernel refuses a version of it that is there. */
  static String transaction(String fingerprint) {
    return "sigmax-" + fingerprint;
  }

  /** The last version of a run's transaction; empty where the table has none. */
  static OptionalLong transactions(DeltaLog log, Snapshot snapshot, String fingerprint) {
    return snapshot
        .getLatestTransactionVersion(log.engine(), transaction(fingerprint))
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  @Override
  public RunTrace withRunId(String runId) throws IOException {
    Snapshot now = log.snapshot();
    DeltaHistory history = DeltaHistory.of(log, run -> run.runId().equals(runId));
    if (history.fate().isPresent()) {
      return history.fate().get().trace(log.location());
    }
    if (history.whole()) {
      return new RunTrace.Never();
    }
    return expired(
        RunFolder.START,
        manifest -> manifest.runId().equals(runId),
        now,
        history.first(),
        new RunTrace.Expired(history.first()));
  }

  @Override
  public RunTrace withFingerprint(String fingerprint) throws IOException {
    Snapshot now = log.snapshot();
    if (transactions(log, now, fingerprint).isEmpty()) {
      return new RunTrace.Never();
    }
    DeltaHistory history = DeltaHistory.of(log, run -> run.fingerprint().equals(fingerprint));
    if (history.fate().isPresent()) {
      return history.fate().get().trace(log.location());
    }
    return expired(
        RunFolder.start(fingerprint),
        manifest -> manifest.fingerprint().equals(fingerprint),
        now,
        history.first(),
        new RunTrace.Received(Optional.empty(), history.first()));
  }

  @Override
  public Optional<CommittedRun> last(Predicate<CommittedRun> wanted) throws IOException {
    return DeltaHistory.of(log, wanted).fate().map(RunFate::run);
  }

  /**
   * Of a run whose commit the log no longer has, the table knows the transaction.
   *
   * @param first since when the history is whole
   * @param gone what is known where the run's folder is gone
   */
  private RunTrace expired(
      String folderStart, Predicate<Manifest> wanted, Snapshot now, Instant first, RunTrace gone)
      throws IOException {
    Set<String> read = null;
    RunTrace known = gone;
    Path data = new Path(log.location());
    for (PublishedRuns.Run run : RunFolder.prepared(data, folderStart, log.configuration())) {
      Manifest manifest = run.manifest();
      if (!wanted.test(manifest) || transactions(log, now, manifest.fingerprint()).isEmpty()) {
        continue;
      }
      read = read == null ? filesOf(now) : read;
      if (isRead(run, read)) {
        return new RunTrace.StillRead(run);
      }
      known = new RunTrace.Received(Optional.of(run.output()), first);
    }
    return known;
  }

  private static boolean isRead(PublishedRuns.Run run, Set<String> read) {
    Set<String> parts = new HashSet<>();
    for (Manifest.PartFile part : run.manifest().output().files()) {
      if (part.rows() > 0) {
        parts.add(run.output().getName() + "/" + part.path());
      }
    }
    return !parts.isEmpty() && read.containsAll(parts);
  }

  /** The files that a table reads whole. */
  private Set<String> filesOf(Snapshot snapshot) throws IOException {
    Set<String> files = new HashSet<>();
    for (AddFile file : LiveFiles.of(log, snapshot)) {
      if (file.getDeletionVector().isEmpty()) {
        files.add(file.getPath());
      }
    }
    return files;
  }
}
