package dev.sigmax.job.evaluate;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.column.ColumnChoice;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  /**
   * What a run was scored by, with what was said here of thresholds in place of what it had: of all
   * labels, or of those that are named.
   */
  JobSettings over(JobSettings ofRun) {
    Map<JobKey, String> said = new EnumMap<>(JobKey.class);
    said.putAll(settings.texts());
    said.keySet().retainAll(THRESHOLDS);
    if (said.containsKey(JobKey.THRESHOLD)) {
      return ofRun.without(JobKey.THRESHOLDS).overriddenBy(new JobSettings(said, Map.of()));
    }
    List<String> ofLabels =
        Optional.ofNullable(said.get(JobKey.THRESHOLDS))
            .map(text -> new ColumnChoice.Text(text).items())
            .orElse(List.of());
    Set<String> named = ofLabels.stream().map(EvaluationRequest::label).collect(Collectors.toSet());
    List<String> all = new ArrayList<>(ofRun.list(JobKey.THRESHOLDS).orElse(List.of()));
    all.removeIf(item -> named.contains(label(item)));
    all.addAll(ofLabels);
    return ofRun.overriddenBy(new JobSettings(Map.of(), Map.of(JobKey.THRESHOLDS, all)));
  }

  /** The label of an item such as {@code prime=0.3}. */
  private static String label(String item) {
    return item.substring(0, Math.max(0, item.lastIndexOf('=')));
  }
}
