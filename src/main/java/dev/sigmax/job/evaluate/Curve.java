package dev.sigmax.job.evaluate;

import dev.sigmax.tally.ExactSum;
import java.io.Serializable;

/**
 * The areas under a label's ROC and precision-recall curves, as sums over the groups of equal
 * scores. Mergeable; the same bits in any order.
 */
public final class Curve implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ExactSum pairs = new ExactSum();
  private final ExactSum precisions = new ExactSum();

  /**
   * Adds the scores of one value.
   *
   * @param below the weight of all lower scores
   * @param total the weight of all scores
   */
  void add(Mass group, Mass below, Mass total) {
    double held = group.held().value();
    if (held == 0) {
      return;
    }
    // A pair of one that held and one that did not counts where the first is higher, and half
    // where they are equal.
    pairs.addProduct(held, below.not().value());
    pairs.addProduct(held / 2, group.not().value());
    double heldFromHere = from(total.held(), below.held());
    double notFromHere = from(total.not(), below.not());
    precisions.addProduct(held, heldFromHere / (heldFromHere + notFromHere));
  }

  private static double from(ExactSum total, ExactSum below) {
    ExactSum from = total.copy();
    from.subtract(below);
    return from.value();
  }

  /** Adds another part of the same curve. */
  void add(Curve other) {
    pairs.add(other.pairs);
    precisions.add(other.precisions);
  }

  /** The area under the ROC curve; NaN where all scores held, or none. */
  public double rocAuc(Mass total) {
    double held = total.held().value();
    double not = total.not().value();
    return held == 0 || not == 0 ? Double.NaN : pairs.value() / held / not;
  }

  /** Average precision, Σ (R_n - R_(n-1)) P_n; 0 where no score held, as in scikit-learn. */
  public double averagePrecision(Mass total) {
    double held = total.held().value();
    return held == 0 ? 0 : precisions.value() / held;
  }
}
