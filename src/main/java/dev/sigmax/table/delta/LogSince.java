package dev.sigmax.table.delta;

import dev.sigmax.table.CommittedRun;
import dev.sigmax.table.delta.DeltaCommits.Commit;
import io.delta.kernel.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was committed to a table after a run had begun.
 *
 * @param start the table as it was then
 * @param now the table as it is
 * @param commits those in between, in their order
 */
record LogSince(String location, Snapshot start, Snapshot now, List<Commit> commits) {
  static LogSince read(DeltaLog log, Snapshot start) throws IOException {
    Snapshot now = log.snapshot();
    List<Commit> commits = new ArrayList<>();
    if (now.getVersion() > start.getVersion()) {
      DeltaCommits.forEach(log, start.getVersion() + 1, now.getVersion(), commits::add);
    }
    return new LogSince(log.location(), start, now, List.copyOf(commits));
  }

  boolean has(Predicate<CommittedRun> wanted) {
    return commits.stream()
        .map(commit -> commit.run(location))
        .flatMap(Optional::stream)
        .anyMatch(wanted);
  }

  /** Whether the columns, the properties or the protocol are not those that were looked at. */
  boolean changesTable() {
    return !now.getMetadata().equals(start.getMetadata())
        || !now.getProtocol().equals(start.getProtocol());
  }
}
