package dev.sigmax.cli.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sigmax.job.Outcome;
import dev.sigmax.job.drift.Movements;
import dev.sigmax.job.plan.EffectiveJob;
import dev.sigmax.job.spec.DriftMeasure;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** How a run or a job ended, as one object of JSON on one line. */
public final class OutcomeJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private OutcomeJson() {}

  /** The object of a run that came to a good end. */
  public static String of(Outcome outcome) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (outcome instanceof Outcome.Published published) {
      object.put("outcome", "published");
      put(object, published.output(), published.manifest());
    } else if (outcome instanceof Outcome.AlreadyPublished already) {
      object.put("outcome", "already_published");
      put(object, already.output(), already.manifest());
    } else if (outcome instanceof Outcome.NothingNew nothing) {
      object.put("outcome", "nothing_new");
      object.put("output", nothing.output().toString());
      object.put("runs", nothing.runs());
      object.put("files", nothing.files());
      object.put("warnings", nothing.lost());
    } else {
      object.put("outcome", "planned");
      object.put("plan", ((Outcome.Planned) outcome).plan());
    }
    return line(object);
  }

  /** The end of one of several jobs, whose own object, where it has one, stands before it. */
  public static String end(String job, int code) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("job", job);
    object.put("exit_code", code);
    return line(object);
  }

  /** The same of a job that the end of the process cut off: it has no exit code of its own. */
  public static String endOfCutOff(String job) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("job", job);
    object.put("interrupted", true);
    return line(object);
  }

  private static String line(Map<String, Object> object) {
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What moved furthest by each measure. */
  private static Map<String, Object> drift(Movements movements) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("run_id", movements.drift().before().runId());
    object.put("output", movements.drift().before().output());
    for (DriftMeasure measure : DriftMeasure.values()) {
      object.put(JobSpec.lower(measure), movements.largest(measure).orElse(null));
    }
    return object;
  }

  private static void put(Map<String, Object> object, Path output, Manifest manifest) {
    object.put("run_id", manifest.runId());
    object.put("published_at", manifest.publishedAt());
    EffectiveJob.table(manifest.job()).ifPresent(table -> object.put("table", table));
    object.put("output", output.toString());
    object.put("manifest", ManifestFile.pathIn(output).toString());
    object.put("rows", manifest.checks().rows());
    object.put("bad_rows", manifest.checks().badRows());
    object.put("issues", manifest.checks().issues());
    object.put("rows_published", manifest.output().rows());
    object.put(
        "rows_in_quarantine", manifest.quarantine() == null ? 0 : manifest.quarantine().rows());
    object.put("row_sum", manifest.checks().rowSum());
    object.put("drift", Movements.in(manifest).map(OutcomeJson::drift).orElse(null));
    object.put("engine", manifest.engine());
    object.put("kernel", manifest.kernel());
    object.put("warnings", manifest.warnings());
    object.put("timing_ms", manifest.timingMs());
  }
}
