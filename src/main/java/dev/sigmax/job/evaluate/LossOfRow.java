package dev.sigmax.job.evaluate;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.LogSigmoid;
import dev.sigmax.kernel.LogSoftmax;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;

/**
 * The loss of a row, in nats: cross-entropy with softmax, or binary cross-entropy with sigmoid, its
 * mean over the labels. One owner.
 */
final class LossOfRow {
  private final Task task;
  private final double temperature;
  private final LogSoftmax logSoftmax = new LogSoftmax(Kernels.kernel());
  private double[] divided = new double[0];

  LossOfRow(ScoringRule rule) {
    this.task = rule.task();
    this.temperature = rule.temperature();
  }

  /** From the logits; where they have a limit only, +∞ among them, from the probabilities. */
  double ofLogits(double[] logits, double[] probabilities, Truth truth) {
    double[] z = divided(logits);
    double loss =
        switch (task) {
          case MULTICLASS -> logSoftmax.crossEntropy(z, 0, z.length, truth.index());
          case BINARY -> LogSigmoid.crossEntropy(z[0], truth.index());
          case MULTILABEL -> ofSigmoids(z, truth.holds());
        };
    return Double.isNaN(loss) ? ofProbabilities(probabilities, truth) : loss;
  }

  static double ofSigmoids(double[] logits, boolean[] holds) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      sum += LogSigmoid.crossEntropy(logits[i], holds[i] ? 1 : 0);
    }
    return sum / logits.length;
  }

  /** From probabilities alone, as exact as they are; a certainty that failed costs +∞. */
  double ofProbabilities(double[] p, Truth truth) {
    if (task != Task.MULTILABEL) {
      return -StrictMath.log(p[truth.index()]);
    }
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum -= truth.holds()[i] ? StrictMath.log(p[i]) : StrictMath.log1p(-p[i]);
    }
    return sum / p.length;
  }

  private double[] divided(double[] logits) {
    if (divided.length != logits.length) {
      divided = new double[logits.length];
    }
    for (int i = 0; i < logits.length; i++) {
      divided[i] = logits[i] / temperature;
    }
    return divided;
  }
}
