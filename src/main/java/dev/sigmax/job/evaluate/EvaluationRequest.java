package dev.sigmax.job.evaluate;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person asks to be evaluated.
 *
 * @param paths inputs, or one output
 * @param label the columns that hold what really was, as {@link LabelColumns} reads them
 * @param weight a column of weights
 * @param settings the keys of a job that say what the logits are, and thresholds
 */
public record EvaluationRequest(
    List<String> paths, String label, Optional<String> weight, JobSettings settings) {
  static final Set<JobKey> THRESHOLDS = EnumSet.of(JobKey.THRESHOLD, JobKey.THRESHOLDS);

  /** Refuses what has no meaning. */
  public EvaluationRequest {
    if (label.isBlank()) {
      throw new UsageException(
          ErrorName.OPTION_MISSING,
          "no label column is given: --label COLUMN; of a multilabel task a comma list or a glob of"
              + " columns, or one array column.");
    }
  }

  /** The same, of the logits as they are. */
  public EvaluationRequest uncalibrated() {
    return new EvaluationRequest(paths, label, weight, settings.without(JobKey.CALIBRATION));
  }

  /** What was said of thresholds. */
  JobSettings thresholds() {
    Map<JobKey, String> texts = new EnumMap<>(JobKey.class);
    texts.putAll(settings.texts());
    texts.keySet().retainAll(THRESHOLDS);
    return new JobSettings(texts, Map.of());
  }
}
