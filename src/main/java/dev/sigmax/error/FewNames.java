package dev.sigmax.error;

import java.util.List;
import java.util.Locale;

/** Names of columns or classes in a message, of which there may be thousands. */
public final class FewNames {
  private static final int MOST = 50;

  private FewNames() {}

  /** The first 50 names with commas between them, and how many more there are. */
  public static String of(List<String> names) {
    return of(names, MOST);
  }

  /**
   * The first names with commas between them, and how many more there are.
   *
   * @param most how many are named
   */
  public static String of(List<String> names, int most) {
    int more = names.size() - most;
    return String.join(", ", names.subList(0, Math.min(names.size(), most)))
        + (more > 0 ? String.format(Locale.ROOT, " and %,d more", more) : "");
  }
}
