package dev.sigmax.report;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How many rows have each issue, in words: {@code 30 nan, 1,200 null}. */
public final class IssueCounts {
  private IssueCounts() {}

  /**
   * The words, in the order of the map; empty for none.
   *
   * @param issues how many rows by the code of their issue
   */
  public static String text(Map<String, Long> issues) {
    return issues.entrySet().stream()
        .map(issue -> String.format(Locale.ROOT, "%,d %s", issue.getValue(), issue.getKey()))
        .collect(Collectors.joining(", "));
  }
}
