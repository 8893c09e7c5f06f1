package dev.sigmax.kernel;

/**
 * Where values lie.
 *
 * @param min the smallest value; NaN where one of them is NaN
 * @param max the largest value; NaN where one of them is NaN
 */
public record ValueRange(double min, double max) {
  /** Whether all are probabilities. */
  public boolean ofProbabilities() {
    return min >= 0 && max <= 1;
  }
}
