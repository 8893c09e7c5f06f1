package dev.sigmax.job.plan;

import dev.sigmax.error.Redaction;
import dev.sigmax.job.spec.Destination;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Source;
import dev.sigmax.job.spec.WriteMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A job as it took effect: every option with the value that the data or the default gave it. */
public final class EffectiveJob {
  private EffectiveJob() {}

  /**
   * By option name, in the order of the help. Leaves out what does not change the output, and the
   * passwords in paths.
   */
  public static Map<String, Object> of(ScoringPlan plan) {
    JobSpec spec = plan.spec();
    Map<String, Object> job = new LinkedHashMap<>();
    if (spec.source() instanceof Source.Table table) {
      put(job, JobKey.INPUT_TABLE, table.name());
      table.asOf().ifPresent(asOf -> put(job, JobKey.AS_OF, asOf));
    } else {
      put(job, JobKey.INPUT, spec.inputs().stream().map(Redaction::of).toList());
    }
    if (spec.destination() instanceof Destination.Table table) {
      put(job, JobKey.OUTPUT_TABLE, table.name());
      table
          .replaced()
          .ifPresent(
              where -> {
                put(job, JobKey.WRITE_MODE, JobSpec.lower(WriteMode.OVERWRITE));
                put(job, JobKey.WHERE, where);
              });
    } else {
      put(job, JobKey.OUTPUT, Redaction.of(spec.output()));
    }
    put(job, JobKey.TASK, JobSpec.lower(spec.task()));
    put(job, JobKey.LOGITS, plan.table().logits().columns());
    if (spec.rawLayout().isPair()) {
      put(job, JobKey.RAW_LAYOUT, JobSpec.lower(spec.rawLayout()));
    }
    put(job, JobKey.LABELS, plan.labels());
    put(job, JobKey.CLASSES, plan.rule().rowLength());
    put(job, JobKey.KEEP, plan.table().kept());
    if (!plan.table().allowedMissing().isEmpty()) {
      put(job, JobKey.ALLOW_MISSING, plan.table().allowedMissing());
    }
    put(job, JobKey.LAYOUT, JobSpec.lower(plan.layout()));
    put(job, JobKey.PRECISION, JobSpec.lower(plan.precision()));
    put(job, JobKey.TEMPERATURE, spec.temperature());
    plan.calibration().ifPresent(file -> put(job, JobKey.CALIBRATION, file.toManifest()));
    put(job, JobKey.ON_BAD_ROW, JobSpec.lower(spec.onBadRow()));
    put(job, JobKey.MAX_BAD_ROWS, spec.maxBadRows().toString());
    put(job, JobKey.NON_FINITE, JobSpec.lower(spec.nonFinite()));
    put(job, JobKey.SUM_TOLERANCE, plan.tolerance());
    put(job, JobKey.CODEC, JobSpec.lower(spec.codec()));
    put(job, JobKey.ENGINE, JobSpec.lower(spec.engine()));
    if (!spec.added().isEmpty()) {
      put(job, JobKey.ADD, spec.added().items());
    }
    spec.thresholds().ofAll().ifPresent(threshold -> put(job, JobKey.THRESHOLD, threshold));
    if (!spec.thresholds().byLabel().isEmpty()) {
      put(job, JobKey.THRESHOLDS, new TreeMap<>(spec.thresholds().byLabel()));
    }
    return job;
  }

  /** The names of the classes of a job as it took effect; none where it does not say. */
  public static List<String> labels(Map<String, Object> job) {
    return job.get(JobKey.LABELS.key()) instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** The table that a job publishes to; empty where it is a folder. */
  public static Optional<String> table(Map<String, Object> job) {
    return Optional.ofNullable(job.get(JobKey.OUTPUT_TABLE.key())).map(String::valueOf);
  }

  private static void put(Map<String, Object> job, JobKey key, Object value) {
    job.put(key.key(), value);
  }
}
