package dev.sigmax.table.delta;

import dev.sigmax.output.Manifest;
import dev.sigmax.table.CommittedRun;
import dev.sigmax.table.RunTrace;
import dev.sigmax.table.delta.DeltaCommits.Commit;
import dev.sigmax.table.delta.DeltaCommits.FileAction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of a run's rows after it was committed. */
final class RunFate {
  private static final String RESTORE = "RESTORE";

  private final CommittedRun run;
  private final List<FileAction> files;
  private final Set<String> all;
  private final Set<String> left;
  private boolean rewritten;
  private boolean lostRows;
  private boolean rolledBack;

  /** That of a run which this commit added. */
  RunFate(CommittedRun run, Commit commit) {
    this.run = run;
    this.files = commit.added();
    this.all = files.stream().map(FileAction::path).collect(Collectors.toUnmodifiableSet());
    this.left = new HashSet<>(all);
  }

  /** Takes in the commit that came next. */
  void follow(Commit commit) {
    if (commit.operation().equals(RESTORE)) {
      restore(commit);
      return;
    }
    for (FileAction file : commit.removed()) {
      boolean own = left.remove(file.path());
      if (own && !file.changesRows()) {
        rewritten = true;
      } else if (file.changesRows() && (own || rewritten)) {
        // Once written again, a row can be in any file.
        lostRows = true;
      }
    }
  }

  private void restore(Commit commit) {
    boolean removedOthers = false;
    for (FileAction file : commit.removed()) {
      removedOthers |= !left.remove(file.path());
    }
    boolean deletes = false;
    for (FileAction file : commit.added()) {
      if (all.contains(file.path())) {
        left.add(file.path());
        deletes |= file.deletes();
      }
    }
    if (left.equals(all) && !deletes && !all.isEmpty()) {
      rewritten = false;
      lostRows = false;
    } else {
      lostRows |= deletes || !left.isEmpty() || (rewritten && removedOthers);
    }
    rolledBack = left.isEmpty() && !rewritten && !all.isEmpty();
  }

  CommittedRun run() {
    return run;
  }

  /** In the words of all formats. */
  RunTrace trace(String location) {
    if (rolledBack) {
      return new RunTrace.RolledBack(run);
    }
    List<Manifest.PartFile> parts =
        files.stream()
            .map(
                file ->
                    new Manifest.PartFile(
                        location + "/" + file.path(), file.bytes(), file.rows(), null))
            .toList();
    return new RunTrace.Committed(run, parts, lostRows);
  }
}
