package dev.sigmax.job.calibrate;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.LogSoftmax;
import dev.sigmax.kernel.Softmax;
import java.util.Arrays;

/**
 * Cross-entropy with the softmax of β z + b. The first parameter is β, the inverse temperature;
 * then comes a bias for each class but the last, whose bias is 0, or none at all.
 */
final class SoftmaxObjective implements Objective {
  private static final long serialVersionUID = 1L;

  private final int classes;
  private final int biases;
  private transient Softmax softmax;
  private transient LogSoftmax logSoftmax;
  private transient double[] z;
  private transient double[] u;
  private transient double[] p;

  private SoftmaxObjective(int classes, int biases) {
    this.classes = classes;
    this.biases = biases;
  }

  /** By the temperature alone. */
  static SoftmaxObjective ofTemperature(int classes) {
    return new SoftmaxObjective(classes, 0);
  }

  /** By the temperature and a bias for each class. */
  static SoftmaxObjective ofTemperatureAndBias(int classes) {
    return new SoftmaxObjective(classes, classes - 1);
  }

  @Override
  public int problems() {
    return 1;
  }

  @Override
  public double[] identity() {
    double[] identity = new double[1 + biases];
    identity[0] = 1;
    return identity;
  }

  @Override
  public double loss(FitRows rows, int row, int problem, double[] parameters) {
    take(rows, row, parameters);
    return logSoftmax.crossEntropy(u, 0, classes, rows.truth(row));
  }

  @Override
  public void add(
      FitRows rows, int row, int problem, int fold, double[] parameters, Derivatives into) {
    double weight = rows.weight(row);
    int truth = rows.truth(row);
    into.addLoss(loss(rows, row, problem, parameters), weight);
    softmax.softmax(u, 0, classes, 1, p, 0);
    double expected = 0;
    for (int i = 0; i < classes; i++) {
      if (p[i] > 0) {
        expected = Math.fma(p[i], z[i] - z[truth], expected);
      }
    }
    double mean = expected + z[truth];
    double variance = 0;
    for (int i = 0; i < classes; i++) {
      if (p[i] > 0) {
        variance = Math.fma(p[i], (z[i] - mean) * (z[i] - mean), variance);
      }
    }
    into.addFirst(0, expected, weight);
    into.addSecond(0, 0, variance, weight);
    for (int i = 0; i < biases; i++) {
      into.addFirst(1 + i, i == truth ? p[i] - 1 : p[i], weight);
      if (p[i] > 0) {
        into.addSecond(1 + i, 0, p[i] * (z[i] - mean), weight);
        into.addSecond(1 + i, 1 + i, p[i] * (1 - p[i]), weight);
        for (int j = 0; j < i; j++) {
          into.addSecond(1 + i, 1 + j, -p[i] * p[j], weight);
        }
      }
    }
  }

  private void take(FitRows rows, int row, double[] parameters) {
    if (softmax == null) {
      softmax = new Softmax(Kernels.kernel());
      logSoftmax = new LogSoftmax(Kernels.kernel());
      z = new double[classes];
      u = new double[classes];
      p = new double[classes];
    }
    rows.copyLogits(row, z);
    Arrays.setAll(u, i -> calibrated(z[i], parameters[0], i < biases ? parameters[1 + i] : 0));
  }

  /** A masked class stays masked, also where β is not above 0. */
  private static double calibrated(double logit, double slope, double bias) {
    return logit == Double.NEGATIVE_INFINITY ? logit : Math.fma(slope, logit, bias);
  }
}
