package dev.sigmax.job.calibrate;

import java.io.Serializable;

/**
 * A loss of rows by some parameters, and its derivatives. It may fall into problems that do not
 * know of each other, one for each label; each has the same parameters. Not thread-safe: it keeps
 * buffers.
 */
interface Objective extends Serializable {
  /** How many problems there are. */
  int problems();

  /** The parameters that leave logits as they are. */
  double[] identity();

  /** Whether the parameters of a problem are not looked for, but those that leave logits alone. */
  default boolean isSettled(int problem) {
    return false;
  }

  /** How many parameters a problem has. */
  default int parameters() {
    return identity().length;
  }

  /** The loss of a row as {@code evaluate} has it, without its weight. */
  double loss(FitRows rows, int row, int problem, double[] parameters);

  /**
   * Adds what is to be minimised, and its first and second derivatives, times the row's weight.
   *
   * @param fold that is left out of these sums; {@link FitRows#FOLDS} for none
   */
  void add(FitRows rows, int row, int problem, int fold, double[] parameters, Derivatives into);
}
