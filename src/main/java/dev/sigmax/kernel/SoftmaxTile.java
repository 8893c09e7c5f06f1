package dev.sigmax.kernel;

import java.util.Arrays;

/**
 * Softmax of many rows of few classes, a tile of rows at a time, so that logits, exponentials and
 * probabilities stay in the first-level cache. Rows may come as columns or one behind the other;
 * the bits are those of {@link Softmax}.
 *
 * <p>Not thread-safe: an instance keeps the tile. Allocates nothing after it is made.
 */
public final class SoftmaxTile {
  /** From so many classes on a row fills vectors by itself, and {@link Softmax} is faster. */
  public static final int MOST_CLASSES = 64;

  private static final int TILE_LOGITS = 2048;
  private static final int MOST_ROWS = 256;
  private static final int FEWEST_ROWS = 16;
  private static final int MOST_LANES = 8;

  private final Kernel kernel;
  private final int classes;
  private final int stride;
  private final float[] tile;
  private final float[][] tileForEachClass;
  private final char[] placeInTile;
  private final double[] exponentials;
  private final float[] floatMaxima;
  private final double[] maxima;
  private final double[] inverses;
  private final double[] stripes;

  /** A tile for rows of {@code classes} logits, on the arithmetic of {@code kernel}. */
  public SoftmaxTile(Kernel kernel, int classes) {
    this.kernel = kernel;
    this.classes = classes;
    int fitting = (TILE_LOGITS / classes) & -FEWEST_ROWS;
    this.stride = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, fitting));
    this.tile = new float[stride * classes];
    this.tileForEachClass = new float[classes][];
    Arrays.fill(tileForEachClass, tile);
    this.placeInTile = new char[stride * classes];
    for (int i = 0; i < placeInTile.length; i++) {
      placeInTile[i] = (char) ((i % classes) * stride + i / classes);
    }
    this.exponentials = new double[stride * classes];
    this.floatMaxima = new float[stride];
    this.maxima = new double[stride];
    this.inverses = new double[stride];
    this.stripes = new double[stride * StripedSum.STRIPES];
  }

  /**
   * Softmax across columns: the logits of row r are {@code logits[c][from + r]}.
   *
   * @param probabilities as {@code logits}, from {@code probabilitiesFrom}; may be {@code logits}
   *     itself at the same offset
   * @param sums receives Σ of each row's probabilities as written, from index 0
   */
  public void columns(
      float[][] logits,
      int from,
      int rows,
      double temperature,
      float[][] probabilities,
      int probabilitiesFrom,
      double[] sums) {
    int share = evenShare(rows);
    for (int row = 0; row < rows; row += share) {
      int count = Math.min(share, rows - row);
      softmax(logits, from + row, 0, count, temperature, probabilities, probabilitiesFrom + row);
      kernel.addStripes(stripes, stride, count, sums, row);
    }
  }

  /**
   * Softmax of rows one behind the other: the logits of row r begin at {@code from + r * classes}.
   *
   * @param probabilities as {@code logits}, from {@code probabilitiesFrom}; may be {@code logits}
   *     itself at the same offset
   * @param sums receives Σ of each row's probabilities as written, from index 0
   */
  public void rows(
      float[] logits,
      int from,
      int rows,
      double temperature,
      float[] probabilities,
      int probabilitiesFrom,
      double[] sums) {
    int share = evenShare(rows);
    for (int row = 0; row < rows; row += share) {
      int count = Math.min(share, rows - row);
      gather(logits, from + row * classes, count * classes);
      softmax(tileForEachClass, 0, stride, count, temperature, tileForEachClass, 0);
      kernel.addStripes(stripes, stride, count, sums, row);
      scatter(probabilities, probabilitiesFrom + row * classes, count * classes);
    }
  }

  /**
   * How many rows a tile takes so that none is left with a few: whole vectors, as even as may be.
   */
  private int evenShare(int rows) {
    int tiles = Math.max(1, (rows + stride - 1) / stride);
    int even = (rows + tiles - 1) / tiles;
    return Math.max(1, Math.min(stride, (even + MOST_LANES - 1) & -MOST_LANES));
  }

  /**
   * One tile, the logits of class c at {@code logits[c][from + c * step]} and on, probabilities
   * likewise; leaves the sums of the probabilities as written in the stripes.
   */
  private void softmax(
      float[][] logits,
      int from,
      int step,
      int count,
      double temperature,
      float[][] probabilities,
      int to) {
    Arrays.fill(floatMaxima, 0, count, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < classes; c++) {
      kernel.maxInto(logits[c], from + c * step, count, floatMaxima);
    }
    for (int i = 0; i < count; i++) {
      maxima[i] = floatMaxima[i];
    }
    Arrays.fill(stripes, 0);
    for (int c = 0; c < classes; c++) {
      kernel.exponentials(
          logits[c], from + c * step, count, maxima, 1, temperature, exponentials, c * stride);
      kernel.add(exponentials, c * stride, count, stripes, stripeOf(c));
    }
    kernel.addStripes(stripes, stride, count, inverses, 0);
    for (int i = 0; i < count; i++) {
      inverses[i] = 1 / inverses[i];
    }
    Arrays.fill(stripes, 0);
    for (int c = 0; c < classes; c++) {
      kernel.normalise(
          exponentials,
          c * stride,
          count,
          inverses,
          probabilities[c],
          to + c * step,
          stripes,
          stripeOf(c));
    }
  }

  private int stripeOf(int c) {
    return (c & (StripedSum.STRIPES - 1)) * stride;
  }

  private void gather(float[] logits, int from, int count) {
    for (int i = 0; i < count; i++) {
      tile[placeInTile[i]] = logits[from + i];
    }
  }

  private void scatter(float[] probabilities, int from, int count) {
    for (int i = 0; i < count; i++) {
      probabilities[from + i] = tile[placeInTile[i]];
    }
  }
}
