package dev.sigmax.job.plan;

import dev.sigmax.error.FewNames;
import java.util.List;

/** How two lists of names differ, in few words: there may be thousands of names. */
final class ListDifference {
  private static final int MOST_NAMED = 10;

  private ListDifference() {}

  /** The first names of a list, and how many more there are. */
  static String names(List<String> names) {
    return FewNames.of(names, MOST_NAMED);
  }

  /**
   * The first place at which two lists differ, in brackets behind a space; nothing where {@link
   * #names} shows it.
   */
  static String beyondNames(List<String> there, List<String> here) {
    int shorter = Math.min(there.size(), here.size());
    int place = 0;
    while (place < shorter && there.get(place).equals(here.get(place))) {
      place++;
    }
    return place < MOST_NAMED || place == shorter
        ? ""
        : " (number "
            + (place + 1)
            + " is "
            + there.get(place)
            + " there and "
            + here.get(place)
            + " here)";
  }
}
