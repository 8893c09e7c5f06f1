package dev.sigmax.job.evaluate;

import dev.sigmax.kernel.ArgMax;
import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.LogSoftmax;
import dev.sigmax.kernel.ScoringRule;
import dev.sigmax.kernel.Softmax;
import dev.sigmax.kernel.Task;

/**
 * What the function that does not belong to a task would have given: the sigmoid of each logit of a
 * multiclass row, the softmax of a multilabel one, and of a binary one, whose single logit always
 * gives 1. Its loss is binary cross-entropy, the mean over the labels. One owner.
 */
final class OtherFunction {
  private final Task task;
  private final double temperature;
  private final Softmax softmax = new Softmax(Kernels.kernel());
  private final LogSoftmax logSoftmax = new LogSoftmax(Kernels.kernel());
  private double[] wrong = new double[0];
  private double[] z = new double[0];
  private double[] logarithms = new double[0];

  OtherFunction(ScoringRule rule) {
    this.task = rule.task();
    this.temperature = rule.temperature();
  }

  /** What it is called. */
  static String name(Task task) {
    return task == Task.MULTICLASS ? "sigmoid" : "softmax";
  }

  /** One for each probability of the task; the next call overwrites them. */
  double[] probabilities(double[] logits) {
    int count = task.probabilities(logits.length);
    wrong = wrong.length == count ? wrong : new double[count];
    switch (task) {
      case MULTICLASS -> {
        for (int i = 0; i < count; i++) {
          wrong[i] = Kernels.sigmoid(logits[i], temperature);
        }
      }
      case BINARY -> {
        wrong[0] = 0;
        wrong[1] = 1;
      }
      case MULTILABEL -> softmax.softmax(logits, 0, count, temperature, wrong, 0);
    }
    return wrong;
  }

  double loss(double[] logits, boolean[] holds) {
    return switch (task) {
      case MULTICLASS -> LossOfRow.ofSigmoids(divided(logits), holds);
      case BINARY -> holds[1] ? 0 : Double.POSITIVE_INFINITY;
      case MULTILABEL -> lossOfSoftmax(logits, holds);
    };
  }

  /** Binary cross-entropy of a row's softmax, the mean over its classes. */
  double lossOfSoftmax(double[] logits, boolean[] holds) {
    int count = logits.length;
    divided(logits);
    logarithms = logarithms.length == count ? logarithms : new double[count];
    logSoftmax.logSoftmax(z, 0, count, logarithms, 0);
    int largest = ArgMax.of(z, 0, count);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      if (holds[i]) {
        sum -= logarithms[i];
      } else if (i == largest) {
        sum -= logOfRest(largest);
      } else {
        sum -= StrictMath.log1p(-StrictMath.exp(logarithms[i]));
      }
    }
    return sum / count;
  }

  /** log(1 - p) of the largest probability: from the others, since 1 - p would cancel. */
  private double logOfRest(int largest) {
    double all = logSoftmax.logSumExp(z, 0, z.length);
    double logit = z[largest];
    z[largest] = Double.NEGATIVE_INFINITY;
    double others = logSoftmax.logSumExp(z, 0, z.length);
    z[largest] = logit;
    return others - all;
  }

  private double[] divided(double[] logits) {
    z = z.length == logits.length ? z : new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      z[i] = logits[i] / temperature;
    }
    return z;
  }
}
