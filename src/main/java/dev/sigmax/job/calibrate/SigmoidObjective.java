package dev.sigmax.job.calibrate;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.LogSigmoid;

/**
 * Binary cross-entropy with the sigmoid of a z + b, for each logit on its own. What is minimised
 * has Platt's targets, (yes + 1) / (yes + 2) and 1 / (no + 2), so that labels which a score tells
 * apart without an error have a finite slope.
 */
final class SigmoidObjective implements Objective {
  private static final long serialVersionUID = 1L;

  private static final double[] IDENTITY = {1, 0};

  private final int firstLabel;
  private final boolean[] staying;
  private final double[][] yes;
  private final double[][] no;

  /**
   * An objective of rows by their masses.
   *
   * @param firstLabel the label that the first logit speaks of: of a binary task the second
   * @param staying for each logit, whether it is to stay as it is
   */
  SigmoidObjective(int firstLabel, boolean[] staying, Masses masses) {
    int logits = staying.length;
    this.firstLabel = firstLabel;
    this.staying = staying.clone();
    this.yes = new double[logits][FitRows.FOLDS + 1];
    this.no = new double[logits][FitRows.FOLDS + 1];
    for (int i = 0; i < logits; i++) {
      for (int fold = 0; fold <= FitRows.FOLDS; fold++) {
        double held = masses.held(firstLabel + i, fold);
        yes[i][fold] = (held + 1) / (held + 2);
        no[i][fold] = 1 / (masses.not(firstLabel + i, fold) + 2);
      }
    }
  }

  @Override
  public int problems() {
    return staying.length;
  }

  @Override
  public boolean isSettled(int problem) {
    return staying[problem];
  }

  @Override
  public double[] identity() {
    return IDENTITY.clone();
  }

  @Override
  public double loss(FitRows rows, int row, int problem, double[] parameters) {
    return LogSigmoid.crossEntropy(
        logit(rows, row, problem, parameters), rows.holds(row, firstLabel + problem) ? 1 : 0);
  }

  @Override
  public void add(
      FitRows rows, int row, int problem, int fold, double[] parameters, Derivatives into) {
    double weight = rows.weight(row);
    double z = rows.logit(row, problem);
    double target = rows.holds(row, firstLabel + problem) ? yes[problem][fold] : no[problem][fold];
    double calibrated = logit(rows, row, problem, parameters);
    double p = Kernels.sigmoid(calibrated, 1);
    double curvature = p * Kernels.sigmoid(-calibrated, 1);
    into.addLoss(LogSigmoid.crossEntropy(calibrated, target), weight);
    into.addFirst(0, (p - target) * z, weight);
    into.addFirst(1, p - target, weight);
    into.addSecond(0, 0, curvature * z * z, weight);
    into.addSecond(1, 0, curvature * z, weight);
    into.addSecond(1, 1, curvature, weight);
  }

  private static double logit(FitRows rows, int row, int problem, double[] parameters) {
    return Math.fma(parameters[0], rows.logit(row, problem), parameters[1]);
  }
}
