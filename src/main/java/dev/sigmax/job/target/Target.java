package dev.sigmax.job.target;

import dev.sigmax.error.OutputException;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.plan.RunIdentity;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.spec.Destination;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Source;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.output.publish.Staging;
import dev.sigmax.spark.FieldIds;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Where a run publishes, and the step by which it does. */
public sealed interface Target permits FolderTarget, TableTarget {
  /** Where the job says; refused where nothing could be published, before any work is done. */
  static Target of(
      Supplier<SparkSession> spark,
      Configuration configuration,
      JobSpec spec,
      Portion portion,
      String version) {
    return spec.destination() instanceof Destination.Table table
        ? TableTarget.open(spark.get(), spec, table)
        : new FolderTarget(spark, configuration, spec, portion, version);
  }

  /** What must not lie in the output: what the job names, or the files of its table. */
  static List<String> paths(JobSpec spec, Snapshot snapshot) {
    return spec.source() instanceof Source.Paths named ? named.paths() : snapshot.paths();
  }

  /** Where what is published will lie, or lies: a folder, or what the folders of runs are in. */
  Path output();

  /** Refuses a snapshot that lies in the output, or the other way round. */
  void requireApart(Snapshot snapshot) throws IOException;

  /**
   * The same run, published and whole; empty if this run may publish.
   *
   * @throws dev.sigmax.error.OutputException if it may not
   */
  Optional<PublishedRuns.Run> earlier(ScoringPlan plan, RunIdentity identity) throws IOException;

  /**
   * The plan, read so that no written file mixes what the target keeps apart; refused if it would.
   */
  ScoringPlan keepApart(ScoringPlan plan);

  /** Refuses columns that cannot be published there; asks for them only if it matters. */
  void requireFits(Supplier<StructType> columns) throws IOException;

  /** The ids that the target knows columns by. */
  FieldIds fieldIds(StructType columns);

  /** A place to prepare the output in. */
  Staging prepare(RunIdentity identity) throws IOException;

  /** Where a run that is prepared there will be found when it is published. */
  Path place(Staging staging);

  /** Publishes what was prepared. When it throws, the message says what is true. */
  void publish(Staging staging, Manifest manifest) throws IOException;

  /** The same run, if another has published it meanwhile. */
  Optional<PublishedRuns.Run> overtakenBySame(RunIdentity identity) throws IOException;

  /** The same after a publication has failed; what hides it now does not hide that failure. */
  default Optional<PublishedRuns.Run> overtakenBySame(
      RunIdentity identity, OutputException failure) {
    try {
      return overtakenBySame(identity);
    } catch (IOException | RuntimeException | Error unknown) {
      failure.addSuppressed(unknown);
      return Optional.empty();
    }
  }
}
