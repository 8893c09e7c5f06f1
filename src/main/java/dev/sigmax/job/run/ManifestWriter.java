package dev.sigmax.job.run;

import dev.sigmax.error.Redaction;
import dev.sigmax.files.FullPath;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.Readers;
import dev.sigmax.input.snapshot.InputFile;
import dev.sigmax.job.plan.EffectiveJob;
import dev.sigmax.job.plan.RunIdentity;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.plan.TableRead;
import dev.sigmax.job.spec.Engine;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.kernel.Kernels;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.WrittenFiles;
import dev.sigmax.spark.SessionSettings;
import dev.sigmax.spark.SparkFit;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.VersionInfo;
import org.apache.parquet.Version;
import org.apache.spark.sql.SparkSession;
import scala.util.Properties;

/** Gathers what a run has to say of itself, without the passwords that paths may hold. */
public final class ManifestWriter {
  private final SparkSession spark;
  private final ScoringPlan plan;
  private final RunIdentity identity;
  private final String version;

  /**
   * What a run that goes by a plan has to say.
   *
   * @param spark any session of the Spark that the run uses; stays the caller's
   * @param version Sigmax's own
   */
  public ManifestWriter(
      SparkSession spark, ScoringPlan plan, RunIdentity identity, String version) {
    this.spark = spark;
    this.plan = plan;
    this.identity = identity;
    this.version = version;
  }

  /**
   * The manifest of a run that is about to be published, which it says is now. Every byte of what
   * was written is read back for its checksum, and the step {@code verify} ends with that.
   *
   * @param written the files of the output, committed and where their folder is
   * @param quarantine those of the quarantine; no files where the job has none
   * @param passed what the gate let through
   * @param place the run's in an output that grows run by run; empty in any other
   * @throws IOException if a file cannot be read back
   */
  public Manifest describe(
      WrittenFiles written,
      WrittenFiles quarantine,
      QualityGate.Passed passed,
      EngineChoice engine,
      Optional<Manifest.Incremental> place,
      Timing timing)
      throws IOException {
    Manifest.Output output = written.describe(spark, written.folder());
    Manifest.Output quarantined = quarantine.describe(spark, written.folder());
    timing.done("verify");
    Kernels.Choice kernel = Kernels.choice();
    return new Manifest(
        identity.runId(),
        identity.fingerprint(),
        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
        new Manifest.Versions(
            version,
            spark.version(),
            System.getProperty("java.version"),
            Properties.versionNumberString(),
            VersionInfo.getVersion(),
            Version.VERSION_NUMBER),
        new Manifest.KernelUsed(kernel.kernel().name(), kernel.kernel().lanes(), kernel.why()),
        new Manifest.EngineUsed(JobSpec.lower(engine.path()), Redaction.of(engineReason(engine))),
        job(),
        input(),
        output,
        quarantined,
        passed.checks(),
        SampledBadRows.in(List.of(written, quarantine), plan.table().logits()),
        passed.counts(),
        passed.drift().orElse(null),
        place.orElse(null),
        Stream.of(
                SparkFit.here().warning().stream(),
                plan.warnings().stream(),
                passed.warnings().stream())
            .flatMap(each -> each)
            .map(Redaction::of)
            .toList(),
        timing.byStep());
  }

  /** The job as it took effect, its paths such that they lead there from any folder. */
  private Map<String, Object> job() throws IOException {
    Configuration configuration = SessionSettings.hadoop(spark);
    Map<String, Object> job = EffectiveJob.of(plan);
    if (job.containsKey(JobKey.INPUT.key())) {
      job.put(JobKey.INPUT.key(), FullPath.redacted(plan.spec().inputs(), configuration));
    }
    if (job.containsKey(JobKey.OUTPUT.key())) {
      job.put(JobKey.OUTPUT.key(), Redaction.of(FullPath.of(plan.spec().output(), configuration)));
    }
    return job;
  }

  private String engineReason(EngineChoice engine) {
    Readers readers = plan.table().readers();
    if (engine.path() == Engine.ROW) {
      return engine.why()
          + readers.notVectorized().map(why -> "; read row by row because " + why).orElse("");
    }
    return engine.why()
        + readers.notOwn().map(why -> "; read by Spark's reader because " + why).orElse("");
  }

  private Manifest.Input input() {
    InputTable table = plan.table();
    List<Manifest.InputEntry> files = new ArrayList<>();
    for (int i = 0; i < table.fileRows().size(); i++) {
      InputFile file = table.snapshot().files().get(i);
      files.add(
          new Manifest.InputEntry(
              file.redactedPath(), file.bytes(), file.modified(), table.fileRows().get(i)));
    }
    return new Manifest.Input(
        table.rows(),
        files,
        table.snapshot().skipped().stream()
            .map(
                skipped ->
                    new Manifest.SkippedEntry(
                        Redaction.of(skipped.path()), Redaction.of(skipped.why())))
            .toList(),
        table.snapshot().table().map(read -> TableRead.inManifest(read, table)).orElse(null));
  }
}
