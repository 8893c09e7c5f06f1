package dev.sigmax.job.target;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.plan.RunIdentity;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.job.spec.Destination;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.output.publish.CommittedFolder;
import dev.sigmax.output.publish.Staging;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.spark.SessionSettings;
import dev.sigmax.table.CommittedRun;
import dev.sigmax.table.OutputTable;
import dev.sigmax.table.RunFolder;
import dev.sigmax.table.RunTrace;
import dev.sigmax.table.TableFormat;
import dev.sigmax.table.TableOverwrite;
import dev.sigmax.table.catalog.TableCatalog;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table that gets the files of a run in one commit. They are written where they stay: into a
 * folder of the run's own among the table's data.
 */
final class TableTarget implements Target {
  private static final Logger LOG = LoggerFactory.getLogger(TableTarget.class);

  private final SparkSession spark;
  private final Configuration configuration;
  private final JobSpec spec;
  private final String name;
  private final TableFormat format;
  private final Optional<OutputTable> table;
  private final Optional<TableOverwrite> overwrite;
  private final Path output;

  private TableTarget(
      SparkSession spark,
      Configuration configuration,
      JobSpec spec,
      String name,
      TableFormat format,
      Optional<OutputTable> table,
      Optional<TableOverwrite> overwrite,
      Path output) {
    this.spark = spark;
    this.configuration = configuration;
    this.spec = spec;
    this.name = name;
    this.format = format;
    this.table = table;
    this.overwrite = overwrite;
    this.output = output;
  }

  static TableTarget open(SparkSession spark, JobSpec spec, Destination.Table destination) {
    String name = destination.name();
    TableFormat format = TableCatalog.formatOf(spark, name);
    Configuration configuration = SessionSettings.hadoop(spark);
    Optional<OutputTable> table = format.output(name);
    // What is missing is refused as soon as it is known which columns it would have.
    Path output =
        table
            .map(found -> OutputPath.output(found.dataLocation(), configuration))
            .orElseGet(() -> new Path("/" + name));
    OutputPath.requireServed(output.toString());
    Optional<TableOverwrite> overwrite =
        table.flatMap(
            found ->
                destination
                    .replaced()
                    .map(where -> found.overwrite(RunSession.open(spark), where)));
    return new TableTarget(spark, configuration, spec, name, format, table, overwrite, output);
  }

  @Override
  public Path output() {
    return output;
  }

  @Override
  public void requireApart(Snapshot snapshot) throws IOException {
    if (table.isPresent()) {
      OutputPath.requireApart(Target.paths(spec, snapshot), snapshot, output, configuration);
    }
  }

