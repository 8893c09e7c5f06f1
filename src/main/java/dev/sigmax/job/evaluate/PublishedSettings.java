package dev.sigmax.job.evaluate;

import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.output.Manifest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings of a published job, as far as they say how its rows are read and scored. */
public final class PublishedSettings {
  private static final Set<JobKey> TEXTS =
      Set.of(JobKey.TASK, JobKey.CLASSES, JobKey.TEMPERATURE, JobKey.NON_FINITE, JobKey.PRECISION);

  private static final Set<JobKey> LISTS = Set.of(JobKey.INPUT, JobKey.LOGITS, JobKey.LABELS);

  private PublishedSettings() {}

  /** As a manifest has them. */
  public static JobSettings of(Manifest manifest) {
    Map<JobKey, String> texts = new EnumMap<>(JobKey.class);
    Map<JobKey, List<String>> lists = new EnumMap<>(JobKey.class);
    for (JobKey key : TEXTS) {
      if (manifest.job().get(key.key()) != null) {
        texts.put(key, String.valueOf(manifest.job().get(key.key())));
      }
    }
    for (JobKey key : LISTS) {
      if (manifest.job().get(key.key()) instanceof List<?> list) {
        lists.put(key, list.stream().map(String::valueOf).toList());
      }
    }
    return new JobSettings(texts, lists);
  }
}
