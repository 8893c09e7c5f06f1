package dev.sigmax.job.evaluate;

/**
 * The scores that are sorted, by number: those of each label, then those that a task's calibration
 * is measured on, by the task's function and by the other one.
 */
public final class Series {
  /** Of what is no score but a tally. */
  public static final int TALLY = -1;

  private static final int BUCKET_SHIFT = 50;
  private static final int HALF = bucketOf(0.5);

  private Series() {}

  /** Of the probabilities that calibration is measured on. */
  public static int calibration(int labels) {
    return labels;
  }

  /** Of those that the other function would have given. */
  public static int otherCalibration(int labels) {
    return labels + 1;
  }

  /**
   * The part of [0, 1] that a probability lies in, cut from its leading bits below one half and
   * from those of its distance to 1 above: in the order of the probabilities, and fine where they
   * are many.
   */
  public static int bucket(double probability) {
    return probability <= 0.5 ? bucketOf(probability) : 2 * HALF + 1 - bucketOf(1 - probability);
  }

  private static int bucketOf(double value) {
    return (int) (Double.doubleToRawLongBits(value + 0.0) >>> BUCKET_SHIFT);
  }
}
