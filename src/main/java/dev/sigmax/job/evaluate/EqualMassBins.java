package dev.sigmax.job.evaluate;

import dev.sigmax.tally.ExactSum;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Bins of equal mass over sorted probabilities: how often what they speak of held, against how
 * often they say it does. Mergeable; the same bits in any order.
 *
 * <p>Rows that count 1 each are cut as {@code numpy.array_split} cuts them: the first bins have a
 * row more where the rows do not go into the bins. Rows with weights are cut where a fifteenth of
 * the weight ends. Of equal probabilities each bin takes a like share of those that held.
 */
public final class EqualMassBins implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many bins there are. */
  public static final int COUNT = 15;

  private final double[] edges;
  private final ExactSum[] mass = sums();
  private final ExactSum[] said = sums();
  private final ExactSum[] held = sums();

  private EqualMassBins(double[] edges) {
    this.edges = edges;
  }

  /** Empty bins for so much weight in all. */
  public static EqualMassBins of(Mass total, boolean weighted) {
    double all = total.all();
    double[] edges = new double[COUNT + 1];
    for (int i = 0; i <= COUNT; i++) {
      edges[i] =
          weighted ? all * i / COUNT : i * Math.floor(all / COUNT) + Math.min(i, all % COUNT);
    }
    edges[COUNT] = all;
    return new EqualMassBins(edges);
  }

  private static ExactSum[] sums() {
    ExactSum[] sums = new ExactSum[COUNT];
    for (int i = 0; i < COUNT; i++) {
      sums[i] = new ExactSum();
    }
    return sums;
  }

  /** Adds the probabilities of one value, above those in {@code below}. */
  void add(double probability, Mass group, Mass below) {
    double from = below.all();
    Mass with = below.copy();
    with.add(group);
    double to = with.all();
    double weight = to - from;
    if (!(weight > 0)) {
      return;
    }
    for (int i = 0; i < COUNT; i++) {
      double share = Math.min(to, edges[i + 1]) - Math.max(from, edges[i]);
      if (share >= weight) {
        mass[i].add(group.held());
        mass[i].add(group.not());
        said[i].addProduct(probability, group.all());
        held[i].add(group.held());
        return;
      }
      if (share > 0) {
        mass[i].add(share);
        said[i].addProduct(probability, share);
        held[i].addProduct(group.held().value(), share / weight);
      }
    }
  }

  /** Adds another part of the same bins. */
  void add(EqualMassBins other) {
    for (int i = 0; i < COUNT; i++) {
      mass[i].add(other.mass[i]);
      said[i].add(other.said[i]);
      held[i].add(other.held[i]);
    }
  }

  /** Expected calibration error: the mean distance of what is said from what held, by mass. */
  public double error() {
    ExactSum distances = new ExactSum();
    ExactSum all = new ExactSum();
    for (int i = 0; i < COUNT; i++) {
      ExactSum difference = held[i].copy();
      difference.subtract(said[i]);
      distances.add(Math.abs(difference.value()));
      all.add(mass[i]);
    }
    return distances.value() / all.value();
  }

  /**
   * One bin.
   *
   * @param mass its weight
   * @param said the mean probability
   * @param held the share that held
   */
  public record Bin(double mass, double said, double held) {}

  /** The bins that have any weight, from the lowest probabilities up. */
  public List<Bin> list() {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      double weight = mass[i].value();
      if (weight > 0) {
        bins.add(new Bin(weight, said[i].value() / weight, held[i].value() / weight));
      }
    }
    return bins;
  }
}
