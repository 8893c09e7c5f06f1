package dev.sigmax.job.evaluate;

import dev.sigmax.kernel.ArgMax;
import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.LogSigmoid;
import dev.sigmax.kernel.LogSoftmax;
import dev.sigmax.kernel.Softmax;
import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;

/**
 * What the function that does not belong to a task would have given: the sigmoid of each logit of a
 * multiclass row, the softmax of a multilabel one. Of a binary row it is the softmax of its
 * numbers: of one, always 1; of a pair (-m, m) of log-odds m, σ(2m). A pair whose log-odds are 2m
 * is meant for that, and the sigmoid of its m is the other. Its loss is binary cross-entropy, the
 * mean over the labels. One owner.
 */
final class OtherFunction {
  private final Task task;
  private final RawLayout layout;
  private final double temperature;
  private final Softmax softmax = new Softmax(Kernels.kernel());
  private final LogSoftmax logSoftmax = new LogSoftmax(Kernels.kernel());
  private double[] wrong = new double[0];
  private double[] z = new double[0];
  private double[] logarithms = new double[0];

  OtherFunction(ScoringRule rule, RawLayout layout) {
    this.task = rule.task();
    this.layout = layout;
    this.temperature = rule.temperature();
  }

  /** What it is called. */
  static String name(Task task, RawLayout layout) {
    return task == Task.MULTICLASS || layout == RawLayout.DOUBLED_MARGIN ? "sigmoid" : "softmax";
  }

  /** What it takes for the log-odds of a pair. */
  private double logOdds(double[] logits) {
    return divided(logits)[0] * (layout == RawLayout.DOUBLED_MARGIN ? 0.5 : 2);
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
        if (layout.isPair()) {
          wrong[0] = Kernels.sigmoid(-logOdds(logits), 1);
          wrong[1] = Kernels.sigmoid(logOdds(logits), 1);
        } else {
          wrong[0] = 0;
          wrong[1] = 1;
        }
      }
      case MULTILABEL -> softmax.softmax(logits, 0, count, temperature, wrong, 0);
    }
    return wrong;
  }

  double loss(double[] logits, boolean[] holds) {
    return switch (task) {
      case MULTICLASS -> LossOfRow.ofSigmoids(divided(logits), holds);
      case BINARY -> {
        if (layout.isPair()) {
          yield LogSigmoid.crossEntropy(logOdds(logits), holds[1] ? 1 : 0);
        }
        yield holds[1] ? 0 : Double.POSITIVE_INFINITY;
      }
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
