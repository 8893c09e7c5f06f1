package dev.sigmax.job;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.output.publish.NumberedRuns;
import dev.sigmax.spark.SessionSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Reads every run under an incremental output back from disk, and makes sure that no two of them
 * hold the rows of the same input file.
 */
public final class VerifyRunsJob {
  private final SparkSession spark;
  private final Configuration configuration;
  private final Path output;

  /** A verification of the runs under {@code output}. */
  public VerifyRunsJob(SparkSession spark, String output) {
    this.spark = spark;
    this.configuration = SessionSettings.hadoop(spark);
    this.output = OutputPath.output(output, configuration);
  }

  /** The runs, when everything is as their manifests say; else {@link DifferenceException}. */
  public NumberedRuns run() throws IOException {
    return FailureExplainer.explained(output, this::verify);
  }

  private NumberedRuns verify() throws IOException {
    NumberedRuns runs = NumberedRuns.in(output, configuration);
    List<String> differences = new ArrayList<>(runs.faults());
    differences.addAll(runs.scoredTwice());
    for (NumberedRuns.Run run : runs.runs()) {
      differenceOf(run).ifPresent(differences::add);
    }
    if (!differences.isEmpty()) {
      throw new DifferenceException(
          ErrorName.OUTPUT_DAMAGED,
          "the runs under "
              + output
              + " are not what their manifests say:\n"
              + String.join("\n", differences));
    }
    return runs;
  }

  private Optional<String> differenceOf(NumberedRuns.Run run) throws IOException {
    try {
      new VerifyJob(spark, run.folder().toString()).run();
      return Optional.empty();
    } catch (DifferenceException different) {
      return Optional.of(different.getMessage());
    }
  }
}
