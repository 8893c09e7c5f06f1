package dev.sigmax.job;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.incremental.UnseenFiles;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.progress.Progress;
import dev.sigmax.job.run.OpeningSession;
import dev.sigmax.job.spec.JobSpec;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores the input files that no run under the output has seen, into a run folder of its own. Where
 * another run takes that place first, it begins again with what is left.
 */
public final class IncrementalJob {
  private static final Logger LOG = LoggerFactory.getLogger(IncrementalJob.class);

  /** By a run that published there, or that holds the place and may have published since. */
  private static final Set<ErrorName> PLACE_TAKEN =
      EnumSet.of(ErrorName.OUTPUT_EXISTS, ErrorName.OUTPUT_HELD);

  private final Supplier<SparkSession> spark;
  private final Configuration configuration;
  private final JobSpec spec;
  private final String version;
  private final Progress progress;
  private final Path output;

  /**
   * A run of {@code spec} on what is new.
   *
   * @param spark asked for a session only if something is
   */
  public IncrementalJob(
      Supplier<SparkSession> spark,
      Configuration configuration,
      JobSpec spec,
      String version,
      Progress progress) {
    OutputPath.requireServed(spec.output());
    this.spark = spark;
    this.configuration = configuration;
    this.spec = spec;
    this.version = version;
    this.progress = progress;
    this.output = OutputPath.output(spec.output(), configuration);
  }

  /** Runs the job. Each time that it begins again, another run has published. */
  public Outcome run() throws IOException {
    while (true) {
      progress.phase("listing what is new");
      UnseenFiles unseen =
          FailureExplainer.explained(output, () -> UnseenFiles.of(spec, output, configuration));
      if (unseen.isEmpty()) {
        unseen.lost().forEach(LOG::warn);
        return new Outcome.NothingNew(
            output, unseen.runs().runs().size(), unseen.seenBefore(), unseen.lost());
      }
      try {
        return new ScoringJob(
                OpeningSession.begin(spark), configuration, spec, unseen, version, progress)
            .run();
      } catch (OutputException lost) {
        if (!PLACE_TAKEN.contains(lost.name()) || !unseen.isOvertaken()) {
          throw lost;
        }
        progress.placeClosed();
        LOG.warn(
            "Another run published under {} meanwhile: looking again for what is new.", output);
      }
    }
  }
}
