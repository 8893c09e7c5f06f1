package dev.sigmax.kernel;

/**
 * Softmax of many rows of few classes, a tile of rows at a time, so that logits, exponentials and
 * probabilities stay in the first-level cache. Rows may come as columns or one behind the other;
 * the bits are those of {@link Softmax}.
 *
 * <p>One instance has one owner: it keeps the tile and is not safe for use by several threads.
 * Allocates nothing after it is made.
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
  private final double[] exponentials;
  private final double[] tileSums;

  /** A tile for rows of {@code classes} logits, on the arithmetic of {@code kernel}. */
  public SoftmaxTile(Kernel kernel, int classes) {
    this.kernel = kernel;
    this.classes = classes;
    int fitting = TILE_LOGITS / classes & -FEWEST_ROWS;
    this.stride = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, fitting));
    this.tile = new float[stride * classes];
    this.exponentials = new double[(classes + StripedSum.STRIPES) * MOST_LANES];
    this.tileSums = new double[stride];
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
    for (int row = 0; row < rows; row += stride) {
      int count = Math.min(stride, rows - row);
      for (int c = 0; c < classes; c++) {
        System.arraycopy(logits[c], from + row, tile, c * stride, count);
      }
      kernel.softmaxTile(tile, stride, count, classes, temperature, exponentials, tileSums);
      for (int c = 0; c < classes; c++) {
        System.arraycopy(tile, c * stride, probabilities[c], probabilitiesFrom + row, count);
      }
      System.arraycopy(tileSums, 0, sums, row, count);
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
    for (int row = 0; row < rows; row += stride) {
      int count = Math.min(stride, rows - row);
      gather(logits, from + row * classes, count);
      kernel.softmaxTile(tile, stride, count, classes, temperature, exponentials, tileSums);
      scatter(probabilities, probabilitiesFrom + row * classes, count);
      System.arraycopy(tileSums, 0, sums, row, count);
    }
  }

  private void gather(float[] logits, int from, int count) {
    for (int r = 0; r < count; r++) {
      int start = from + r * classes;
      for (int c = 0; c < classes; c++) {
        tile[c * stride + r] = logits[start + c];
      }
    }
  }

  private void scatter(float[] probabilities, int from, int count) {
    for (int r = 0; r < count; r++) {
      int start = from + r * classes;
      for (int c = 0; c < classes; c++) {
        probabilities[start + c] = tile[c * stride + r];
      }
    }
  }
}
