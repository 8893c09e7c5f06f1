package dev.sigmax.input;

import java.util.List;
import java.util.Locale;

/** Names of columns or classes in a message, of which there may be thousands. */
public final class FewNames {
  private static final int MOST = 50;

  private FewNames() {}

  /** The first names with commas between them, and how many more there are. */
  public static String of(List<String> names) {
    int more = names.size() - MOST;
    return String.join(", ", names.subList(0, Math.min(names.size(), MOST)))
        + (more > 0 ? String.format(Locale.ROOT, " and %,d more", more) : "");
  }
}
