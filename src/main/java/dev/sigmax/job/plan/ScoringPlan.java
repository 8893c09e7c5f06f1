package dev.sigmax.job.plan;

import dev.sigmax.input.InputTable;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Layout;
import dev.sigmax.job.spec.Precision;
import dev.sigmax.kernel.rule.Additions;
import dev.sigmax.kernel.rule.ScoreNames;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.tally.TallyRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a job comes to on its data.
 *
 * @param calibration where the rule's calibration or temperature comes from, if not from the job
 * @param labels one for each probability
 * @param additions the columns beside the probabilities
 * @param tally which rows are counted for the report
 * @param outputColumns all columns of the output, in order
 * @param warnings what a person should know though the run goes on
 */
public record ScoringPlan(
    JobSpec spec,
    InputTable table,
    ScoringRule rule,
    Optional<CalibrationFile> calibration,
    List<String> labels,
    Layout layout,
    Precision precision,
    Additions additions,
    TallyRule tally,
    List<String> outputColumns,
    List<String> warnings) {

  /** How far from 1 a row's sum may be. */
  public double tolerance() {
    return precision == Precision.FLOAT ? rule.floatTolerance() : rule.doubleTolerance();
  }

  /** The rule with the tolerance that the output's precision gives it. */
  public ScoringRule judgedRule() {
    return rule.withTolerance(tolerance());
  }

  /** Whether the rows are scored in floats: their logits are, and so are the probabilities. */
  public boolean scoresFloats() {
    return table.floatLogits() && precision == Precision.FLOAT;
  }

  /** The names of the columns that hold probabilities. */
  public List<String> probabilityColumns() {
    return probabilityColumns(layout, labels);
  }

  /** The same plan, with more that a person should know. */
  public ScoringPlan withWarnings(List<String> more) {
    return with(table, Stream.concat(warnings.stream(), more.stream()).toList());
  }

  /** The same plan on the same rows, read otherwise. */
  public ScoringPlan withTable(InputTable other) {
    return with(other, warnings);
  }

  private ScoringPlan with(InputTable other, List<String> told) {
    return new ScoringPlan(
        spec,
        other,
        rule,
        calibration,
        labels,
        layout,
        precision,
        additions,
        tally,
        outputColumns,
        told);
  }

  static List<String> probabilityColumns(Layout layout, List<String> labels) {
    return switch (layout) {
      case NONE -> List.of();
      case ARRAY -> List.of(ScoreNames.PROBABILITIES);
      case COLUMNS -> labels.stream().map(label -> ScoreNames.PROBABILITY_PREFIX + label).toList();
    };
  }
}
