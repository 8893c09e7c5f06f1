package dev.sigmax.columnar.score;

/** The arrays that scores are computed in; they grow and are used again. Not thread-safe. */
final class ScoreArrays {
  private float[][] floatColumns = new float[0][];
  private float[] floats = new float[0];
  private double[] doubles = new double[0];
  private int[] starts = new int[1];

  /** Room for so many columns of floats. */
  float[][] floatColumns(int count, int rows) {
    if (floatColumns.length != count || (count > 0 && floatColumns[0].length < rows)) {
      floatColumns = new float[count][rows];
    }
    return floatColumns;
  }

  /** Room for so many floats. */
  float[] floats(int count) {
    floats = floats.length < count ? new float[count] : floats;
    return floats;
  }

  /** Room for so many doubles. */
  double[] doubles(int count) {
    doubles = doubles.length < count ? new double[count] : doubles;
    return doubles;
  }

  /** Room for where each of so many rows begins, and where the last one ends. */
  int[] starts(int rows) {
    starts = starts.length <= rows ? new int[rows + 1] : starts;
    return starts;
  }

  /** Where rows of {@code length} each begin. */
  int[] startsAtMultiplesOf(int length, int rows) {
    int[] multiples = starts(rows);
    for (int i = 0; i <= rows; i++) {
      multiples[i] = i * length;
    }
    return multiples;
  }
}
