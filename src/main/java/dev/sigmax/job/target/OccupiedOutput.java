package dev.sigmax.job.target;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.job.plan.RunDifferences;
import dev.sigmax.job.plan.RunIdentity;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.NumberedFolder;
import dev.sigmax.output.ObjectStore;
import dev.sigmax.output.Verification;
import dev.sigmax.output.publish.NumberedRuns;
import dev.sigmax.output.publish.Publication;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a run that finds something in its output's place. */
public final class OccupiedOutput {
  private static final Logger LOG = LoggerFactory.getLogger(OccupiedOutput.class);

  private final Supplier<SparkSession> spark;
  private final Configuration configuration;
  private final JobSpec spec;
  private final ScoringPlan plan;
  private final String version;
  private final Path output;
  private final Publication publication;

  /**
   * For a run that found {@code output} occupied.
   *
   * @param spark gives any session of the Spark that the run uses, which stays the caller's; asked
   *     only if the bytes of an output are to be looked at
   * @param version Sigmax's own
   * @param publication the one at {@code output}
   */
  public OccupiedOutput(
      Supplier<SparkSession> spark,
      Configuration configuration,
      ScoringPlan plan,
      String version,
      Path output,
      Publication publication) {
    this.spark = spark;
    this.configuration = configuration;
    this.plan = plan;
    this.spec = plan.spec();
    this.version = version;
    this.output = output;
    this.publication = publication;
  }

  /**
   * The manifest of the same run, published and whole; empty if this run may replace what is there.
   * Every byte is read only for a run that would replace it.
   *
   * @throws OutputException if it is another run, or no run, or a damaged one, and is not to be
   *     replaced
   * @throws dev.sigmax.error.UnconfirmedPublicationException if it is the same run and the disk
   *     does not confirm that it has it
   */
  public Optional<Manifest> answer(RunIdentity identity) throws IOException {
    Optional<Manifest> manifest;
    try {
      manifest = publication.published();
    } catch (DifferenceException damaged) {
      requireNoneOfSeveral(NumberedFolder.number(output.getName()).isPresent());
      return replaceOrRefuse("it is a damaged run: " + damaged.getMessage());
    }
    if (manifest.isEmpty() && !publication.occupied()) {
      // It went meanwhile, or is just being replaced.
      return Optional.empty();
    }
    if (manifest.isEmpty() && NumberedRuns.areIn(output, configuration)) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS,
          "the output "
              + output
              + " holds the runs of an incremental job. Take --incremental to add one, or name"
              + " another output.");
    }
    if (manifest.isEmpty()) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS, "the output " + output + " " + publication.unpublished());
    }
    if (!identity.isOf(manifest.get(), spec.runId())) {
      requireNoneOfSeveral(manifest.get().incremental() != null);
      return replaceOrRefuse(
          "run "
              + manifest.get().runId()
              + ", published at "
              + manifest.get().publishedAt()
              + ", is not this job's run on its inputs as they are now:\n  "
              + String.join("\n  ", RunDifferences.all(manifest.get(), plan, identity, version))
              + "\n");
    }
    List<String> differences =
        Verification.differences(
            RunSession.open(spark.get()), output, manifest.get(), spec.replace(), configuration);
    if (!differences.isEmpty() && wasReplaced(manifest.get())) {
      return answer(identity);
    }
    if (!differences.isEmpty()) {
      requireNoneOfSeveral(manifest.get().incremental() != null);
      return replaceOrRefuse("it is this run, damaged: " + String.join("; ", differences));
    }
    publication.confirm(manifest.get());
    return manifest;
  }

  /** Whether the files that were looked at are perhaps of two runs. */
  private boolean wasReplaced(Manifest before) throws IOException {
    try {
      return !publication.published().equals(Optional.of(before));
    } catch (DifferenceException damaged) {
      return true;
    }
  }

  /**
   * Refuses to look further at a run among those of an incremental output: without its number and
   * the files that it had seen, none of them would count.
   */
  private void requireNoneOfSeveral(boolean ofSeveral) {
    if (ofSeveral && !spec.incremental()) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS,
          "the output "
              + output
              + " is a run of an incremental output, and is not replaced. Name another output; or"
              + " remove this folder and run score --incremental again, which scores the files that"
              + " it had seen, if they are still there.");
    }
  }

  private Optional<Manifest> replaceOrRefuse(String why) throws IOException {
    if (!spec.replace()) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS,
          "the output "
              + output
              + " exists: "
              + why
              + (why.endsWith("\n") ? "" : ". ")
              + (ObjectStore.holds(output)
                  ? "Name another output; or remove this one with all in it when nobody reads it,"
                      + " and run the job again."
                  : "Name another output, or take --replace to publish over it."));
    }
    publication.requireReplaceable();
    LOG.warn("Replacing {}: {}", output, why.stripTrailing());
    return Optional.empty();
  }
}
