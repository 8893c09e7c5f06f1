package dev.sigmax.output.publish;

import dev.sigmax.error.Denial;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.files.Pause;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ObjectStore;
import dev.sigmax.output.PublishedManifest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The manifest of a run that is read as an input. Between the two renames of a replacement there is
 * none in the output's place, so it is waited for; one that was cut off is told.
 */
public final class AwaitedRun {
  /** Together far longer than a replacement has nothing in the output's place. */
  private static final int MOST_LOOKS = 20;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private AwaitedRun() {}

  /**
   * The manifest; empty where no run is published at {@code output}, and none was set aside.
   *
   * @throws InputException if it is damaged, or may not be read, or stays set aside
   */
  public static Optional<Manifest> find(Path output, Configuration configuration)
      throws IOException {
    FileSystem fileSystem = output.getFileSystem(configuration);
    for (int looks = 1; ; looks++) {
      Optional<Manifest> found = PublishedManifest.find(output, configuration);
      if (found.isPresent()) {
        return found;
      }
      List<Path> aside = fileSystem.exists(output) ? List.of() : setAside(fileSystem, output);
      if (aside.isEmpty()) {
        // The new run may have come between the two looks.
        return PublishedManifest.find(output, configuration);
      }
      if (looks == MOST_LOOKS) {
        throw new InputException(
            ErrorName.RUN_NOT_PUBLISHED,
            "no run is published at " + output + ". " + Publication.whereItIs(output, aside));
      }
      Pause.of(BETWEEN_LOOKS, "a replacement was looked at");
    }
  }

  /**
   * The manifest.
   *
   * @param advice what to do where none is there
   * @throws InputException if no run is published at {@code output}, or its manifest is damaged or
   *     may not be read
   */
  public static Manifest require(Path output, Configuration configuration, String advice)
      throws IOException {
    Optional<Manifest> found = find(output, configuration);
    return found.isPresent()
        ? found.get()
        : PublishedManifest.require(output, configuration, advice);
  }

  /** None where nothing is renamed, and where this user may not look beside the output. */
  private static List<Path> setAside(FileSystem fileSystem, Path output) throws IOException {
    if (ObjectStore.holds(output) || ObjectStore.isRefused(output)) {
      return List.of();
    }
    try {
      return StagingPaths.allReplaced(fileSystem, output);
    } catch (IOException e) {
      if (Denial.in(e).isEmpty()) {
        throw e;
      }
      return List.of();
    }
  }
}
