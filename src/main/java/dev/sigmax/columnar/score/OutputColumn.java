package dev.sigmax.columnar.score;

import dev.sigmax.kernel.rule.Addition;
import java.io.Serializable;

/** What a column of the scored batch holds. */
public sealed interface OutputColumn extends Serializable {
  /** A column of the input, as it is. */
  record Kept(int ordinal) implements OutputColumn {}

  /** All probabilities of a row as an array. */
  record Probabilities(int scoring) implements OutputColumn {}

  /** The probability of one class. */
  record Probability(int scoring, int index) implements OutputColumn {}

  /** What is added to the probabilities. */
  record Added(int scoring, Addition addition) implements OutputColumn {}

  /** The sum of a row's probabilities. */
  record RowSum(int scoring) implements OutputColumn {}

  /** What is wrong with a row. */
  record RowIssue(int scoring) implements OutputColumn {}
}
