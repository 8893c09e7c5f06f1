package dev.sigmax.report.html;

/** Texts that fit. */
public final class Texts {
  private Texts() {}

  /** The text, or its beginning with a sign that there was more. */
  public static String shortened(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }
}
