package dev.sigmax.table.delta;

import dev.sigmax.output.Manifest;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.table.RunFolder;
import dev.sigmax.table.RunTrace;
import dev.sigmax.table.TableRuns;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
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
        RunFolder.START, manifest -> manifest.runId().equals(runId), now, history.first());
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
        history.first());
  }

  /** Of a run whose commit the log no longer has, the table knows the transaction. */
  private RunTrace expired(
      String folderStart, Predicate<Manifest> wanted, Snapshot now, Instant first)
      throws IOException {
    Set<String> read = null;
    RunTrace known = new RunTrace.Expired(first);
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
      known = new RunTrace.Received(run.output(), first);
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
    try (CloseableIterator<FilteredColumnarBatch> batches =
        snapshot.getScanBuilder().build().getScanFiles(log.engine())) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            Row file = DeltaCommits.struct(rows.next(), "add").orElseThrow();
            if (DeltaCommits.struct(file, "deletionVector").isEmpty()) {
              files.add(DeltaCommits.text(file, "path").orElseThrow());
            }
          }
        }
      }
    }
    return files;
  }
}
