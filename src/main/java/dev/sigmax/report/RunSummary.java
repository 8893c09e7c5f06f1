package dev.sigmax.report;

import java.util.Locale;
import java.util.Map;

/**
 * What a run came to, for a terminal.
 *
 * @param headline what happened, in a few words
 * @param output where it is
 * @param issues how many rows have each issue
 * @param sums the range of the row sums in words
 */
public record RunSummary(
    String headline,
    String output,
    long rows,
    long badRows,
    Map<String, Long> issues,
    String sums,
    String kernel,
    long milliseconds) {

  /** The summary, a few lines. */
  public String text() {
    TextTable table =
        new TextTable()
            .row("rows", String.format(Locale.ROOT, "%,d", rows))
            .row("bad rows", issues.isEmpty() ? "0" : badRows + " " + issues)
            .row("row sums", sums)
            .row("kernel", kernel)
            .row("output", output);
    if (milliseconds >= 0) {
      table.row("took", String.format(Locale.ROOT, "%.1f s", milliseconds / 1000.0));
    }
    return headline + "\n" + table.text("  ");
  }
}
