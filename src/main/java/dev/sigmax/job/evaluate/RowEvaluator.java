package dev.sigmax.job.evaluate;

import dev.sigmax.job.evaluate.LabelledSums.Decision;
import dev.sigmax.job.evaluate.LabelledSums.Measure;
import dev.sigmax.kernel.ArgMax;
import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.RowScorer;
import dev.sigmax.kernel.rule.Calibration;
import dev.sigmax.kernel.rule.Task;

/**
 * Evaluates one row after the other: what adds up goes into a {@link LabelledSums}, what has to be
 * sorted to a {@link ScoreSink}. One owner: it keeps buffers.
 */
public final class RowEvaluator {
  /** Takes scores that are to be sorted. */
  public interface ScoreSink {
    /** A score of a series, and whether what it speaks of held. */
    void score(int series, double score, boolean held, double weight);
  }

  private final EvaluationRule rule;
  private final Task task;
  private final int labels;
  private final Truth truth;
  private final LabelledSums tally;
  private final ScoreSink sink;
  private final RowScorer scorer;
  private final LossOfRow loss;
  private final OtherFunction other;
  private final double[] thresholds;
  private final double[] probabilities;
  private final float[] floats;

  /** An evaluator of rows by one rule. */
  public RowEvaluator(EvaluationRule rule, LabelledSums tally, ScoreSink sink) {
    this.rule = rule;
    this.task = rule.rule().task();
    this.labels = rule.labels().size();
    this.truth = new Truth(task, rule.truth(), rule.labels());
    this.tally = tally;
    this.sink = sink;
    this.scorer = new RowScorer(rule.rule(), Kernels.kernel());
    this.loss = new LossOfRow(rule.rule());
    this.other = new OtherFunction(rule.rule(), rule.layout());
    this.thresholds = rule.thresholds().stream().mapToDouble(Double::doubleValue).toArray();
    this.probabilities = new double[labels];
    this.floats = new float[labels];
  }

  /** What labels mean here. */
  public Truth truth() {
    return truth;
  }

  /**
   * Evaluates a row whose truth was read.
   *
   * @param values its logits, or its probabilities; null where it has none
   */
  public void evaluate(double[] values, double weight) {
    if (values == null || !score(values)) {
      tally.bad();
      return;
    }
    double[] z = calibrated(values);
    tally.add(Measure.MASS, 1, weight);
    tally.add(
        Measure.LOSS,
        rule.fromLogits()
            ? loss.ofLogits(z, probabilities, truth)
            : loss.ofProbabilities(probabilities, truth),
        weight);
    tally.add(Measure.BRIER, brier(probabilities), weight);
    boolean[] holds = truth.holds();
    for (int i = 0; i < labels; i++) {
      sink.score(i, probabilities[i], holds[i], weight);
    }
    decide(probabilities, Series.calibration(labels), true, weight);
    if (rule.fromLogits()) {
      otherFunction(z, weight);
    }
  }

  private boolean score(double[] values) {
    if (!rule.fromLogits()) {
      if (values.length != labels) {
        return false;
      }
      System.arraycopy(values, 0, probabilities, 0, labels);
      return ArgMax.of(probabilities, 0, labels) != ArgMax.NONE;
    }
    if (!rule.asFloat()) {
      return scorer.score(values, values.length, probabilities) == null && isDefined();
    }
    if (scorer.score(values, values.length, floats) != null) {
      return false;
    }
    for (int i = 0; i < labels; i++) {
      probabilities[i] = floats[i];
    }
    return isDefined();
  }

  private double[] calibrated(double[] values) {
    Calibration calibration = rule.rule().calibration();
    if (!rule.fromLogits()) {
      return values;
    }
    double[] logits = rule.rule().logits(values);
    if (calibration.isNone()) {
      return logits;
    }
    double[] z = new double[logits.length];
    calibration.apply(logits, logits.length, z);
    return z;
  }

  private boolean isDefined() {
    return ArgMax.of(probabilities, 0, labels) != ArgMax.NONE;
  }

  private void otherFunction(double[] logits, double weight) {
    if (task == Task.MULTICLASS) {
      tally.add(Measure.LABEL_LOSS, other.lossOfSoftmax(logits, truth.holds()), weight);
    }
    tally.add(Measure.WRONG_LOSS, other.loss(logits, truth.holds()), weight);
    double[] wrong = other.probabilities(logits);
    tally.add(Measure.WRONG_BRIER, brier(wrong), weight);
    decide(wrong, Series.otherCalibration(labels), false, weight);
  }

  /**
   * Over the classes Σ (p - y)²; of a binary task only of the yes, of a multilabel one the mean.
   */
  private double brier(double[] p) {
    boolean[] holds = truth.holds();
    double sum = 0;
    for (int i = task == Task.BINARY ? 1 : 0; i < labels; i++) {
      double difference = holds[i] ? 1 - p[i] : p[i];
      sum = Math.fma(difference, difference, sum);
    }
    return task == Task.MULTILABEL ? sum / labels : sum;
  }

  private void decide(double[] p, int series, boolean counted, double weight) {
    boolean[] holds = truth.holds();
    switch (task) {
      case MULTICLASS -> {
        int prediction = ArgMax.of(p, 0, labels);
        boolean correct = prediction == truth.index();
        sink.score(series, p[prediction], correct, weight);
        if (counted) {
          tally.decide(new Decision(0, truth.index(), prediction), weight);
          tally.add(Measure.CORRECT, correct ? 1 : 0, weight);
          tally.rank(rank(p, truth.index()), weight);
        }
      }
      case BINARY -> {
        sink.score(series, p[1], holds[1], weight);
        if (counted) {
          int prediction = p[1] >= thresholds[1] ? 1 : 0;
          tally.decide(new Decision(0, truth.index(), prediction), weight);
          tally.add(Measure.CORRECT, prediction == truth.index() ? 1 : 0, weight);
        }
      }
      case MULTILABEL -> {
        int correct = 0;
        for (int i = 0; i < labels; i++) {
          sink.score(series, p[i], holds[i], weight);
          boolean said = p[i] >= thresholds[i];
          correct += said == holds[i] ? 1 : 0;
          if (counted) {
            tally.decide(new Decision(i, holds[i] ? 1 : 0, said ? 1 : 0), weight);
          }
        }
        if (counted) {
          tally.add(Measure.CORRECT, (double) correct / labels, weight);
        }
      }
    }
  }

  /** How many classes come before this one; of equal ones the later first, as in scikit-learn. */
  private static int rank(double[] p, int index) {
    int before = 0;
    for (int i = 0; i < p.length; i++) {
      if (p[i] > p[index] || (p[i] == p[index] && i > index)) {
        before++;
      }
    }
    return before;
  }
}
