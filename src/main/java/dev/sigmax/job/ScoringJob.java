package dev.sigmax.job;

import dev.sigmax.error.Counted;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.LogitReader;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.failure.FailedRead;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.failure.OutsideCause;
import dev.sigmax.job.plan.Baseline;
import dev.sigmax.job.plan.PlanText;
import dev.sigmax.job.plan.Planner;
import dev.sigmax.job.plan.RunIdentity;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.progress.Progress;
import dev.sigmax.job.progress.SeenBadRows;
import dev.sigmax.job.progress.Step;
import dev.sigmax.job.progress.Steps;
import dev.sigmax.job.run.ColumnarOutput;
import dev.sigmax.job.run.EngineChoice;
import dev.sigmax.job.run.ManifestWriter;
import dev.sigmax.job.run.OpeningSession;
import dev.sigmax.job.run.QualityGate;
import dev.sigmax.job.run.RowsAsWritten;
import dev.sigmax.job.run.RunReport;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.job.run.ScoredRows;
import dev.sigmax.job.run.Timing;
import dev.sigmax.job.run.WarmUp;
import dev.sigmax.job.spec.BadRowLimit;
import dev.sigmax.job.spec.Engine;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.OnBadRow;
import dev.sigmax.job.target.ObjectStoreCommit;
import dev.sigmax.job.target.Portion;
import dev.sigmax.job.target.Target;
import dev.sigmax.output.CheckCounter;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ProbabilityWriter;
import dev.sigmax.output.PublishedRuns;
import dev.sigmax.output.ReportFile;
import dev.sigmax.output.WrittenFiles;
import dev.sigmax.output.publish.Staging;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.parquet.footer.Footers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One run of one job: snapshot, read, score, check, write, verify, publish, report. Data goes one
 * way; until the publication nothing is seen of it.
 */
public final class ScoringJob {
  private static final Logger LOG = LoggerFactory.getLogger(ScoringJob.class);
  private static final String RUN_ID = "run_id";
  private static final String QUARANTINE_NEEDS_ROWS =
      "--on-bad-row quarantine takes rows out of the output, which only the row engine does";

  private final OpeningSession spark;
  private final Configuration configuration;
  private final JobSpec spec;
  private final Portion portion;
  private final Target target;
  private final Path output;
  private final Map<String, String> commit;
  private final String version;
  private final Steps steps;
  private final Timing timing = new Timing();

  /**
   * A run of {@code spec} on all of its inputs, in sessions of its own beside {@code spark}.
   *
   * @param configuration as the session will have it, for what is done before it is open
   */
  public ScoringJob(
      OpeningSession spark,
      Configuration configuration,
      JobSpec spec,
      String version,
      Progress progress) {
    this(spark, configuration, spec, Portion.all(spark, configuration, spec), version, progress);
  }

  /** The same on a portion of its inputs. */
  ScoringJob(
      OpeningSession spark,
      Configuration configuration,
      JobSpec spec,
      Portion portion,
      String version,
      Progress progress) {
    this.spark = spark;
    this.configuration = configuration;
    this.spec = spec;
    this.portion = portion;
    this.target = Target.of(spark, configuration, spec, portion, version);
    this.output = target.output();
    this.commit = ObjectStoreCommit.settings(configuration, spec, output);
    this.version = version;
    this.steps = new Steps(spark, progress);
  }

  /**
   * Runs the job, its id in the log's context from when it is known. Leaves the output as it was
   * unless it returns {@link Outcome.Published}.
   */
  public Outcome run() throws IOException {
    // The id stays behind the run's end: what is said of that belongs to it.
    MDC.remove(RUN_ID);
    try {
      return FailureExplainer.explained(output, this::runSteps);
    } finally {
      steps.end();
    }
  }

  private Outcome runSteps() throws IOException {
    steps.begin(Step.SNAPSHOT, "listing the input");
    Snapshot snapshot = portion.snapshot();
    target.requireApart(snapshot);
    timing.done("snapshot");
    return OutsideCause.first(
        () -> portion.requireUnchanged(snapshot), () -> read(snapshot, preflight(snapshot)));
  }

