package dev.sigmax.job;

import dev.sigmax.job.evaluate.PublishedSettings;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.Manifest;
import java.util.List;
import java.util.Map;

/**
 * The job that a published run was of, as far as its manifest says how rows are read and scored.
 */
final class PublishedJob {
  private PublishedJob() {}

  static JobSpec spec(Manifest manifest, String output) {
    Map<JobKey, List<String>> kept =
        manifest.job().get(JobKey.KEEP.key()) instanceof List<?> names
            ? Map.of(JobKey.KEEP, names.stream().map(String::valueOf).toList())
            : Map.of();
    return JobSpec.of(
        PublishedSettings.of(manifest)
            .overriddenBy(new JobSettings(Map.of(JobKey.OUTPUT, output), kept)));
  }

  /** One name for each logit: of a binary task the yes. */
  static List<String> logitNames(Manifest manifest) {
    JobSettings settings = PublishedSettings.of(manifest);
    List<String> labels = settings.list(JobKey.LABELS).orElse(List.of());
    boolean binary = "binary".equals(settings.texts().get(JobKey.TASK));
    return binary && labels.size() == 2 ? labels.subList(1, 2) : labels;
  }
}
