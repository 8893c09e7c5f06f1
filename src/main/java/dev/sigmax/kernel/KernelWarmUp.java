package dev.sigmax.kernel;

import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Calls the kernel on made-up logits, as a job is about to call it on real ones, so that the JVM
 * has compiled it by then. Nothing that it computes is kept.
 */
public final class KernelWarmUp {
  private static final int ROWS = 4096;
  private static final long SEED = 1;

  private KernelWarmUp() {}

  /**
   * Scores until told to stop, on the calling thread.
   *
   * @param isFloat whether the logits and the probabilities are floats, not doubles
   * @param goOn asked before each row, or each few thousand of them
   */
  public static void run(ScoringRule rule, boolean isFloat, BooleanSupplier goOn) {
    if (!isFloat) {
      doubles(rule, goOn);
    } else if (rule.task() != Task.MULTICLASS) {
      sigmoid(rule, goOn);
    } else if (rule.classes() <= SoftmaxTile.MOST_CLASSES) {
      softmaxTile(rule, goOn);
    } else {
      softmaxRow(rule, goOn);
    }
  }

  private static void sigmoid(ScoringRule rule, BooleanSupplier goOn) {
    Kernel kernel = Kernels.kernel();
    float[] logits = floats(ROWS);
    float[] probabilities = new float[ROWS];
    while (goOn.getAsBoolean()) {
      kernel.sigmoid(logits, 0, probabilities, 0, ROWS, rule.temperature());
      lookAtRange(kernel, probabilities);
    }
  }

  private static void softmaxTile(ScoringRule rule, BooleanSupplier goOn) {
    Kernel kernel = Kernels.kernel();
    SoftmaxTile tile = new SoftmaxTile(kernel, rule.classes());
    float[][] columns = new float[rule.classes()][];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = floats(ROWS);
    }
    float[][] probabilities = new float[rule.classes()][ROWS];
    double[] sums = new double[ROWS];
    while (goOn.getAsBoolean()) {
      tile.columns(columns, 0, ROWS, rule.temperature(), probabilities, 0, sums);
      for (float[] column : probabilities) {
        lookAtRange(kernel, column);
      }
    }
  }

  private static void softmaxRow(ScoringRule rule, BooleanSupplier goOn) {
    Kernel kernel = Kernels.kernel();
    Softmax softmax = new Softmax(kernel);
    float[] logits = floats(rule.classes());
    float[] probabilities = new float[rule.classes()];
    while (goOn.getAsBoolean()) {
      softmax.softmax(logits, 0, logits.length, rule.temperature(), probabilities, 0);
      softmax.sum(probabilities, 0, probabilities.length);
      lookAtRange(kernel, probabilities);
    }
  }

  private static void doubles(ScoringRule rule, BooleanSupplier goOn) {
    RowScorer scorer = new RowScorer(rule, Kernels.kernel());
    Random random = new Random(SEED);
    double[] logits = random.doubles(rule.rowLength(), -4, 4).toArray();
    if (rule.pairs()) {
      logits[0] = -logits[1];
    }
    double[] probabilities = new double[rule.probabilities()];
    while (goOn.getAsBoolean()) {
      scorer.score(logits, logits.length, probabilities);
    }
  }

  private static void lookAtRange(Kernel kernel, float[] values) {
    kernel.minOrNaN(values, 0, values.length);
    kernel.maxOrNaN(values, 0, values.length);
  }

  private static float[] floats(int count) {
    Random random = new Random(SEED);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