  private Outcome read(Snapshot snapshot, InputTable table) throws IOException {
    try {
      return planAndScore(snapshot, table);
    } catch (SigmaxException explained) {
      throw explained;
    } catch (Exception e) {
      steps.giveUpWrite();
      Optional<FailedRead> found =
          FailedRead.find(RunSession.forReading(spark.get(), table), table, output, e);
      if (found.isPresent() && found.get() instanceof FailedRead.Damaged damaged) {
        throw damaged.exception();
      }
      if (found.isPresent() && found.get() instanceof FailedRead.Unsupported unsupported) {
        return readByRows(snapshot, table, unsupported, e);
      }
      throw e;
    }
  }

  /** Once more by the reader that can do more; nothing was published by the other. */
  private Outcome readByRows(
      Snapshot snapshot, InputTable table, FailedRead.Unsupported unsupported, Exception failure)
      throws IOException {
    if (table.readers().rowsAlone().isPresent()) {
      Optional<String> column =
          FailedRead.column(RunSession.forReading(spark.get(), table), table, unsupported.file());
      boolean logit = column.isPresent() && table.logits().columns().contains(column.get());
      throw unsupported.exception(column, logit, failure);
    }
    return read(snapshot, table.byRows(unsupported.reason()));
  }

  private Outcome planAndScore(Snapshot snapshot, InputTable table) throws IOException {
    ScoringPlan plan = portion.admit(Planner.plan(configuration, spec, table));
    RunIdentity identity = RunIdentity.of(plan, version);
    MDC.put(RUN_ID, identity.runId());
    plan.warnings().forEach(LOG::warn);
    timing.done("preflight");

    Optional<PublishedRuns.Run> earlier = target.earlier(plan, identity);
    if (earlier.isPresent()) {
      return new Outcome.AlreadyPublished(earlier.get().output(), earlier.get().manifest());
    }
    Baseline baseline =
        Baseline.of(plan, output, () -> portion.beside(configuration), configuration);
    ScoringPlan apart = target.keepApart(plan);
    if (spec.dryRun()) {
      target.requireFits(() -> chooseEngine(apart).table().output().schema());
      return new Outcome.Planned(PlanText.of(apart, identity, baseline, output));
    }
    steps.awaitSpark();
    timing.done("spark");
    WarmUp.start(spark.get(), apart);
    EngineChoice engine = chooseEngine(apart);
    target.requireFits(() -> engine.table().output().schema());
    try (Staging staging = target.prepare(identity)) {
      return OutsideCause.first(
          staging::requireThere,
          () -> prepareAndPublish(apart, snapshot, identity, baseline, engine, staging));
    }
  }

  private Outcome prepareAndPublish(
      ScoringPlan plan,
      Snapshot snapshot,
      RunIdentity identity,
      Baseline baseline,
      EngineChoice engine,
      Staging staging)
      throws IOException {
    WrittenFiles written = write(plan, engine, staging.folder());
    WrittenFiles quarantine = quarantine(plan, engine, written, staging.folder());
    Manifest.Checks checks = check(engine, plan, written, quarantine);
    steps.checked(checks.issues());
    QualityGate.Passed passed =
        new QualityGate(plan, engine.table().read(), baseline).pass(checks, written);
    passed.warnings().forEach(LOG::warn);
    timing.done("check");

    steps.begin(Step.VERIFY, "reading back what was written");
    ManifestWriter manifests = new ManifestWriter(spark.get(), plan, identity, version);
    Manifest manifest =
        manifests.describe(written, quarantine, passed, engine, portion.place(plan), timing);
    writeReport(staging, manifest);
    steps.begin(Step.PUBLISH, "publishing");
    portion.requireUnchanged(snapshot);
    return publish(staging, identity, manifest);
  }

  /**
   * Sound rows are published though their page cannot be made: that would be a fault of the page.
   */
  private void writeReport(Staging staging, Manifest manifest) throws IOException {
    if (!spec.report()) {
      return;
    }
    String html;
    try {
      html = RunReport.html(manifest, target.place(staging));
    } catch (RuntimeException e) {
      LOG.warn("The report could not be made and is left out.", e);
      return;
    }
    staging.requireThere();
    ReportFile.write(staging.folder(), html, configuration);
  }

