package dev.sigmax.table;

import dev.sigmax.output.Manifest;
import dev.sigmax.output.PublishedRuns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** What a table knows of a run. */
public sealed interface RunTrace {
  /**
   * A snapshot on the way to what the table is now is of the run.
   *
   * @param files what the snapshot added
   * @param lostRows whether rows were deleted or overwritten since
   */
  record Committed(CommittedRun run, List<Manifest.PartFile> files, boolean lostRows)
      implements RunTrace {}

  /** The snapshot has expired, and the table still reads all of the run's files. */
  record StillRead(PublishedRuns.Run run) implements RunTrace {}

  /** A snapshot is of the run, and was rolled back. */
  record RolledBack(CommittedRun run) implements RunTrace {}

  /**
   * A prepared run is there, and its snapshot would have expired by now: whether there was one
   * cannot be told.
   */
  record Unclear(Path folder, Instant expiredBefore) implements RunTrace {}

  /**
   * The table got the run; its commit has expired, and the table does not read all of the run's
   * files.
   *
   * @param folder where it was prepared; empty where that is gone
   * @param expiredBefore since when the history is whole
   */
  record Received(Optional<Path> folder, Instant expiredBefore) implements RunTrace {}

  /**
   * Nothing is known of it, and snapshots before a moment have expired.
   *
   * @param expiredBefore since when the history is whole
   */
  record Expired(Instant expiredBefore) implements RunTrace {}

  /** The history is whole and does not have it. */
  record Never() implements RunTrace {}
}
