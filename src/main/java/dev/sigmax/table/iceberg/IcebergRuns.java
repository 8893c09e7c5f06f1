package dev.sigmax.table.iceberg;

import dev.sigmax.output.Manifest;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.table.CommittedRun;
import dev.sigmax.table.RunFolder;
import dev.sigmax.table.RunTrace;
import dev.sigmax.table.TableRuns;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The runs of a table: by its history, and, where that has expired, by the manifests among its
 * data.
 */
final class IcebergRuns implements TableRuns {
  private final Table table;
  private final Configuration configuration;

  IcebergRuns(Table table, Configuration configuration) {
    this.table = table;
    this.configuration = configuration;
  }

  @Override
  public RunTrace withRunId(String runId) throws IOException {
    return trace(
        run -> run.runId().equals(runId),
        RunFolder.START,
        manifest -> manifest.runId().equals(runId));
  }

  @Override
  public RunTrace withFingerprint(String fingerprint) throws IOException {
    return trace(
        run -> run.fingerprint().equals(fingerprint),
        RunFolder.start(fingerprint),
        manifest -> manifest.fingerprint().equals(fingerprint));
  }

  @Override
  public Optional<CommittedRun> last(Predicate<CommittedRun> wanted) {
    return TableHistory.of(table).run(wanted);
  }

  private RunTrace trace(
      Predicate<CommittedRun> run, String folderStart, Predicate<Manifest> prepared)
      throws IOException {
    TableHistory history = TableHistory.of(table);
    Optional<CommittedRun> committed = history.run(run);
    if (committed.isPresent()) {
      List<Manifest.PartFile> files = addedBy(table.snapshot(committed.get().commit().number()));
      return new RunTrace.Committed(
          committed.get(),
          files,
          history.lostRowsSince(committed.get())
              && !isRead(files.stream().map(file -> new Path(file.path())).toList()));
    }
    Optional<CommittedRun> elsewhere =
        StreamSupport.stream(table.snapshots().spliterator(), false)
            .flatMap(snapshot -> TableHistory.run(snapshot).stream())
            .filter(run)
            .findFirst();
    if (elsewhere.isPresent()) {
      return new RunTrace.RolledBack(elsewhere.get());
    }
    Optional<Instant> expiredBefore = history.expiredBefore();
    return expiredBefore.isEmpty()
        ? new RunTrace.Never()
        : expired(folderStart, prepared, expiredBefore.get());
  }

  private static List<Manifest.PartFile> files(Iterable<DataFile> files) {
    List<Manifest.PartFile> parts = new ArrayList<>();
    for (DataFile file : files) {
      parts.add(
          new Manifest.PartFile(file.location(), file.fileSizeInBytes(), file.recordCount(), null));
    }
    return parts;
  }

  private List<Manifest.PartFile> addedBy(Snapshot snapshot) {
    return files(SnapshotChanges.builderFor(table).snapshot(snapshot).build().addedDataFiles());
  }

  /** One that was prepared before the history begins may have been committed. */
  private RunTrace expired(String folderStart, Predicate<Manifest> prepared, Instant expiredBefore)
      throws IOException {
    Optional<Path> unclear = Optional.empty();
    Path data = new Path(IcebergTable.dataLocation(table));
    for (PublishedRuns.Run run : RunFolder.prepared(data, folderStart, configuration)) {
      if (!prepared.test(run.manifest()) || !run.publishedAt().isBefore(expiredBefore)) {
        continue;
      }
      if (isRead(run)) {
        return new RunTrace.StillRead(run);
      }
      unclear = Optional.of(run.output());
    }
    return unclear
        .<RunTrace>map(folder -> new RunTrace.Unclear(folder, expiredBefore))
        .orElseGet(() -> new RunTrace.Expired(expiredBefore));
  }

  /** Whether the table reads every file of a run; not known of one without rows. */
  private boolean isRead(PublishedRuns.Run run) throws IOException {
    List<Path> parts =
        run.manifest().output().files().stream()
            .filter(part -> part.rows() > 0)
            .map(part -> new Path(run.output(), part.path()))
            .toList();
    return !parts.isEmpty() && isRead(parts);
  }

  /** Whether the table reads these files, and every row of them. */
  private boolean isRead(List<Path> files) throws IOException {
    Set<String> read = new HashSet<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        if (task.deletes().isEmpty()) {
          read.add(new Path(task.file().location()).toUri().getPath());
        }
      }
    }
    return files.stream().allMatch(file -> read.contains(file.toUri().getPath()));
  }
}
