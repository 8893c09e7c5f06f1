package dev.sigmax.job;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.Planner;
import dev.sigmax.job.plan.RunDifferences;
import dev.sigmax.job.plan.RunIdentity;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.spec.Destination;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.target.Portion;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.parquet.footer.Footers;
import dev.sigmax.spark.SessionSettings;
import dev.sigmax.table.CommittedRun;
import dev.sigmax.table.RunTrace;
import dev.sigmax.table.TableRuns;
import dev.sigmax.table.catalog.TableCatalog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Answers whether a table has the run of a job on its inputs as they are now, with all of its rows:
 * where it has, the same job again would answer "already published". Reads the table's history, the
 * listing, the footers, and the run's files; changes nothing.
 */
public final class TableJobVerification {
  private final SparkSession spark;
  private final Configuration configuration;
  private final JobSpec spec;
  private final String version;
  private final Destination.Table destination;

  /** A verification of {@code spec}'s run in {@code destination}, by this version of Sigmax. */
  public TableJobVerification(
      SparkSession spark, JobSpec spec, Destination.Table destination, String version) {
    this.spark = spark;
    this.configuration = SessionSettings.hadoop(spark);
    this.spec = spec;
    this.version = version;
    this.destination = destination;
  }

  /** The run; {@link DifferenceException} where the table does not have it, or not whole. */
  public VerifiedInTable run() throws IOException {
    return FailureExplainer.explained(new Path("/" + table()), this::verify);
  }

  private String table() {
    return destination.name();
  }

  private VerifiedInTable verify() throws IOException {
    TableRuns runs = runs();
    ScoringPlan plan = plan();
    RunIdentity identity = RunIdentity.of(plan, version);
    RunTrace trace = runs.withFingerprint(identity.fingerprint());
    if (trace instanceof RunTrace.Committed committed && committed.lostRows()) {
      throw lostRows(committed.run());
    }
    if (trace instanceof RunTrace.Never || trace instanceof RunTrace.Expired) {
      Optional<CommittedRun> other = inItsPlace(runs);
      if (other.isPresent()) {
        throw another(other.get(), plan, identity);
      }
    }
    VerifiedInTable found =
        new TracedRun(spark, configuration, table(), identity.runId()).verified(trace);
    requireId(found);
    return found;
  }

  private TableRuns runs() {
    try {
      return TableCatalog.runs(spark, table());
    } catch (InputException missing) {
      throw missing.name() == ErrorName.TABLE_NOT_FOUND
          ? new DifferenceException(
              ErrorName.RUN_NOT_PUBLISHED, "no run is published: " + missing.getMessage(), missing)
          : missing;
    }
  }

  private ScoringPlan plan() {
    try {
      Portion portion = Portion.all(() -> spark, configuration, spec);
      Snapshot snapshot = portion.snapshot();
      return Planner.plan(
          configuration,
          spec,
          Planner.table(
              spec, snapshot, portion.columns(Footers.read(snapshot.paths(), configuration))));
    } catch (InputException refused) {
      throw new DifferenceException(
          ErrorName.RUN_DIFFERS,
          "no run in the table "
              + table()
              + " can be the job's run on its inputs as they are now: "
              + refused.getMessage(),
          refused);
    }
  }

  /** The run that is where the job's would be: of its id, or on the rows that it would replace. */
  private Optional<CommittedRun> inItsPlace(TableRuns runs) throws IOException {
    if (spec.runId().isPresent()) {
      return runs.last(run -> run.runId().equals(spec.runId().get()));
    }
    return destination.replaced().isPresent()
        ? runs.last(run -> run.replaced().equals(destination.replaced()))
        : Optional.empty();
  }

  private DifferenceException another(CommittedRun run, ScoringPlan plan, RunIdentity identity)
      throws IOException {
    Optional<Manifest> manifest = ManifestFile.readPrepared(run.folder(), configuration);
    List<String> differences =
        manifest
            .map(published -> RunDifferences.all(published, plan, identity, version))
            .orElseGet(() -> List.of("its manifest is gone from " + run.folder()));
    return new DifferenceException(
        ErrorName.RUN_DIFFERS,
        "the table "
            + table()
            + " does not have the run of this job on its inputs as they are now. Run "
            + run.runId()
            + " is there since "
            + run.committedAt()
            + " ("
            + run.commit()
            + "):\n  "
            + String.join("\n  ", differences)
            + (destination.replaced().isPresent()
                ? "\nRun score again: it puts its rows in the place of those."
                : "\nTake those rows out of the table before score adds others for them."));
  }

  private DifferenceException lostRows(CommittedRun run) {
    return new DifferenceException(
        ErrorName.RUN_DIFFERS,
        "the table "
            + table()
            + " got run "
            + run.runId()
            + " of this job on its inputs as they are now at "
            + run.committedAt()
            + " ("
            + run.commit()
            + "), and rows of it were deleted or overwritten since, or may have been."
            + (destination.replaced().isPresent()
                ? " Run score again: it puts its rows there again."
                : " Which of them are left cannot be told, so score adds none: roll the table back to"
                    + " before that, or insert the rows from "
                    + run.folder()
                    + " yourself."));
  }

  private void requireId(VerifiedInTable found) {
    String id = found.manifest().runId();
    if (!spec.runId().orElse(id).equals(id)) {
      throw new DifferenceException(
          ErrorName.RUN_DIFFERS,
          "the table "
              + table()
              + " has the run of this job on its inputs as they are now as "
              + id
              + ", and the job asks for "
              + spec.runId().get()
              + ".");
    }
  }
}
