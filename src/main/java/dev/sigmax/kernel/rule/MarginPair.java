package dev.sigmax.kernel.rule;

/**
 * A margin m as two numbers, -m and m, as models of two classes write it. Zeros cancel whatever
 * their signs are, and so do -∞ and +∞.
 */
public final class MarginPair {
  /** How many numbers a pair has. */
  public static final int LENGTH = 2;

  private MarginPair() {}

  /** Whether the numbers are one with both signs; not where one is NaN. */
  public static boolean cancels(double no, double yes) {
    return no == -yes;
  }

  /** m, or NaN where the numbers are no pair. */
  public static double margin(double no, double yes) {
    return cancels(no, yes) ? yes : Double.NaN;
  }

  /** As the form of doubles. */
  public static float margin(float no, float yes) {
    return cancels(no, yes) ? yes : Float.NaN;
  }

  /**
   * What is wrong with a pair other than the margin itself, or null. A NaN is no wrong pair: its
   * margin is NaN, which is judged as any logit.
   */
  public static RowIssue issue(double no, double yes) {
    boolean known = !Double.isNaN(no) && !Double.isNaN(yes);
    return known && !cancels(no, yes) ? RowIssue.PAIR : null;
  }
}
