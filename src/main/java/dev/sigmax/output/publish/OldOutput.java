package dev.sigmax.output.publish;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.Pause;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output that a replacement takes out of its place: set aside by one rename, so that it can
 * come back.
 */
final class OldOutput {
  private static final Logger LOG = LoggerFactory.getLogger(OldOutput.class);

  /**
   * A replacement that goes on has done its second rename by then, as good as always: and if not,
   * it begins again.
   */
  private static final Duration UNDER_WAY = Duration.ofSeconds(1);

  /** Far more than others who replace the same output are likely to be quicker in a row. */
  private static final int MOST_TRIES = 20;

  private final Path output;
  private final Configuration configuration;
  private final FileSystem fileSystem;
  private final AtomicRename renames;
  private final Duration underWay;

  OldOutput(Path output, Configuration configuration, AtomicRename renames) throws IOException {
    this(output, configuration, renames, UNDER_WAY);
  }

  OldOutput(Path output, Configuration configuration, AtomicRename renames, Duration underWay)
      throws IOException {
    this.underWay = underWay;
    this.output = output;
    this.configuration = configuration;
    this.fileSystem = output.getFileSystem(configuration);
    this.renames = renames;
  }

  /** All that were set aside and neither came back nor were removed. */
  List<Path> all() throws IOException {
    return StagingPaths.allReplaced(fileSystem, output);
  }

  /**
   * Those that will not come back, since the output is in its place: of replacements that were cut
   * off behind their second rename, or that go on and are about to remove them.
   */
  List<Path> leftOver() throws IOException {
    // In this order: what is set aside after the look at the place may be all there is of the
    // output.
    List<Path> aside = all();
    return renames.occupied(output) ? aside : List.of();
  }

  /** Whether a run was set aside, by whomever: then it had been in the output's place. */
  boolean has(Manifest manifest) throws IOException {
    for (Path aside : all()) {
      if (ManifestFile.isAt(aside, manifest, configuration)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Sets the output aside; false where it has gone in the meantime. What turns out to be no run of
   * Sigmax is put back, and so is what cannot be looked at.
   */
  boolean setAside(Path aside) throws IOException {
    for (int tries = 1; !move(aside, tries == MOST_TRIES); tries++) {
      if (!renames.occupied(output)) {
        return false;
      }
    }
    try {
      requireRun(aside);
    } catch (OutputException | IOException other) {
      // Not there any more means that someone has put it back while it was looked at.
      if (renames.occupied(aside)) {
        putBack(aside);
        throw other;
      }
    }
    return true;
  }

  /** One rename; false where another replacement was quicker, and perhaps has its own run there. */
  private boolean move(Path aside, boolean last) throws IOException {
    requireRun(output);
    try {
      renames.rename(output, aside);
      return true;
    } catch (FileNotFoundException | NoSuchFileException gone) {
      if (last && renames.occupied(output)) {
        throw gone;
      }
      return false;
    }
  }

  private void requireRun(Path folder) throws IOException {
    if (isForeign(folder)) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS,
          "what came to be at "
              + output
              + " is no published run of Sigmax, and is not replaced. Name another output, or"
              + " remove it yourself.");
    }
  }

  /** Whether what is at a path is no run of Sigmax; a damaged run is one too. */
  boolean isForeign(Path folder) throws IOException {
    try {
      // Another replacement may take a run away between the two questions, and put the next there.
      for (int looks = 0; looks < MOST_TRIES; looks++) {
        if (!renames.occupied(folder) || ManifestFile.read(folder, configuration).isPresent()) {
          return false;
        }
      }
      return true;
    } catch (DifferenceException damaged) {
      LOG.debug("A damaged run is one too.", damaged);
      return false;
    }
  }

  /** The manifest of the output in its place; empty where none is, or a damaged run. */
  Optional<Manifest> manifest() throws IOException {
    try {
      return ManifestFile.read(output, configuration);
    } catch (DifferenceException damaged) {
      return Optional.empty();
    }
  }

  /**
   * Puts it back after a replacement that failed. It stays where another run has been in its place
   * since: there, or set aside by one more replacement, which goes on.
   */
  void putBackUnlessReplaced(Path aside) throws IOException {
    if (all().stream().allMatch(aside::equals)) {
      putBack(aside);
    } else {
      LOG.warn("The old output of {} stays at {}: another run is being replaced.", output, aside);
    }
  }

  /** Puts it back, if its place is free. */
  void putBack(Path aside) throws IOException {
    if (renames.occupied(output)) {
      LOG.warn("The old output of {} stays at {}: another took its place.", output, aside);
    } else {
      renames.rename(aside, output);
    }
  }

  /** Puts back what a replacement that was cut off had set aside. */
  void recover() throws IOException {
    if (all().isEmpty()) {
      return;
    }
    waitForOneUnderWay();
    List<Path> aside = all();
    if (aside.isEmpty()) {
      return;
    }
    if (renames.occupied(output)) {
      LOG.warn("Replaced outputs of {} were not removed: {}", output, aside);
      return;
    }
    if (aside.size() > 1) {
      throw new OutputException(
          ErrorName.OLD_OUTPUTS_UNCLEAR,
          "replacements of "
              + output
              + " were cut off. "
              + Publication.whichComesBack(output, aside));
    }
    LOG.warn("A replacement of {} was cut off: putting {} back.", output, aside.get(0));
    try {
      putBack(aside.get(0));
    } catch (IOException e) {
      // Another process puts it back as well and was quicker, or the replacement goes on.
      if (renames.occupied(aside.get(0)) && !renames.occupied(output)) {
        throw e;
      }
    }
  }

  private void waitForOneUnderWay() throws IOException {
    if (renames.occupied(output)) {
      return;
    }
    Pause.of(underWay, "a replacement was looked at");
  }
}
