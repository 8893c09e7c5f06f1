package dev.sigmax.table.delta;

import dev.sigmax.table.CommittedRun;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** What a log says of a run, from the first commit that it still has. */
final class DeltaHistory {
  private final long firstVersion;
  private Instant first = Instant.EPOCH;
  private Optional<RunFate> fate = Optional.empty();

  private DeltaHistory(long firstVersion) {
    this.firstVersion = firstVersion;
  }

  /** Reads the log for the last run of a kind. */
  static DeltaHistory of(DeltaLog log, Predicate<CommittedRun> wanted) throws IOException {
    DeltaHistory history = new DeltaHistory(log.firstVersion());
    DeltaCommits.forEach(
        log,
        history.firstVersion,
        commit -> {
          if (commit.version() == history.firstVersion) {
            history.first = commit.at();
          }
          history.take(commit, commit.run(log.location()).filter(wanted));
        });
    return history;
  }

  private void take(DeltaCommits.Commit commit, Optional<CommittedRun> run) {
    if (run.isPresent()) {
      fate = Optional.of(new RunFate(run.get(), commit));
    } else {
      fate.ifPresent(known -> known.follow(commit));
    }
  }

  /** What became of the run; empty where the log does not have it. */
  Optional<RunFate> fate() {
    return fate;
  }

  /** When the first commit was made that the log has. */
  Instant first() {
    return first;
  }

  /** Whether that is the table's first one. */
  boolean whole() {
    return firstVersion == 0;
  }
}
