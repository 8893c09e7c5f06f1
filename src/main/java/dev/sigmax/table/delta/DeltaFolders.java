package dev.sigmax.table.delta;

import dev.sigmax.files.ClosedDoor;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.table.RunFolder;
import dev.sigmax.table.RunFolders;
import dev.sigmax.table.delta.DeltaCommits.FileAction;
import io.delta.kernel.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folders of runs in a Delta table: every version that can still be read needs its own, as does
 * a run whose commit is gone from the log.
 */
record DeltaFolders(DeltaLog log) implements RunFolders {
  @Override
  public String dataLocation() {
    return log.location();
  }

  @Override
  public Set<String> known() throws IOException {
    Snapshot now = log.snapshot();
    Set<String> known = new HashSet<>();
    // A version that can be read has its files from the first one, or from a commit since.
    for (Snapshot version : List.of(log.firstReadable(), now)) {
      LiveFiles.of(log, version).forEach(file -> known.add(folder(file.getPath())));
    }
    Set<String> told = new HashSet<>();
    DeltaCommits.forEach(
        log,
        log.firstVersion(),
        commit -> {
          for (List<FileAction> files : List.of(commit.added(), commit.removed())) {
            files.forEach(file -> known.add(folder(file.path())));
          }
          commit
              .run(log.location())
              .ifPresent(
                  run -> {
                    known.add(run.folder().getName());
                    told.add(run.fingerprint());
                  });
        });
    known.addAll(untold(now, told));
    return known;
  }

  private String folder(String path) {
    return new Path(log.resolve(path)).getParent().getName();
  }

  /**
   * Folders of runs that the table has had, of which neither the log tells nor a manifest: one of
   * them is what is left of it.
   *
   * @param told the fingerprints of the runs in the log
   */
  private List<String> untold(Snapshot now, Set<String> told) throws IOException {
    Path data = new Path(log.location());
    FileSystem fileSystem = data.getFileSystem(log.configuration());
    List<PublishedRuns.Run> unconfirmed = new ArrayList<>();
    Set<String> confirmed = new HashSet<>(told);
    for (PublishedRuns.Run run : RunFolder.prepared(data, RunFolder.START, log.configuration())) {
      if (ClosedDoor.exists(fileSystem, ManifestFile.pathIn(run.output()))) {
        confirmed.add(run.manifest().fingerprint());
      } else {
        unconfirmed.add(run);
      }
    }
    List<String> untold = new ArrayList<>();
    for (PublishedRuns.Run run : unconfirmed) {
      String fingerprint = run.manifest().fingerprint();
      if (!confirmed.contains(fingerprint)
          && DeltaRuns.transactions(log, now, fingerprint).isPresent()) {
        untold.add(run.output().getName());
      }
    }
    return untold;
  }
}
