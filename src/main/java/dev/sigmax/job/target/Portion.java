package dev.sigmax.job.target;

import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.input.snapshot.SnapshotReader;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Source;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.output.publish.Publication;
import dev.sigmax.output.publish.RunsOfFolder;
import dev.sigmax.output.publish.Staging;
import dev.sigmax.parquet.footer.Footer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** What a run scores of its job's inputs, and where it publishes that. */
public interface Portion {
  /** All that a job reads. */
  static Portion all(Supplier<SparkSession> spark, Configuration configuration, JobSpec spec) {
    return spec.source() instanceof Source.Table table
        ? TablePortion.open(spark.get(), configuration, spec, table)
        : new Whole(spec, configuration);
  }

  /** The folder that the run publishes, where it does not publish to a table. */
  Path output();

  /** The files to score, as they are now. */
  Snapshot snapshot();

  /** The runs that are published beside this one's place. */
  default PublishedRuns beside(Configuration configuration) throws IOException {
    return RunsOfFolder.in(output().getParent(), configuration);
  }

  /**
   * The footers of its files, with all that what they are of knows of their columns; refused where
   * they cannot be read as its columns of now.
   */
  default List<Footer> columns(List<Footer> footers) {
    return footers;
  }

  /** The plan for these files, with what a person should know of them; refused if it may not be. */
  default ScoringPlan admit(ScoringPlan plan) {
    return plan;
  }

  /** A place to prepare the output in. */
  default Staging prepare(Publication publication) throws IOException {
    return publication.prepare();
  }

  /** Refuses if the files are not as they were when {@code snapshot} was taken. */
  default void requireUnchanged(Snapshot snapshot) throws IOException {
    snapshot.requireUnchanged(snapshot());
  }

  /** The run's place among the runs of its output; empty where it is the only one. */
  default Optional<Manifest.Incremental> place(ScoringPlan plan) {
    return Optional.empty();
  }

  /** All files of the inputs, published where the job says. */
  record Whole(JobSpec spec, Configuration configuration) implements Portion {
    @Override
    public Path output() {
      return OutputPath.output(spec.output(), configuration);
    }

    @Override
    public Snapshot snapshot() {
      return SnapshotReader.read(spec.inputs(), configuration);
    }
  }
}
