package dev.sigmax.job.incremental;

import dev.sigmax.input.snapshot.InputFile;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.plan.RunDifferences;
import dev.sigmax.output.publish.NumberedRuns;
import dev.sigmax.output.publish.NumberedRuns.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The input files that the manifests of earlier runs name, held against a listing. */
final class SeenFiles {
  private final SortedMap<String, Seen> byPath;

  SeenFiles(NumberedRuns runs) {
    this.byPath = runs.seen();
  }

  /** What is known of a file; null where no run has seen it. */
  Seen of(InputFile file) {
    return byPath.get(file.redactedPath());
  }

  /** The files of a listing that no run has seen. */
  List<InputFile> unseen(Snapshot now) {
    return now.files().stream().filter(file -> of(file) == null).toList();
  }

  /** The files that were seen and are not in a listing, by path. */
  List<Seen> vanished(Snapshot now) {
    Set<String> there =
        now.files().stream().map(file -> file.redactedPath()).collect(Collectors.toSet());
    return byPath.values().stream().filter(seen -> !there.contains(seen.file().path())).toList();
  }

  /** The files that were written to after a run had seen them, with what is to be said of each. */
  Map<Seen, String> writtenTo(Snapshot now) {
    Map<Seen, String> changes = new HashMap<>();
    for (InputFile file : now.files()) {
      Seen seen = of(file);
      if (seen != null) {
        RunDifferences.writtenTo(seen.file(), file).ifPresent(how -> changes.put(seen, how));
      }
    }
    return changes;
  }

  /**
   * When the youngest of the files that runs have seen was modified, in milliseconds since 1970.
   */
  long lastModified() {
    return byPath.values().stream().mapToLong(seen -> seen.file().modified()).max().orElse(0);
  }

  /** Why a listing is not what runs have seen, a sentence each; files that went are no reason. */
  List<String> differences(Snapshot now) {
    List<String> differences = new ArrayList<>();
    unseen(now).forEach(file -> differences.add(RunDifferences.isNew(file)));
    differences.addAll(writtenTo(now).values());
    return RunDifferences.few(differences);
  }
}
