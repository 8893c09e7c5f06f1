package dev.sigmax.kernel;

import java.util.Arrays;

/**
 * A short comparison of two kernels, run when one is chosen: the same bits, or it does not serve.
 */
final class KernelSelfTest {
  private static final int COUNT = 67;

  private KernelSelfTest() {}

  static boolean agree(Kernel one, Kernel other) {
    float[] floats = new float[COUNT];
    double[] doubles = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      doubles[i] = (i - 33) * (1 + i * 0.3713);
      floats[i] = (float) doubles[i];
    }
    for (double temperature : new double[] {1, 1.7}) {
      if (!Arrays.equals(scoresOf(one, floats, temperature), scoresOf(other, floats, temperature))
          || !Arrays.equals(
              scoresOf(one, doubles, temperature), scoresOf(other, doubles, temperature))) {
        return false;
      }
    }
    return true;
  }

  private static float[] scoresOf(Kernel kernel, float[] logits, double temperature) {
    float[] scores = new float[2 * COUNT];
    kernel.sigmoid(logits, 0, scores, 0, COUNT, temperature);
    new Softmax(kernel).softmax(logits, 0, COUNT, temperature, scores, COUNT);
    return scores;
  }

  private static double[] scoresOf(Kernel kernel, double[] logits, double temperature) {
    double[] scores = new double[2 * COUNT];
    kernel.sigmoid(logits, 0, scores, 0, COUNT, temperature);
    new Softmax(kernel).softmax(logits, 0, COUNT, temperature, scores, COUNT);
    return scores;
  }
}
