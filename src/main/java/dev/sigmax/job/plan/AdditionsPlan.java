package dev.sigmax.job.plan;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.AddedColumns;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Thresholds;
import dev.sigmax.kernel.Addition;
import dev.sigmax.kernel.Additions;
import dev.sigmax.kernel.Task;
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
    List<Double> thresholds = thresholds(spec.task(), spec.thresholds(), labels);
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
        thresholds(spec.task(), spec.thresholds(), labels));
  }

  /** One for each label; of a binary task the threshold of the yes. */
  private static List<Double> thresholds(Task task, Thresholds given, List<String> labels) {
    List<String> judged =
        switch (task) {
          case MULTICLASS -> List.of();
          case MULTILABEL -> labels;
          case BINARY -> labels.subList(1, 2);
        };
    for (String label : given.byLabel().keySet()) {
      if (!judged.contains(label)) {
        throw new UsageException(
            ErrorName.LABELS_DO_NOT_FIT,
            task == Task.BINARY && labels.contains(label)
                ? "thresholds names "
                    + label
                    + ", the no of a binary task. Its threshold is that of the yes: name "
                    + judged.get(0)
                    + "."
                : "thresholds names " + label + ", which is no label. The labels: " + judged + ".");
      }
    }
    return judged.stream().map(given::of).toList();
  }
}
