package dev.sigmax.kernel;

import java.util.Random;

/**
 * One number for the bits of everything a kernel computes: sigmoid, softmax by rows, by tiles of
 * rows and by columns, their logarithms, float and double, at two temperatures, over seeded logits
 * of every size. As a program it prints the kernel's name, its lanes and the number.
 */
final class BitDigest {
  /** What every kernel gives, at every width. */
  static final long EXPECTED = 0xc364af2f6468ccbbL;

  private static final int ROUNDS = 40;

  private long digest = 1;

  private BitDigest() {}

  public static void main(String[] arguments) {
    Kernel kernel = Kernels.kernel();
    System.out.printf("%s %d %016x%n", kernel.name(), kernel.lanes(), of(kernel));
  }

  static long of(Kernel kernel) {
    BitDigest bits = new BitDigest();
    Random random = new Random(20261121);
    for (int round = 0; round < ROUNDS; round++) {
      int classes = 1 + random.nextInt(round % 4 == 0 ? 300 : 24);
      int rows = 1 + random.nextInt(90);
      double temperature = round % 2 == 0 ? 1 : 1.7;
      double[] doubles = new double[rows * classes];
      float[] floats = new float[doubles.length];
      float[][] columns = new float[classes][rows];
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = random.nextGaussian() * Math.pow(10, random.nextInt(7) - 4);
        doubles[i] = random.nextInt(40) == 0 ? Double.NEGATIVE_INFINITY : doubles[i];
        floats[i] = (float) doubles[i];
        columns[i % classes][i / classes] = floats[i];
      }
      bits.addAll(kernel, doubles, floats, columns, temperature);
    }
    return bits.digest;
  }

  private void addAll(
      Kernel kernel, double[] doubles, float[] floats, float[][] columns, double temperature) {
    int count = floats.length;
    int classes = columns.length;
    int rows = count / classes;
    float[] floatScores = new float[count];
    double[] doubleScores = new double[count];
    kernel.sigmoid(floats, 0, floatScores, 0, count, temperature);
    add(floatScores);
    kernel.sigmoid(doubles, 0, doubleScores, 0, count, temperature);
    add(doubleScores);
    Softmax softmax = new Softmax(kernel);
    double[] sums = new double[rows];
    for (int r = 0; r < rows; r++) {
      softmax.softmax(doubles, r * classes, classes, temperature, doubleScores, r * classes);
      softmax.softmax(floats, r * classes, classes, temperature, floatScores, r * classes);
      sums[r] = softmax.sum(floatScores, r * classes, classes);
    }
    add(doubleScores);
    add(floatScores);
    add(sums);
    LogSoftmax logarithms = new LogSoftmax(kernel);
    for (int r = 0; r < rows; r++) {
      sums[r] = logarithms.logSumExp(doubles, r * classes, classes);
      logarithms.logSoftmax(doubles, r * classes, classes, doubleScores, r * classes);
    }
    add(sums);
    add(doubleScores);
    SoftmaxTile tile = new SoftmaxTile(kernel, classes);
    tile.rows(floats, 0, rows, temperature, floatScores, 0, sums);
    add(floatScores);
    add(sums);
    tile.columns(columns, 0, rows, temperature, columns, 0, sums);
    for (float[] column : columns) {
      add(column);
    }
    add(sums);
  }

  private void add(float[] values) {
    for (float value : values) {
      digest = 31 * digest + Float.floatToIntBits(value);
    }
  }

  private void add(double[] values) {
    for (double value : values) {
      digest = 31 * digest + Double.doubleToLongBits(value);
    }
  }
}
