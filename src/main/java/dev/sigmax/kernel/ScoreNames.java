package dev.sigmax.kernel;

/** The names of a scored row's values, as columns of an output and as fields of a score. */
public final class ScoreNames {
  /** All probabilities of a row in one array; null in a row with an issue. */
  public static final String PROBABILITIES = "probabilities";

  /** What the name of a column of one class's probability begins with. */
  public static final String PROBABILITY_PREFIX = "prob_";

  /** Σ of the probabilities as written, a double; null in a row with an issue. */
  public static final String ROW_SUM = "row_sum";

  /** The code of a {@link RowIssue}; null in a good row. */
  public static final String ROW_ISSUE = "row_issue";

  private ScoreNames() {}
}
