package dev.sigmax.job.calibrate;

import dev.sigmax.tally.ExactSum;
import java.io.Serializable;
import java.util.stream.Stream;

/**
 * Sums of a loss and its first and second derivatives, exact, so that their order means nothing.
 */
final class Derivatives implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int parameters;
  private final ExactSum loss = new ExactSum();
  private final ExactSum[] first;
  private final ExactSum[] second;

  Derivatives(int parameters) {
    this.parameters = parameters;
    this.first = sums(parameters);
    this.second = sums(parameters * (parameters + 1) / 2);
  }

  private static ExactSum[] sums(int count) {
    return Stream.generate(ExactSum::new).limit(count).toArray(ExactSum[]::new);
  }

  private static int place(int i, int j) {
    return i >= j ? i * (i + 1) / 2 + j : place(j, i);
  }

  void addLoss(double value, double weight) {
    loss.addProduct(value, weight);
  }

  void addFirst(int i, double value, double weight) {
    first[i].addProduct(value, weight);
  }

  /** Adds to the derivative by two parameters; once for each pair. */
  void addSecond(int i, int j, double value, double weight) {
    second[place(i, j)].addProduct(value, weight);
  }

  void add(Derivatives other) {
    loss.add(other.loss);
    for (int i = 0; i < first.length; i++) {
      first[i].add(other.first[i]);
    }
    for (int i = 0; i < second.length; i++) {
      second[i].add(other.second[i]);
    }
  }

  double loss() {
    return loss.value();
  }

  double[] gradient() {
    return Stream.of(first).mapToDouble(ExactSum::value).toArray();
  }

  double[][] hessian() {
    double[][] hessian = new double[parameters][parameters];
    for (int i = 0; i < parameters; i++) {
      for (int j = 0; j < parameters; j++) {
        hessian[i][j] = second[place(i, j)].value();
      }
    }
    return hessian;
  }
}
