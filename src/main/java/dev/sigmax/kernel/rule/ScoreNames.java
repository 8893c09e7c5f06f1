package dev.sigmax.kernel.rule;

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

  /** The predicted labels of a multilabel task, as a field of a score; the column is singular. */
  public static final String PREDICTIONS = "predictions";

  /** The probabilities of the predicted labels, as a field of a score. */
  public static final String CONFIDENCES = "confidences";

  /** A class's label in {@code top_k}. */
  public static final String LABEL = "label";

  /** A class's probability in {@code top_k}. */
  public static final String PROBABILITY = "probability";

  /** The field of a score that holds a column of that name. */
  public static String fieldOf(Addition column, Task task) {
    return switch (column) {
      case PREDICTION -> task == Task.MULTILABEL ? PREDICTIONS : column.columnName();
      case CONFIDENCE -> task == Task.MULTILABEL ? CONFIDENCES : column.columnName();
      case TOP_K, MARGIN, ENTROPY -> column.columnName();
    };
  }

  private ScoreNames() {}
}
