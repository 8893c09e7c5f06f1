package dev.sigmax.testing;

import java.util.List;

/** Rows in the bins that the documents describe, and their distances, by DuckDB alone. */
public final class BinnedRows {
  /** The bin of a row of three classes, {@code a}, {@code b} and {@code c}, by its prediction. */
  public static final String PREDICTION =
      "CASE WHEN prob_a >= prob_b AND prob_a >= prob_c THEN 0 WHEN prob_b >= prob_c THEN 1 ELSE 2"
          + " END";

  /** The bin of such a row by its largest probability, one of 16. */
  public static final String CONFIDENCE =
      "least(15, floor(greatest(prob_a, prob_b, prob_c)::DOUBLE * 16))";

  private static final String EDGES_UP_TO = "list_filter([%s], e -> %s >= e)";

  private BinnedRows() {}

  /** The bin of a probability, one of 16. */
  public static String probability(String column) {
    String ends = "0.00390625, 0.0078125, 0.015625, 0.03125, 0.0625, 0.125, 0.25";
    return "CASE WHEN %s < 0.5 THEN len(%s) ELSE 15 - len(%s) END"
        .formatted(
            column,
            EDGES_UP_TO.formatted(ends, column + "::DOUBLE"),
            EDGES_UP_TO.formatted(ends, "1 - " + column + "::DOUBLE"));
  }

  /** The bin of a logit, one of 32. */
  public static String logit(String column) {
    String sizes = "0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64";
    return "CASE WHEN %1$s < 0 THEN 15 - len(%2$s) ELSE 16 + len(%2$s) END"
        .formatted(column, EDGES_UP_TO.formatted(sizes, "abs(" + column + ")"));
  }

  /** The population stability index and the Jensen-Shannon distance of two queries' rows. */
  public static List<Object> distances(String bin, int bins, String then, String now) {
    return DuckDb.rows(
            """
            WITH a AS (SELECT %1$s AS b FROM (%3$s)), z AS (SELECT %1$s AS b FROM (%4$s)),
            s AS (SELECT (SELECT count(*) FROM a WHERE a.b = n) / (SELECT count(*) FROM a) AS p,
              (SELECT count(*) FROM z WHERE z.b = n) / (SELECT count(*) FROM z) AS q
              FROM range(%2$d) t(n))
            SELECT sum((greatest(q, 0.0001) - greatest(p, 0.0001))
                * ln(greatest(q, 0.0001) / greatest(p, 0.0001))),
              sqrt(sum(CASE WHEN p > 0 THEN p * ln(2 * p / (p + q)) ELSE 0 END
                + CASE WHEN q > 0 THEN q * ln(2 * q / (p + q)) ELSE 0 END) / 2) FROM s"""
                .formatted(bin, bins, then, now))
        .get(0);
  }
}
