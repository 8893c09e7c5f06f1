package dev.sigmax.columnar.score;

import java.util.Arrays;

/** Some classes of each row of a batch, with their probabilities. Not thread-safe. */
public final class ChosenClasses {
  private static final int FIRST = 64;

  private int rows;
  private int[] ends = new int[0];
  private int[] classes = new int[FIRST];
  private double[] probabilities = new double[FIRST];
  private int count;
  private int lastRow;

  /** Begins a batch. */
  void reset(int rowCount) {
    rows = rowCount;
    ends = ends.length < rowCount ? new int[rowCount] : ends;
    count = 0;
    lastRow = 0;
  }

  /** Adds a class of a row; rows come in order. */
  void add(int row, int index, double probability) {
    if (count == classes.length) {
      classes = Arrays.copyOf(classes, 2 * count);
      probabilities = Arrays.copyOf(probabilities, 2 * count);
    }
    endRowsBefore(row);
    classes[count] = index;
    probabilities[count++] = probability;
  }

  private void endRowsBefore(int row) {
    for (; lastRow < row; lastRow++) {
      ends[lastRow] = count;
    }
  }

  /** How many classes all rows have together. */
  public int count() {
    return count;
  }

  /** The place of the first class of a row; {@link #end} is the place behind its last. */
  public int start(int row) {
    return row == 0 ? 0 : end(row - 1);
  }

  /** The place behind the last class of a row. */
  public int end(int row) {
    endRowsBefore(rows);
    return ends[row];
  }

  /** The index of the class at a place. */
  public int classAt(int place) {
    return classes[place];
  }

  /** The probability of the class at a place. */
  public double probabilityAt(int place) {
    return probabilities[place];
  }
}
