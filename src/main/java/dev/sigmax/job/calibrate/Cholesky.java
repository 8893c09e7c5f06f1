package dev.sigmax.job.calibrate;

import java.util.Optional;

/** Solves a symmetric system whose matrix is positive definite. */
final class Cholesky {
  /** A pivot below this share of its diagonal element is none. */
  private static final double SINGULAR = 1e-13;

  private Cholesky() {}

  /** x of A x = b; empty where A is not positive definite, or so near to that that x is noise. */
  static Optional<double[]> solve(double[][] matrix, double[] right) {
    int n = right.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum = Math.fma(-lower[i][k], lower[j][k], sum);
        }
        if (i == j) {
          if (!(sum > SINGULAR * matrix[i][i])) {
            return Optional.empty();
          }
          lower[i][i] = Math.sqrt(sum);
        } else {
          lower[i][j] = sum / lower[j][j];
        }
      }
    }
    double[] x = right.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] = Math.fma(-lower[i][k], x[k], x[i]);
      }
      x[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] = Math.fma(-lower[k][i], x[k], x[i]);
      }
      x[i] /= lower[i][i];
    }
    return Optional.of(x);
  }
}
