package dev.sigmax.kernel.rule;

/**
 * What logits are divided by before they are scored. Beyond these bounds, which no model comes
 * near, its inverse or the difference of two logits leaves the range of doubles, and no error bound
 * holds.
 */
public final class Temperature {
  private static final double SMALLEST = 1e-300;
  private static final double LARGEST = 1e300;

  private Temperature() {}

  /** Whether probabilities are as exact as promised at this temperature. */
  public static boolean isServed(double temperature) {
    return temperature >= SMALLEST && temperature <= LARGEST;
  }

  /**
   * The temperature itself.
   *
   * @throws IllegalArgumentException if it is not served
   */
  public static double require(double temperature) {
    if (!isServed(temperature)) {
      throw new IllegalArgumentException(
          "the temperature is "
              + temperature
              + "; it must be a positive finite number, from "
              + SMALLEST
              + " to "
              + LARGEST);
    }
    return temperature;
  }
}
