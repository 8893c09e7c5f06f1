package dev.sigmax.job;

import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.run.RunReport;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.PublishedManifest;
import dev.sigmax.output.ReportFile;
import dev.sigmax.output.publish.NumberedRuns;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Makes the page of a published run again, from its manifest alone. Starts no Spark. */
public final class ReportJob {
  private final Path output;
  private final Configuration configuration;

  public ReportJob(String output, Configuration configuration) {
    this.output = OutputPath.output(output, configuration);
    this.configuration = configuration;
  }

  /** Writes the page in the place of the earlier one, and tells where that is. */
  public Path run() throws IOException {
    return FailureExplainer.explained(output, this::write);
  }

  private Path write() throws IOException {
    NumberedRuns.refuse(output, configuration);
    Manifest manifest = PublishedManifest.require(output, configuration, "");
    return ReportFile.write(output, RunReport.html(manifest, output), configuration);
  }
}
