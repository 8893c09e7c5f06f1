package dev.sigmax.report;

/** A number in as few digits as tell it from its neighbours. */
public final class NumberText {
  private NumberText() {}

  /** The digits; of a double that is a float widened, those of the float. */
  public static String of(Number number) {
    double value = number.doubleValue();
    boolean isFloat = number instanceof Double && (float) value == value;
    return isFloat ? Float.toString((float) value) : number.toString();
  }
}
