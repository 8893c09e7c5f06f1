package dev.sigmax.job;

import dev.sigmax.output.Manifest;
import dev.sigmax.output.Publication;
import dev.sigmax.output.Verification;
import dev.sigmax.refusal.DifferenceRefusal;
import dev.sigmax.refusal.OutputRefusal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a run that finds something in its output's place. */
final class EarlierRun {
  private static final Logger LOG = LoggerFactory.getLogger(EarlierRun.class);

  private final SparkSession spark;
  private final JobSpec spec;
  private final ScoringPlan plan;
  private final String version;
  private final Path output;
  private final Publication publication;

  EarlierRun(
      SparkSession spark, ScoringPlan plan, String version, Path output, Publication publication) {
    this.spark = spark;
    this.plan = plan;
    this.spec = plan.spec();
    this.version = version;
    this.output = output;
    this.publication = publication;
  }

  /**
   * "Already published" for the same run, whole; empty if this run may replace what is there. Every
   * byte is read only for a run that would replace it.
   */
  Optional<Outcome> answer(RunIdentity identity) throws IOException {
    Optional<Manifest> manifest;
    try {
      manifest = publication.published();
    } catch (DifferenceRefusal damaged) {
      return replaceOrRefuse("it is a damaged run: " + damaged.getMessage());
    }
    if (manifest.isEmpty()) {
      throw new OutputRefusal("the output " + output + " " + publication.unpublished());
    }
    if (!identity.isOf(manifest.get(), spec.runId())) {
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
            spark, output, manifest.get(), spec.replace(), spark.sessionState().newHadoopConf());
    if (!differences.isEmpty()) {
      return replaceOrRefuse("it is this run, damaged: " + String.join("; ", differences));
    }
    publication.confirm(manifest.get());
    return Optional.of(new Outcome.AlreadyPublished(output, manifest.get()));
  }

  private Optional<Outcome> replaceOrRefuse(String why) {
    if (!spec.replace()) {
      throw new OutputRefusal(
          "the output "
              + output
              + " exists: "
              + why
              + (why.endsWith("\n") ? "" : ". ")
              + "Name another output, or take --replace to publish over it.");
    }
    LOG.warn("Replacing {}: {}", output, why);
    return Optional.empty();
  }
}
