package dev.sigmax.job.spec;

import java.math.BigDecimal;

/**
 * How many bad rows a run may have: a count, or a share of all rows.
 *
 * @param count the most rows; -1 where a share is given
 * @param share the largest share of all rows, in percent; null where a count is given
 */
public record BadRowLimit(long count, BigDecimal share) {
  /** Half of all rows: where more are bad, something else is wrong than some rows. */
  public static final BadRowLimit HALF = new BadRowLimit(-1, BigDecimal.valueOf(50));

  /** One row in a hundred: above it a run that goes on says so. */
  public static final BadRowLimit NOTABLE = new BadRowLimit(-1, BigDecimal.ONE);

  /** None. */
  public static final BadRowLimit NONE = new BadRowLimit(0, null);

  private static final int MOST_PLACES = 20;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Reads {@code 12} or {@code 0.1%}; {@link NumberFormatException} for anything else. */
  public static BadRowLimit parse(String text) {
    String trimmed = text.strip();
    if (!trimmed.endsWith("%")) {
      long count = Long.parseLong(trimmed);
      if (count < 0) {
        throw new NumberFormatException("negative");
      }
      return new BadRowLimit(count, null);
    }
    BigDecimal share = new BigDecimal(trimmed.substring(0, trimmed.length() - 1).strip());
    // One row of Long.MAX_VALUE is a larger share; more places would only take memory.
    if (share.scale() > MOST_PLACES || share.scale() < -MOST_PLACES) {
      throw new NumberFormatException("too many places");
    }
    if (share.signum() < 0 || share.compareTo(HUNDRED) > 0) {
      throw new NumberFormatException("not between 0% and 100%");
    }
    return new BadRowLimit(-1, share);
  }

  /** Whether {@code bad} rows of {@code all} are within the limit. Exact. */
  public boolean allows(long bad, long all) {
    return share == null
        ? bad <= count
        : BigDecimal.valueOf(bad)
                .multiply(HUNDRED)
                .compareTo(share.multiply(BigDecimal.valueOf(all)))
            <= 0;
  }

  @Override
  public String toString() {
    return share != null ? share.toPlainString() + "%" : Long.toString(count);
  }
}
