package dev.sigmax.kernel;

import dev.sigmax.kernel.rule.Additions;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;

/**
 * What is added to one scored row. Both paths take it from here, so that both say the same. Not
 * thread-safe: an instance keeps the last row's values.
 */
public final class RowAdditions {
  /** What a row predicts in which no class has a probability. */
  public static final int NO_CLASS = -1;

  private static final int NO = 0;
  private static final int YES = 1;

  private final ScoringRule rule;
  private final Additions additions;
  private final TopClasses top;
  private final Uncertainty uncertainty;
  private final double[] thresholds;
  private final double[] calibrated;
  private final int[] holding;
  private final double[] holdingProbabilities;
  private int holdingCount;

  /** The additions to rows that are scored by {@code rule}. */
  public RowAdditions(ScoringRule rule, Additions additions, Kernel kernel) {
    this.rule = rule;
    this.additions = additions;
    this.top = new TopClasses(Math.max(1, additions.topK()), kernel);
    this.uncertainty = new Uncertainty(kernel);
    this.thresholds = additions.thresholds().stream().mapToDouble(Double::doubleValue).toArray();
    this.calibrated = new double[rule.calibration().classes()];
    int labels = additions.ofProbabilities() ? rule.probabilities() : 0;
    this.holding = new int[labels];
    this.holdingProbabilities = new double[labels];
  }

  /** What is added. */
  public Additions additions() {
    return additions;
  }

  /** Takes a good row's probabilities as written, from {@code from} on. */
  public void takeProbabilities(float[] probabilities, int from) {
    if (!additions.ofProbabilities()) {
      return;
    }
    int count = rule.probabilities();
    if (rule.task() != Task.MULTILABEL || additions.topK() > 0) {
      top.take(probabilities, from, count);
    }
    holdingCount = 0;
    switch (rule.task()) {
      case MULTICLASS -> holdTop();
      case MULTILABEL -> {
        for (int i = 0; i < count; i++) {
          hold(i, probabilities[from + i], probabilities[from + i] >= thresholds[i]);
        }
      }
      case BINARY -> holdOneOf(probabilities[from + NO], probabilities[from + YES]);
    }
  }

  /** As the float form. */
  public void takeProbabilities(double[] probabilities, int from) {
    if (!additions.ofProbabilities()) {
      return;
    }
    int count = rule.probabilities();
    if (rule.task() != Task.MULTILABEL || additions.topK() > 0) {
      top.take(probabilities, from, count);
    }
    holdingCount = 0;
    switch (rule.task()) {
      case MULTICLASS -> holdTop();
      case MULTILABEL -> {
        for (int i = 0; i < count; i++) {
          hold(i, probabilities[from + i], probabilities[from + i] >= thresholds[i]);
        }
      }
      case BINARY -> holdOneOf(probabilities[from + NO], probabilities[from + YES]);
    }
  }

  private void holdTop() {
    if (top.count() > 0) {
      hold(top.classAt(0), top.probabilityAt(0), true);
    }
  }

  private void holdOneOf(double no, double yes) {
    boolean holds = yes >= thresholds[0];
    hold(holds ? YES : NO, holds ? yes : no, !Double.isNaN(yes));
  }

  private void hold(int index, double probability, boolean holds) {
    if (holds) {
      holding[holdingCount] = index;
      holdingProbabilities[holdingCount++] = probability;
    }
  }

  /**
   * Takes a good row's logits, as many as the rule has, from {@code from} on.
   *
   * @param rowSum of the probabilities; NaN where the rule propagates one
   */
  public void takeLogits(double[] logits, int from, double rowSum) {
    if (!additions.ofLogits()) {
      return;
    }
    if (rule.calibration().isNone()) {
      takeCalibrated(logits, from, rowSum);
    } else {
      System.arraycopy(logits, from, calibrated, 0, calibrated.length);
      rule.calibration().apply(calibrated, calibrated.length, calibrated);
      takeCalibrated(calibrated, 0, rowSum);
    }
  }

  private void takeCalibrated(double[] logits, int from, double rowSum) {
    if (rule.task() != Task.MULTICLASS) {
      uncertainty.ofLabels(logits, from, rule.classes(), rule.temperature());
    } else if (Double.isNaN(rowSum)) {
      uncertainty.undefined();
    } else {
      uncertainty.ofClasses(logits, from, rule.classes(), rule.temperature());
    }
  }

  /** The class that is predicted, or {@link #NO_CLASS}; of a multilabel task nothing. */
  public int predicted() {
    return holdingCount == 0 ? NO_CLASS : holding[0];
  }

  /** The probability of what is predicted; means nothing without a prediction. */
  public double confidence() {
    return holdingProbabilities[0];
  }

  /** How many labels hold. */
  public int holdingCount() {
    return holdingCount;
  }

  /** The label that holds at a place, counted from 0, in the order of the labels. */
  public int holdingAt(int place) {
    return holding[place];
  }

  /** The probability of the label that holds at a place. */
  public double holdingProbabilityAt(int place) {
    return holdingProbabilities[place];
  }

  /** The most probable classes. */
  public TopClasses top() {
    return top;
  }

  /** Margin and entropy. */
  public Uncertainty uncertainty() {
    return uncertainty;
  }
}
