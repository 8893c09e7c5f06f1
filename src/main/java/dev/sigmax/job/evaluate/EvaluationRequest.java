package dev.sigmax.job.evaluate;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.JobSettings;
import java.util.List;
import java.util.Optional;

/**
 * What a person asks to be evaluated.
 *
 * @param paths inputs, or one output
 * @param label the columns that hold what really was, as {@link LabelColumns} reads them
 * @param weight a column of weights
 * @param threshold from which probability on a prediction is a yes; empty for 0.5
 * @param settings the keys of a job that say what the logits are
 */
public record EvaluationRequest(
    List<String> paths,
    String label,
    Optional<String> weight,
    Optional<Double> threshold,
    JobSettings settings) {
  private static final double HALF = 0.5;

  /** Refuses what has no meaning. */
  public EvaluationRequest {
    if (label.isBlank()) {
      throw new UsageException(
          ErrorName.OPTION_MISSING,
          "no label column is given: --label COLUMN; of a multilabel task a comma list or a glob of"
              + " columns, or one array column.");
    }
    threshold.ifPresent(
        given -> {
          if (!(given >= 0 && given <= 1)) {
            throw new UsageException(
                ErrorName.OPTION_VALUE,
                "the threshold is " + given + ", not a number from 0 to 1.");
          }
        });
  }

  double thresholdOrHalf() {
    return threshold.orElse(HALF);
  }
}
