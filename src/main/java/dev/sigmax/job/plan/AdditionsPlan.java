package dev.sigmax.job.plan;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.AddedColumns;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.kernel.rule.Addition;
import dev.sigmax.kernel.rule.Additions;
import dev.sigmax.tally.TallyRule;
import java.util.List;

/** What the columns that a job adds come to on its classes. */
final class AdditionsPlan {
  private AdditionsPlan() {}

  /**
   * The additions to rows of so many probabilities.
   *
   * @param labels one for each probability
   */
  static Additions of(JobSpec spec, List<String> labels) {
    AddedColumns added = spec.added();
    List<Double> thresholds = LabelThresholds.of(spec.task(), spec.thresholds(), labels);
    if (added.topK() > labels.size()) {
      throw new UsageException(
          ErrorName.OPTION_VALUE,
          "add asks for top_k="
              + added.topK()
              + ", and a row has "
              + labels.size()
              + " probabilities. Ask for at most as many.");
    }
    if (added.isEmpty()) {
      return Additions.NONE;
    }
    boolean named =
        added.columns().contains(Addition.PREDICTION) || added.columns().contains(Addition.TOP_K);
    return new Additions(added.columns(), added.topK(), named ? labels : List.of(), thresholds);
  }

  /** Which rows are counted, of so many. */
  static TallyRule tally(JobSpec spec, long rows, List<String> labels) {
    return new TallyRule(
        spec.task(),
        labels.size(),
        TallyRule.stepFor(rows, labels.size()),
        LabelThresholds.of(spec.task(), spec.thresholds(), labels));
  }
}
