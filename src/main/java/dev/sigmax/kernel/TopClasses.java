package dev.sigmax.kernel;

/**
 * The classes of a row with the largest probabilities, the largest first; of equal ones the lower
 * index first. A NaN is never among them. Not thread-safe.
 */
public final class TopClasses {
  /** So many values are passed over at a time where none is large enough. */
  private static final int BLOCK = 32;

  private final Kernel kernel;
  private final int[] classes;
  private final double[] probabilities;
  private int count;

  /** The {@code most} largest. */
  public TopClasses(int most, Kernel kernel) {
    this.kernel = kernel;
    this.classes = new int[most];
    this.probabilities = new double[most];
  }

  /** Takes the next row. */
  public void take(float[] row, int from, int length) {
    count = 0;
    for (int at = 0; at < length; at += BLOCK) {
      int end = Math.min(length, at + BLOCK);
      if (!(isFull() && kernel.maxOrNaN(row, from + at, end - at) <= least())) {
        for (int i = at; i < end; i++) {
          offer(i, row[from + i]);
        }
      }
    }
  }

  /** As the float form. */
  public void take(double[] row, int from, int length) {
    count = 0;
    for (int at = 0; at < length; at += BLOCK) {
      int end = Math.min(length, at + BLOCK);
      if (!(isFull() && kernel.maxOrNaN(row, from + at, end - at) <= least())) {
        for (int i = at; i < end; i++) {
          offer(i, row[from + i]);
        }
      }
    }
  }

  private boolean isFull() {
    return count == classes.length;
  }

  private double least() {
    return count == 0 ? Double.POSITIVE_INFINITY : probabilities[count - 1];
  }

  private void offer(int index, double probability) {
    if (Double.isNaN(probability) || (isFull() && !(probability > least()))) {
      return;
    }
    int at = isFull() ? count - 1 : count++;
    for (; at > 0 && probabilities[at - 1] < probability; at--) {
      probabilities[at] = probabilities[at - 1];
      classes[at] = classes[at - 1];
    }
    probabilities[at] = probability;
    classes[at] = index;
  }

  /** How many are asked for. */
  public int most() {
    return classes.length;
  }

  /** How many there are: as many as asked for, unless the row has fewer that are numbers. */
  public int count() {
    return count;
  }

  /** The index of the class at a place, counted from 0. */
  public int classAt(int place) {
    return classes[place];
  }

  /** The probability of the class at a place, counted from 0. */
  public double probabilityAt(int place) {
    return probabilities[place];
  }
}