  @Override
  public Optional<PublishedRuns.Run> earlier(ScoringPlan plan, RunIdentity identity)
      throws IOException {
    if (table.isEmpty()) {
      return Optional.empty();
    }
    RunTrace same = open().withFingerprint(identity.fingerprint());
    if (overwrite.isPresent()) {
      return stillThere(same);
    }
    if (same instanceof RunTrace.Committed committed) {
      requireRowsThere(committed);
      return Optional.of(published(committed.run()));
    }
    if (same instanceof RunTrace.StillRead read) {
      requireSameId(read.run().manifest().runId());
      return Optional.of(read.run());
    }
    if (same instanceof RunTrace.Unclear unclear) {
      throw new OutputException(
          ErrorName.PUBLICATION_UNKNOWN,
          "whether the table "
              + name
              + " got these rows cannot be told: they were prepared in "
              + unclear.folder()
              + ", the table does not read all of its files, and the snapshots before "
              + unclear.expiredBefore()
              + " have expired. If they are not in the table, remove that folder, and run again.");
    }
    if (same instanceof RunTrace.Received received) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS,
          "the table "
              + name
              + " got these rows before "
              + received.expiredBefore()
              + ", where its history begins, and some of their files were rewritten, overwritten or"
              + " deleted since. Which of the rows are left cannot be told, so none are added."
              + received
                  .folder()
                  .map(folder -> " What was prepared is in " + folder + ".")
                  .orElse(" What was prepared is gone."));
    }
    requireFreeId();
    return Optional.empty();
  }

  /**
   * The run, where all of its rows are in the table. If others took their place since, it puts its
   * own there again: an overwrite says what the rows are to be.
   */
  private Optional<PublishedRuns.Run> stillThere(RunTrace same) throws IOException {
    if (same instanceof RunTrace.Committed committed
        && !committed.lostRows()
        && isAsked(committed.run().runId())) {
      return Optional.of(published(committed.run()));
    }
    if (same instanceof RunTrace.StillRead read && isAsked(read.run().manifest().runId())) {
      return Optional.of(read.run());
    }
    if (same instanceof RunTrace.Committed committed && committed.lostRows()) {
      LOG.warn(
          "The table {} got these rows as run {} at {}, and they were deleted or overwritten since."
              + " This run puts them there again.",
          name,
          committed.run().runId(),
          committed.run().committedAt());
    }
    requireIdOfTheseRows();
    return Optional.empty();
  }

  private boolean isAsked(String runId) {
    return spec.runId().map(runId::equals).orElse(true);
  }

  /** An id stands for the last run of that name, so an earlier one has to make room for it. */
  private void requireIdOfTheseRows() throws IOException {
    if (spec.runId().isPresent()
        && open().withRunId(spec.runId().get()) instanceof RunTrace.Committed namesake
        && !namesake.run().replaced().equals(overwrite.map(TableOverwrite::where))) {
      throw namesake(namesake.run());
    }
  }

  private void requireFreeId() throws IOException {
    if (spec.runId().isPresent()
        && open().withRunId(spec.runId().get()) instanceof RunTrace.Committed namesake) {
      throw namesake(namesake.run());
    }
  }

  private OutputException namesake(CommittedRun other) {
    return new OutputException(
        ErrorName.OUTPUT_EXISTS,
        "the table "
            + name
            + " has another run "
            + other.runId()
            + ", committed at "
            + other.committedAt()
            + ". Name another id, or leave it out.");
  }

  private void requireSameId(String runId) {
    if (!isAsked(runId)) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS,
          "the table "
              + name
              + " got these rows as run "
              + runId
              + ", and under another id they would count twice.");
    }
  }

  /** Neither "already published" nor a second time would be true of rows that are gone. */
  private void requireRowsThere(RunTrace.Committed committed) {
    CommittedRun run = committed.run();
    requireSameId(run.runId());
    if (committed.lostRows()) {
      throw new OutputException(
          ErrorName.OUTPUT_EXISTS,
          "the table "
              + name
              + " got these rows as run "
              + run.runId()
              + " at "
              + run.committedAt()
              + ", and rows were deleted or overwritten since. Which of them are left cannot be"
              + " told, so none are added. Roll the table back to before "
              + run.commit()
              + ", or insert the rows from "
              + run.folder()
              + " yourself.");
    }
  }

  private PublishedRuns.Run published(CommittedRun run) throws IOException {
    if (!spec.dryRun()) {
      CommittedFolder.confirm(run.folder(), configuration);
    }
    Manifest manifest =
        ManifestFile.readPrepared(run.folder(), configuration)
            .orElseThrow(
                () ->
                    new OutputException(
                        ErrorName.MANIFEST_DAMAGED,
                        "run "
                            + run.runId()
                            + " is in the table "
                            + name
                            + " since "
                            + run.committedAt()
                            + ", and its manifest is gone from "
                            + run.folder()
                            + "."));
    return new PublishedRuns.Run(run.folder(), manifest);
  }

  @Override
  public void requireFits(Supplier<StructType> columns) throws IOException {
    if (table.isEmpty()) {
      throw format.missing(name, columns.get());
    }
    open().requireFits(columns.get());
    if (overwrite.isPresent()) {
      TableReads.of(name, overwrite.get()::requireWholeFiles);
    }
  }

  @Override
  public ScoringPlan keepApart(ScoringPlan plan) {
    return table
        .map(
            found ->
                plan.withTable(
                    plan.table().apart(InputPartitions.of(spark, plan, found.partitions()))))
        .orElse(plan);
  }

  @Override
  public FieldIds fieldIds(StructType columns) {
    return open().fieldIds(columns);
  }

  @Override
  public Staging prepare(RunIdentity identity) throws IOException {
    open().requireCommits();
    return CommittedFolder.open(output, RunFolder.start(identity.fingerprint()), configuration);
  }

  @Override
  public Path place(Staging staging) {
    return staging.folder();
  }

  @Override
  public void publish(Staging staging, Manifest manifest) throws IOException {
    CommittedFolder.publish(
        staging, manifest, configuration, () -> commit(staging.folder(), manifest));
  }

  private void commit(Path folder, Manifest manifest) throws IOException {
    if (overwrite.isPresent()) {
      TableReads.of(name, () -> overwrite.get().commit(folder, manifest));
    } else {
      open().append(folder, manifest);
    }
  }

  @Override
  public Optional<PublishedRuns.Run> overtakenBySame(RunIdentity identity) throws IOException {
    try {
      // A run whose rows are gone from the table again is not the one that was to be published.
      return open().withFingerprint(identity.fingerprint()) instanceof RunTrace.Committed same
              && !same.lostRows()
          ? Optional.of(published(same.run()))
          : Optional.empty();
    } catch (RuntimeException silent) {
      // What went wrong before says more.
      LOG.warn("The history of {} cannot be read: {}", name, silent.toString());
      return Optional.empty();
    }
  }

  private OutputTable open() {
    return table.orElseThrow();
  }
}
