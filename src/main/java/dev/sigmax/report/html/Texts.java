package dev.sigmax.report.html;

/** Texts that fit. Lengths are in code points. */
public final class Texts {
  private Texts() {}

  /** The text, or its beginning with a sign that there was more. */
  public static String shortened(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }

  /** The name, or its beginning and its end: names that begin alike still differ. */
  public static String shortenedName(String name, int most) {
    int length = name.codePointCount(0, name.length());
    if (length <= most) {
      return name;
    }
    int end = most / 2;
    return name.substring(0, name.offsetByCodePoints(0, most - 1 - end))
        + "…"
        + name.substring(name.offsetByCodePoints(0, length - end));
  }
}
