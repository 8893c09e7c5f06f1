package dev.sigmax.job;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.Pause;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.run.RunReport;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.PublishedManifest;
import dev.sigmax.output.ReportFile;
import dev.sigmax.output.publish.NumberedRuns;
import dev.sigmax.output.publish.Publication;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Makes the page of a published run again, from its manifest alone. Starts no Spark. A run that
 * takes the other's place meanwhile gets a page of its own.
 */
public final class ReportJob {
  private static final int MOST_TRIES = 5;

  /** Together far longer than a replacement has nothing in the output's place. */
  private static final int MOST_LOOKS = 20;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Path output;
  private final Configuration configuration;
  private final BiFunction<Manifest, Path, String> page;

  public ReportJob(String output, Configuration configuration) {
    this(output, configuration, RunReport::html);
  }

  /** The same with another way to make a page of a manifest and where its run is. */
  ReportJob(String output, Configuration configuration, BiFunction<Manifest, Path, String> page) {
    this.output = OutputPath.output(output, configuration);
    this.configuration = configuration;
    this.page = page;
  }

  /** Writes the page in the place of the earlier one, and tells where that is. */
  public Path run() throws IOException {
    return FailureExplainer.explained(output, this::write);
  }

  private Path write() throws IOException {
    NumberedRuns.refuse(output, configuration);
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Manifest manifest = published();
      Optional<Path> written = write(page.apply(manifest, output));
      // Written into the folder of a run that came meanwhile, it would be the page of another.
      if (written.isPresent()
          && PublishedManifest.find(output, configuration).equals(Optional.of(manifest))) {
        return written.get();
      }
    }
    throw new InputException(
        ErrorName.OUTPUT_NOT_FOUND,
        "the run at "
            + output
            + " was replaced or went "
            + MOST_TRIES
            + " times while its page was made. Try again when nothing publishes there.");
  }

  /** Writes the page; empty where the run's folder has just gone, such as to be replaced. */
  private Optional<Path> write(String html) throws IOException {
    try {
      return Optional.of(ReportFile.write(output, html, configuration));
    } catch (OutputException gone) {
      if (gone.name() != ErrorName.ATTEMPT_TAKEN_AWAY) {
        throw gone;
      }
      return Optional.empty();
    }
  }

  /** The run; between the two renames of a replacement there is none, so it is looked for again. */
  private Manifest published() throws IOException {
    for (int looks = 1; ; looks++) {
      Optional<Manifest> found = PublishedManifest.find(output, configuration);
      if (found.isPresent()) {
        return found.get();
      }
      List<Path> aside = Publication.at(output, configuration).setAside();
      if (aside.isEmpty()) {
        // The new run may have come between the two looks.
        return PublishedManifest.require(output, configuration, "");
      }
      if (looks == MOST_LOOKS) {
        return PublishedManifest.require(
            output, configuration, " " + Publication.whereItIs(output, aside));
      }
      Pause.of(BETWEEN_LOOKS, "a replacement was looked at");
    }
  }
}
