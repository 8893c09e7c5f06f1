package dev.sigmax.report;

/** A horizontal bar of text, an eighth of a character fine. */
public final class Bar {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
  private static final char FULL = '█';

  private Bar() {}

  /** A bar for a share from 0 to 1, padded to {@code width}; nothing for NaN. */
  public static String of(double share, int width) {
    double clipped = Double.isNaN(share) ? 0 : Math.max(0, Math.min(1, share));
    int eighths = (int) Math.round(clipped * width * 8);
    StringBuilder bar = new StringBuilder();
    bar.append(String.valueOf(FULL).repeat(eighths / 8));
    if (eighths % 8 > 0) {
      bar.append(EIGHTHS.charAt(eighths % 8));
    }
    return bar.append(" ".repeat(width - bar.length())).toString();
  }
}
