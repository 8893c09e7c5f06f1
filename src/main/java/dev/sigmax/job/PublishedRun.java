package dev.sigmax.job;

import dev.sigmax.error.Counted;
import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.publish.NumberedRuns;
import dev.sigmax.output.publish.Publication;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Answers from the manifest alone whether a run is published. Changes nothing. */
public final class PublishedRun {
  private PublishedRun() {}

  /**
   * The manifest of the run; {@link DifferenceException} where it is not in the output, or among
   * those under it.
   */
  public static Manifest require(String output, String runId, Configuration configuration)
      throws IOException {
    Path path = OutputPath.output(output, configuration);
    return FailureExplainer.explained(path, () -> find(path, runId, configuration));
  }

  private static Manifest find(Path path, String runId, Configuration configuration)
      throws IOException {
    if (NumberedRuns.areIn(path, configuration)) {
      return among(NumberedRuns.in(path, configuration), runId);
    }
    return new SettledOutput(path, configuration)
        .at(published -> named(published, path, runId, configuration));
  }

  private static Manifest named(
      Optional<Manifest> published, Path path, String runId, Configuration configuration)
      throws IOException {
    if (published.isEmpty()) {
      List<Path> aside = Publication.at(path, configuration).setAside();
      throw new DifferenceException(
          ErrorName.RUN_NOT_PUBLISHED,
          "no run is published at "
              + path
              + ", so run "
              + runId
              + " is not."
              + (aside.isEmpty() ? "" : " " + Publication.whereItIs(path, aside)));
    }
    Manifest manifest = published.get();
    if (!manifest.runId().equals(runId)) {
      throw new DifferenceException(
          ErrorName.RUN_NOT_PUBLISHED,
          "run "
              + runId
              + " is not published at "
              + path
              + ": run "
              + manifest.runId()
              + " is, since "
              + manifest.publishedAt()
              + ".");
    }
    return manifest;
  }

  private static Manifest among(NumberedRuns runs, String runId) {
    return runs.runs().stream()
        .map(NumberedRuns.Run::manifest)
        .filter(manifest -> manifest.runId().equals(runId))
        .findFirst()
        .orElseThrow(
            () ->
                new DifferenceException(
                    ErrorName.RUN_NOT_PUBLISHED,
                    "run "
                        + runId
                        + " is not among "
                        + Counted.of(runs.runs().size(), "run")
                        + " under "
                        + runs.output()
                        + "."));
  }
}