  private EngineChoice chooseEngine(ScoringPlan plan) {
    return EngineChoice.of(
        spec.engine(),
        keepsBadRows() ? Optional.empty() : Optional.of(QUARANTINE_NEEDS_ROWS),
        path -> RunSession.forScoring(spark.get(), plan, path, commit),
        (path, session) -> tableOf(plan, path, session));
  }

  private EngineChoice.Table tableOf(ScoringPlan plan, Engine path, SparkSession session) {
    Dataset<Row> read = LogitReader.read(session, plan.table());
    boolean columnar = path == Engine.COLUMNAR && ColumnarOutput.serves(plan.table());
    return new EngineChoice.Table(
        read, columnar ? ColumnarOutput.of(plan, read) : rowsOf(plan, read));
  }

  /** With samples of bad rows where there may be any; else a run that has one is not published. */
  private Dataset<Row> rowsOf(ScoringPlan plan, Dataset<Row> read) {
    boolean sampled = keepsBadRows() && !spec.maxBadRows().equals(BadRowLimit.NONE);
    ScoredRows rows = sampled ? ScoredRows.sampled(plan, read) : ScoredRows.of(plan, read);
    return rows.output(keepsBadRows());
  }

  private boolean keepsBadRows() {
    return spec.onBadRow() != OnBadRow.QUARANTINE;
  }

  private InputTable preflight(Snapshot snapshot) {
    if (snapshot.files().isEmpty()) {
      LOG.warn("The input has no files; the output will be empty.");
    }
    int files = snapshot.files().size();
    steps.begin(Step.PREFLIGHT, "reading the footers of " + Counted.of(files, "file"));
    List<Footer> footers = Footers.read(spark, configuration, snapshot.paths());
    return Planner.table(spec, snapshot, portion.columns(footers));
  }

  private WrittenFiles write(ScoringPlan plan, EngineChoice engine, Path folder)
      throws IOException {
    Dataset<Row> rows = engine.table().output();
    WrittenFiles written =
        steps.write(
            plan.table().rows(),
            plan.rule().classes(),
            seenBadRows(engine),
            () -> {
              ProbabilityWriter.write(
                  rows, folder, JobSpec.lower(spec.codec()), target.fieldIds(rows.schema()));
              return WrittenFiles.read(spark.get(), folder, configuration);
            });
    written.requireEngine(JobSpec.lower(engine.path()));
    timing.done("score");
    return written;
  }

  private SeenBadRows seenBadRows(EngineChoice engine) {
    if (engine.path() == Engine.COLUMNAR) {
      return SeenBadRows.COUNTED;
    }
    return keepsBadRows() ? SeenBadRows.NOT_YET : SeenBadRows.LEFT_OUT;
  }

  private WrittenFiles quarantine(
      ScoringPlan plan, EngineChoice engine, WrittenFiles written, Path folder) throws IOException {
    Path quarantine = new Path(folder, WrittenFiles.QUARANTINE);
    if (written.rows() < plan.table().rows() && spec.onBadRow() == OnBadRow.QUARANTINE) {
      steps.begin(Step.QUARANTINE, "writing the quarantine");
      ProbabilityWriter.write(
          ScoredRows.quarantine(plan, engine.table().read()),
          quarantine,
          JobSpec.lower(spec.codec()));
      timing.done("quarantine");
    }
    return WrittenFiles.read(spark.get(), quarantine, configuration);
  }

  private Manifest.Checks check(
      EngineChoice engine, ScoringPlan plan, WrittenFiles written, WrittenFiles quarantine) {
    RowsAsWritten.requireAll(spark.get(), plan.table().rows(), written, quarantine);
    steps.begin(Step.CHECK, "checking the rows as written");
    return CheckCounter.of(
        engine.session(), written, quarantine, plan.tolerance(), plan.rule().task().sumsToOne());
  }

  private Outcome publish(Staging staging, RunIdentity identity, Manifest manifest)
      throws IOException {
    try {
      target.publish(staging, manifest);
    } catch (OutputException lost) {
      Optional<PublishedRuns.Run> same = target.overtakenBySame(identity, lost);
      if (same.isPresent()) {
        return new Outcome.AlreadyPublished(same.get().output(), same.get().manifest());
      }
      throw lost;
    }
    return new Outcome.Published(target.place(staging), manifest);
  }
}
