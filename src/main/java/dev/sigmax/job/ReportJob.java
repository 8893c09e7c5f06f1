package dev.sigmax.job;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.OutputException;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.run.RunReport;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.PublishedManifest;
import dev.sigmax.output.ReportFile;
import dev.sigmax.output.publish.AwaitedRun;
import dev.sigmax.output.publish.NumberedRuns;
import java.io.IOException;
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
      Manifest manifest = AwaitedRun.require(output, configuration, "");
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
}
