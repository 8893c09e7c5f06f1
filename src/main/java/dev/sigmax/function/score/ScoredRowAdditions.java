package dev.sigmax.function.score;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.RowAdditions;
import dev.sigmax.kernel.TopClasses;
import dev.sigmax.kernel.rule.Addition;
import dev.sigmax.kernel.rule.Additions;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.spark.SparkValues;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** What is added to a scored row, as values of Spark. Not thread-safe. */
final class ScoredRowAdditions {
  private final ScoringRule rule;
  private final Additions additions;
  private final RowAdditions row;
  private final UTF8String[] labels;
  private final double[] wide;

  ScoredRowAdditions(ScoringRule rule, Additions additions) {
    this.rule = rule;
    this.additions = additions;
    this.row = new RowAdditions(rule, additions, Kernels.kernel());
    this.labels =
        additions.labels().stream().map(UTF8String::fromString).toArray(UTF8String[]::new);
    this.wide = new double[additions.ofLogits() ? rule.classes() : 0];
  }

  /** Takes a good row of float logits. */
  void takeLogits(float[] logits, double rowSum) {
    if (additions.ofLogits()) {
      for (int i = 0; i < wide.length; i++) {
        wide[i] = logits[i];
      }
      row.takeLogits(wide, 0, rowSum);
    }
  }

  /** Takes a good row of logits. */
  void takeLogits(double[] logits, double rowSum) {
    row.takeLogits(logits, 0, rowSum);
  }

  /** Fills in the fields of a row whose probabilities are float. */
  void fill(InternalRow scored, float[] probabilities) {
    row.takeProbabilities(probabilities, 0);
    fill(scored, true);
  }

  /** Fills in the fields of a row whose probabilities are double. */
  void fill(InternalRow scored, double[] probabilities) {
    row.takeProbabilities(probabilities, 0);
    fill(scored, false);
  }

  private void fill(InternalRow scored, boolean floats) {
    for (Addition column : additions.columns()) {
      scored.update(ScoredRow.ordinal(column, rule.task()), value(column, floats));
    }
  }

  private Object value(Addition column, boolean floats) {
    boolean many = rule.task() == Task.MULTILABEL;
    boolean none = !many && row.holdingCount() == 0;
    return switch (column) {
      case PREDICTION -> none ? null : many ? holding() : labels[row.predicted()];
      case CONFIDENCE -> none ? null : many ? confidences(floats) : boxed(row.confidence(), floats);
      case TOP_K -> top(floats);
      case MARGIN -> row.uncertainty().margin();
      case ENTROPY -> row.uncertainty().entropy();
    };
  }

  private ArrayData holding() {
    Object[] holding = new Object[row.holdingCount()];
    for (int i = 0; i < holding.length; i++) {
      holding[i] = labels[row.holdingAt(i)];
    }
    return SparkValues.array(holding);
  }

  private ArrayData confidences(boolean floats) {
    Object[] confidences = new Object[row.holdingCount()];
    for (int i = 0; i < confidences.length; i++) {
      confidences[i] = boxed(row.holdingProbabilityAt(i), floats);
    }
    return SparkValues.array(confidences);
  }

  private ArrayData top(boolean floats) {
    TopClasses top = row.top();
    Object[] classes = new Object[top.count()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = SparkValues.row(labels[top.classAt(i)], boxed(top.probabilityAt(i), floats));
    }
    return SparkValues.array(classes);
  }

  private static Object boxed(double probability, boolean isFloat) {
    if (isFloat) {
      return (float) probability;
    }
    return probability;
  }
}
