package dev.sigmax.bench;

/**
 * What a table costs by its rows, as a straight line.
 *
 * @param start what none would cost
 * @param slope what one more costs
 */
record Line(double start, double slope) {
  /** Through two readings. */
  static Line through(long fewRows, double few, long manyRows, double many) {
    double slope = (many - few) / (manyRows - fewRows);
    return new Line(few - slope * fewRows, slope);
  }

  /** How a peer with this line does beside Sigmax with another, behind the peer's name. */
  String beside(Line sigmax) {
    double crossing = (sigmax.start - start) / (slope - sigmax.slope);
    if (crossing > 0 && !Double.isInfinite(crossing)) {
      return (slope > sigmax.slope
              ? "is overtaken at %,.0f rows"
              : "overtakes Sigmax at %,.0f rows")
          .formatted(crossing);
    }
    boolean slower = slope > sigmax.slope || (slope == sigmax.slope && start > sigmax.start);
    return slower ? "is slower than Sigmax at any size" : "is not overtaken at any size";
  }
}
