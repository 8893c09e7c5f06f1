package dev.sigmax.job;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Answers from the manifest alone whether a run is published. Changes nothing. */
public final class PublishedRun {
  private PublishedRun() {}

  /** The manifest of the run; {@link DifferenceException} where it is not the one in the output. */
  public static Manifest require(String output, String runId, Configuration configuration)
      throws IOException {
    Path path = OutputPath.output(output, configuration);
    Manifest manifest =
        ManifestFile.read(path, configuration)
            .orElseThrow(
                () ->
                    new DifferenceException(
                        ErrorName.RUN_NOT_PUBLISHED,
                        "no run is published at " + path + ", so run " + runId + " is not."));
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
}
