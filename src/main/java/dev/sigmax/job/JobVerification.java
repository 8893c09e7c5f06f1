package dev.sigmax.job;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.plan.Planner;
import dev.sigmax.job.plan.RunDifferences;
import dev.sigmax.job.plan.RunIdentity;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.target.Portion;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ObjectStore;
import dev.sigmax.output.publish.PreparedParts;
import dev.sigmax.parquet.footer.Footers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Answers whether an output folder is the run of a job on its inputs as they are now: the last word
 * of a scheduled step. Reads the manifest, the listing and the footers; starts no Spark but to ask
 * for a table that the job reads, and changes nothing.
 */
public final class JobVerification {
  private final Supplier<SparkSession> spark;
  private final JobSpec spec;
  private final String version;
  private final Configuration configuration;
  private final Path output;

  /**
   * A verification of {@code spec}'s output by this {@code version} of Sigmax.
   *
   * @param spark asked for only where the job reads a table
   */
  public JobVerification(
      Supplier<SparkSession> spark, JobSpec spec, String version, Configuration configuration) {
    this.spark = spark;
    this.spec = spec;
    this.version = version;
    this.configuration = configuration;
    this.output = OutputPath.output(spec.output(), configuration);
  }

  /**
   * The manifest of the job's run; {@link DifferenceException} where the output is not that run.
   */
  public Manifest run() throws IOException {
    return FailureExplainer.explained(
        output, () -> new SettledOutput(output, configuration).at(this::verify));
  }

  private Manifest verify(Optional<Manifest> found) throws IOException {
    Manifest published =
        found.orElseThrow(
            () ->
                new DifferenceException(
                    ErrorName.RUN_NOT_PUBLISHED, "no run is published at " + output + "."));
    List<String> differences;
    try {
      differences = differences(published);
    } catch (InputException refused) {
      throw new DifferenceException(
          ErrorName.RUN_DIFFERS,
          "the run at "
              + output
              + " cannot be the job's run on its inputs as they are now: "
              + refused.getMessage(),
          refused);
    }
    if (!differences.isEmpty()) {
      throw new DifferenceException(
          ErrorName.RUN_DIFFERS,
          output
              + " is not the run of this job on its inputs as they are now. Run "
              + published.runId()
              + " is published there since "
              + published.publishedAt()
              + ":\n  "
              + String.join("\n  ", differences)
              + "\n"
              + advice(published));
    }
    return published;
  }

  private String advice(Manifest published) {
    if (published.incremental() == null) {
      return ObjectStore.holds(output)
          ? "Remove it with all in it and run score again, or name another output."
          : "Run score again, with --replace to publish over it.";
    }
    return "It is one of the runs of an incremental job, which no job replaces. Verify that job: its"
        + " output is "
        + output.getParent()
        + ".";
  }

  private List<String> differences(Manifest published) throws IOException {
    Portion portion = Portion.all(spark, configuration, spec);
    Snapshot snapshot = portion.snapshot();
    List<String> differences = new ArrayList<>(RunDifferences.ofInputs(published, snapshot));
    if (differences.isEmpty()) {
      // Other files may not even fit the job, and what it comes to on them is not asked.
      InputTable table =
          Planner.table(
              spec, snapshot, portion.columns(Footers.read(snapshot.paths(), configuration)));
      ScoringPlan plan = Planner.plan(configuration, spec, table);
      RunIdentity identity = RunIdentity.of(plan, version);
      differences.addAll(RunDifferences.all(published, plan, identity, version));
    }
    differences.addAll(
        PreparedParts.differences(output.getFileSystem(configuration), output, published));
    return differences;
  }
}
