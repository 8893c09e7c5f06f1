package dev.sigmax.tally;

import java.util.List;

/**
 * How far two distributions over the same bins are apart, from their counts. Terms are added in the
 * order of the bins with the same logarithm everywhere, so that the same counts give the same bits.
 */
public final class Divergence {
  /** To the population stability index a smaller share of a bin counts as this one. */
  public static final double LEAST_SHARE = 1e-4;

  /** The Jensen-Shannon distance of two runs that have no bin in common: √ln 2. */
  public static final double LARGEST_DISTANCE = Math.sqrt(StrictMath.log(2));

  private Divergence() {}

  /**
   * The population stability index, Σ (b − a) ln(b / a) over the shares a and b of each bin: 0
   * where they are equal, and the same whichever of the two comes first. A bin that is empty on one
   * side has no logarithm; shares below {@link #LEAST_SHARE} count as that.
   *
   * @return 0 or more; below 2 ln(1 / {@link #LEAST_SHARE}) = 18.4
   * @throws IllegalArgumentException where the bins are not as many, or one side has no count
   */
  public static double populationStabilityIndex(List<Long> one, List<Long> other) {
    double[] a = shares(one, other);
    double[] b = shares(other, one);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double least = Math.max(a[i], LEAST_SHARE);
      double second = Math.max(b[i], LEAST_SHARE);
      double smaller = Math.min(least, second);
      double larger = Math.max(least, second);
      sum += (larger - smaller) * StrictMath.log(larger / smaller);
    }
    return sum;
  }

  /**
   * The Jensen-Shannon distance with the natural logarithm: the square root of half the sum of the
   * Kullback-Leibler divergences from the mean of the two. Empty bins need no care.
   *
   * @return from 0 for equal shares to {@link #LARGEST_DISTANCE} for shares without a common bin
   * @throws IllegalArgumentException where the bins are not as many, or one side has no count
   */
  public static double jensenShannonDistance(List<Long> one, List<Long> other) {
    double[] a = shares(one, other);
    double[] b = shares(other, one);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double mean = (a[i] + b[i]) / 2;
      sum += term(a[i], mean) + term(b[i], mean);
    }
    return Math.min(LARGEST_DISTANCE, Math.sqrt(Math.max(0, sum / 2)));
  }

  private static double term(double share, double mean) {
    return share == 0 ? 0 : share * StrictMath.log(share / mean);
  }

  private static double[] shares(List<Long> counts, List<Long> others) {
    double all = counts.stream().mapToLong(Long::longValue).sum();
    if (counts.size() != others.size() || all == 0) {
      throw new IllegalArgumentException(
          counts.size() + " and " + others.size() + " bins, " + (long) all + " counts");
    }
    return counts.stream().mapToDouble(count -> count / all).toArray();
  }
}
