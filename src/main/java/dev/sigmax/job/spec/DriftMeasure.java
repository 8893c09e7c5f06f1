package dev.sigmax.job.spec;

import dev.sigmax.output.Manifest;
import dev.sigmax.tally.Divergence;

/** A measure of how far two runs are apart. */
public enum DriftMeasure {
  /** The population stability index. */
  PSI(Double.MAX_VALUE) {
    @Override
    public double of(Manifest.Distance distance) {
      return distance.psi();
    }
  },
  /** The Jensen-Shannon distance with the natural logarithm. */
  JS(Divergence.LARGEST_DISTANCE) {
    @Override
    public double of(Manifest.Distance distance) {
      return distance.js();
    }
  };

  private final double largest;

  DriftMeasure(double largest) {
    this.largest = largest;
  }

  /** Its value in a distance: 0 or more, 0 where nothing moved. */
  public abstract double of(Manifest.Distance distance);

  /** No two runs are further apart. */
  double largest() {
    return largest;
  }
}
