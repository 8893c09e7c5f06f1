package dev.sigmax.job;

import dev.sigmax.error.Causes;
import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.files.Pause;
import dev.sigmax.output.FolderListing;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.output.publish.Publication;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Looks at an output that others may replace meanwhile, file by file. What is wrong with it counts
 * if the run that was looked at is still there, and nothing was renamed around it meanwhile: it may
 * have gone and come back. Else it is looked at again.
 */
final class SettledOutput {
  private static final int MOST_LOOKS = 5;

  /** Far longer than a replacement has nothing in the output's place. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Path output;
  private final Configuration configuration;

  SettledOutput(Path output, Configuration configuration) {
    this.output = output;
    this.configuration = configuration;
  }

  /** A look at an output. */
  @FunctionalInterface
  interface Look {
    /**
     * The manifest, where all is well.
     *
     * @param published the manifest of the run in the output's place; empty where none is
     */
    Manifest at(Optional<Manifest> published) throws IOException;
  }

  /**
   * What a look gives or throws.
   *
   * @throws InputException if the output was another one after each of several looks
   */
  Manifest at(Look look) throws IOException {
    Optional<String> saidBefore = Optional.empty();
    for (int looks = 1; ; looks++) {
      Optional<Manifest> before = Optional.empty();
      long renamed = lastRename();
      try {
        before = ManifestFile.read(output, configuration);
        return look.at(before);
      } catch (Exception failure) {
        // Spark throws checked exceptions that its methods do not declare.
        boolean there = isThere(before, failure);
        boolean last = looks == MOST_LOOKS;
        Optional<String> says = Optional.ofNullable(failure.getMessage());
        // Others may publish beside it all the time; what two looks in a row say is so.
        boolean twice = says.isPresent() && says.equals(saidBefore);
        saidBefore = says;
        boolean counts = there && (last || twice || lastRename() == renamed);
        if (counts || (last && before.isEmpty())) {
          throw failure;
        }
        if (last) {
          throw new InputException(
              ErrorName.OUTPUT_NOT_FOUND,
              "there is no output "
                  + output
                  + " that stays: it was replaced or went "
                  + MOST_LOOKS
                  + " times while it was looked at. Try again when nothing publishes there.",
              failure);
        }
      }
      Pause.of(BETWEEN_LOOKS, "an output was looked at");
    }
  }

  /**
   * When something last came, went or was renamed in the folder that the output lies in. Others may
   * publish beside it, so this says only that it may have been the output.
   */
  private long lastRename() {
    try {
      return FolderListing.lastChange(output.getParent(), configuration);
    } catch (IOException unknown) {
      return 0;
    }
  }

  /** Whether what was looked at is there: the run, or no run at all. */
  private boolean isThere(Optional<Manifest> before, Exception failure) throws IOException {
    if (before.isEmpty()) {
      Publication publication = Publication.at(output, configuration);
      return !publication.occupied() && publication.setAside().isEmpty();
    }
    return !isGone(failure) && before.equals(now());
  }

  /** A file that went while it was looked at, told by no one who knows why. */
  private static boolean isGone(Exception failure) {
    return !(failure instanceof SigmaxException)
        && Causes.chain(failure)
            .anyMatch(
                cause ->
                    cause instanceof FileNotFoundException || cause instanceof NoSuchFileException);
  }

  private Optional<Manifest> now() throws IOException {
    try {
      return ManifestFile.read(output, configuration);
    } catch (DifferenceException damaged) {
      return Optional.empty();
    }
  }
}
