package dev.sigmax.table.iceberg;

import dev.sigmax.table.CommittedRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * The snapshots that led to what a table is now, the last one first. One that was rolled back is
 * not among them.
 *
 * @param snapshots those that are not expired
 */
record TableHistory(List<Snapshot> snapshots) {
  private static final Set<String> KEEPING = Set.of(DataOperations.APPEND, DataOperations.REPLACE);

  static TableHistory of(Table table) {
    List<Snapshot> snapshots = new ArrayList<>();
    SnapshotUtil.currentAncestors(table).forEach(snapshots::add);
    return new TableHistory(List.copyOf(snapshots));
  }

  /** What a snapshot says of its run; empty where it is of none. */
  static Optional<CommittedRun> run(Snapshot snapshot) {
    return CommittedRun.of(
        snapshot.summary(),
        new CommittedRun.Commit("snapshot", snapshot.snapshotId()),
        Instant.ofEpochMilli(snapshot.timestampMillis()));
  }

  /** Those after a snapshot; all where it is none of them. */
  TableHistory since(long snapshotId) {
    return new TableHistory(
        snapshots.stream().takeWhile(snapshot -> snapshot.snapshotId() != snapshotId).toList());
  }

  Optional<CommittedRun> run(Predicate<CommittedRun> wanted) {
    return snapshots.stream()
        .flatMap(snapshot -> run(snapshot).stream())
        .filter(wanted)
        .findFirst();
  }

  /** Since when the history is whole, where snapshots before have expired. */
  Optional<Instant> expiredBefore() {
    if (snapshots.isEmpty()) {
      return Optional.empty();
    }
    Snapshot oldest = snapshots.get(snapshots.size() - 1);
    return oldest.parentId() == null
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(oldest.timestampMillis()));
  }

  /** Whether rows were taken out of the table after a snapshot: deleted, or overwritten. */
  boolean lostRowsSince(CommittedRun run) {
    Set<String> operations = new HashSet<>();
    since(run.commit().number())
        .snapshots()
        .forEach(snapshot -> operations.add(snapshot.operation()));
    return !KEEPING.containsAll(operations);
  }
}
