package dev.sigmax.job.target;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.plan.RunIdentity;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.output.publish.Attempts;
import dev.sigmax.output.publish.PreparedParts;
import dev.sigmax.output.publish.Publication;
import dev.sigmax.output.publish.Staging;
import dev.sigmax.spark.FieldIds;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A folder that appears whole. */
final class FolderTarget implements Target {
  private final Supplier<SparkSession> spark;
  private final Configuration configuration;
  private final JobSpec spec;
  private final Portion portion;
  private final String version;
  private final Path output;

  /** What {@link #earlier} found in the output's place and leaves to be replaced, if readable. */
  private Optional<Manifest> replaced = Optional.empty();

  FolderTarget(
      Supplier<SparkSession> spark,
      Configuration configuration,
      JobSpec spec,
      Portion portion,
      String version) {
    OutputPath.requireServed(spec.output());
    this.spark = spark;
    this.configuration = configuration;
    this.spec = spec;
    this.portion = portion;
    this.version = version;
    this.output = portion.output();
    Attempts.requireNamesFor(output);
  }

  @Override
  public Path output() {
    return output;
  }

  @Override
  public void requireApart(Snapshot snapshot) throws IOException {
    OutputPath.requireApart(Target.paths(spec, snapshot), snapshot, named(), configuration);
    // Told before any work, also where nothing is to be written.
    Publication.at(named(), configuration).requireParent();
  }

  @Override
  public Optional<PublishedRuns.Run> earlier(ScoringPlan plan, RunIdentity identity)
      throws IOException {
    Publication publication = publication();
    if (!spec.dryRun()) {
      publication.recover();
    }
    Optional<PublishedRuns.Run> same =
        publication.occupied()
            ? new OccupiedOutput(spark, configuration, plan, version, output, publication)
                .answer(identity)
                .map(manifest -> new PublishedRuns.Run(output, manifest))
            : Optional.empty();
    if (same.isEmpty()) {
      OthersPlace.refuse(named(), configuration);
      replaced = readable(publication);
    }
    return same;
  }

  private static Optional<Manifest> readable(Publication publication) throws IOException {
    try {
      return publication.published();
    } catch (DifferenceException damaged) {
      return Optional.empty();
    }
  }

  /** {@inheritDoc} A folder takes them all. */
  @Override
  public void requireFits(Supplier<StructType> columns) {}

  @Override
  public ScoringPlan keepApart(ScoringPlan plan) {
    return plan;
  }

  @Override
  public FieldIds fieldIds(StructType columns) {
    return FieldIds.NONE;
  }

  @Override
  public Staging prepare(RunIdentity identity) throws IOException {
    return portion.prepare(publication());
  }

  @Override
  public Path place(Staging staging) {
    return output;
  }

  @Override
  public void publish(Staging staging, Manifest manifest) throws IOException {
    Publication publication = publication();
    // The first run of an incremental job may have come meanwhile.
    OthersPlace.refuse(named(), configuration);
    if (publication.occupied() && spec.replace()) {
      publication.replace(staging, manifest);
    } else {
      publication.publish(staging, manifest);
    }
  }

  /** {@inheritDoc} What was to be replaced did not overtake, nor does a run that lost its files. */
  @Override
  public Optional<PublishedRuns.Run> overtakenBySame(RunIdentity identity) throws IOException {
    Optional<Manifest> there =
        publication()
            .published()
            .filter(other -> !Optional.of(other).equals(replaced))
            .filter(other -> identity.isOf(other, spec.runId()));
    if (there.isEmpty()
        || !PreparedParts.differences(output.getFileSystem(configuration), output, there.get())
            .isEmpty()) {
      return Optional.empty();
    }
    return there.map(other -> new PublishedRuns.Run(output, other));
  }

  /** The output as the job names it: that of an incremental job holds those of its runs. */
  private Path named() {
    return OutputPath.output(spec.output(), configuration);
  }

  private Publication publication() throws IOException {
    return Publication.at(output, configuration);
  }
}
