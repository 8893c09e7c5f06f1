package dev.sigmax.kernel.rule;

import java.util.Locale;

/** A column that a job adds to the probabilities, in the order of the output. */
public enum Addition {
  /** The label of the most probable class; for labels that stand alone, those that hold. */
  PREDICTION,
  /** The probability of the prediction; for labels that stand alone, one for each that holds. */
  CONFIDENCE,
  /** The most probable classes with their probabilities, the most probable first. */
  TOP_K,
  /** How far the two most probable classes are apart. See {@link dev.sigmax.kernel.Uncertainty}. */
  MARGIN,
  /** The entropy of the probabilities in nats. See {@link dev.sigmax.kernel.Uncertainty}. */
  ENTROPY;

  /** The column's name, and the option's. */
  public String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
