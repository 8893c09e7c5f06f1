package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.files.Pause;
import dev.sigmax.output.FolderListing;
import dev.sigmax.output.ObjectStore;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.output.PublishedRuns.LeftOut;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The runs whose outputs lie in a folder, those among them that a replacement has taken out of
 * their place: one that goes on has its new run there in a moment, and one that was cut off is
 * told.
 */
public final class RunsOfFolder {
  /** Together as long as a replacement is given everywhere to go on. */
  private static final int MOST_LOOKS = 20;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private RunsOfFolder() {}

  /**
   * The runs in a folder; an output that stays out of its place is among the unreadable ones, with
   * what puts it back.
   */
  public static PublishedRuns in(Path folder, Configuration configuration) throws IOException {
    if (ObjectStore.holds(folder)) {
      // Nothing is renamed there.
      return PublishedRuns.in(folder, configuration);
    }
    for (int looks = 1; ; looks++) {
      long changed = FolderListing.lastChange(folder, configuration);
      boolean last = looks == MOST_LOOKS;
      if (last || (isSettled(changed) && away(folder, configuration).isEmpty())) {
        PublishedRuns found = PublishedRuns.in(folder, configuration);
        Map<String, List<Path>> away = away(folder, configuration);
        if (last) {
          return told(folder, found, away);
        }
        if (away.isEmpty() && FolderListing.lastChange(folder, configuration) == changed) {
          return found;
        }
      }
      Pause.of(BETWEEN_LOOKS, "a replacement was looked at");
    }
  }

  /** Whether a change from now on would be told by another time. */
  private static boolean isSettled(long changed) {
    return System.currentTimeMillis() - changed >= BETWEEN_LOOKS.toMillis();
  }

  private static PublishedRuns told(
      Path folder, PublishedRuns found, Map<String, List<Path>> away) {
    Stream<LeftOut> told = away.entrySet().stream().map(each -> tell(folder, each));
    return new PublishedRuns(
        found.runs(),
        Stream.concat(found.unreadable().stream(), told).toList(),
        found.unpublished());
  }

  /** The old outputs whose places nothing is in, by the names of those. */
  private static Map<String, List<Path>> away(Path folder, Configuration configuration)
      throws IOException {
    Map<String, List<Path>> away = new TreeMap<>();
    FileStatus[] children = FolderListing.of(folder, configuration);
    for (FileStatus child : children) {
      if (child.isDirectory() && StagingPaths.isReplaced(child.getPath())) {
        away.computeIfAbsent(
                StagingPaths.publishedName(child.getPath()), output -> new ArrayList<>())
            .add(child.getPath());
      }
    }
    for (FileStatus child : children) {
      away.remove(child.getPath().getName());
    }
    return away;
  }

  private static LeftOut tell(Path folder, Map.Entry<String, List<Path>> away) {
    Path output = new Path(folder, away.getKey());
    return new LeftOut(
        output,
        ErrorName.RUN_NOT_PUBLISHED,
        "there is no run at " + output + ". " + Publication.whereItIs(output, away.getValue()));
  }
}
