package dev.sigmax.job.evaluate;

import dev.sigmax.tally.ExactSum;
import java.io.Serializable;

/**
 * How much weight held, and how much did not.
 *
 * @param held of the scores whose label held
 * @param not of the others
 */
public record Mass(ExactSum held, ExactSum not) implements Serializable {
  /** Nothing. */
  public static Mass none() {
    return new Mass(new ExactSum(), new ExactSum());
  }

  void add(boolean isHeld, double weight) {
    (isHeld ? held : not).add(weight);
  }

  void add(Mass other) {
    held.add(other.held);
    not.add(other.not);
  }

  Mass copy() {
    return new Mass(held.copy(), not.copy());
  }

  /** Both together, rounded once. */
  double all() {
    ExactSum all = held.copy();
    all.add(not);
    return all.value();
  }
}
