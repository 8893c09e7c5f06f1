package dev.sigmax.report;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run came to, for a terminal.
 *
 * @param headline what happened, in a few words
 * @param output where it is
 * @param issues how many rows have each issue
 * @param sums the range of the row sums in words
 * @param drift how far the scores moved since an earlier run; empty where it was compared with none
 * @param columns the columns of the output in words
 * @param engine which path scored, and why
 * @param quarantine how many rows are set aside, and where; empty for none
 */
public record RunSummary(
    String headline,
    String output,
    long rows,
    long badRows,
    Map<String, Long> issues,
    String sums,
    Optional<String> drift,
    String columns,
    String engine,
    String kernel,
    Optional<String> quarantine,
    long milliseconds) {

  /** The summary, a few lines. */
  public String text() {
    TextTable table =
        new TextTable()
            .row("rows", String.format(Locale.ROOT, "%,d", rows))
            .row("bad rows", bad())
            .row("row sums", sums);
    drift.ifPresent(moved -> table.row("drift", moved));
    table.row("columns", columns).row("engine", engine).row("kernel", kernel).row("output", output);
    quarantine.ifPresent(rows -> table.row("quarantine", rows));
    if (milliseconds >= 0) {
      table.row("took", String.format(Locale.ROOT, "%.1f s", milliseconds / 1000.0));
    }
    return headline + "\n" + table.text("  ");
  }

  private String bad() {
    String number = String.format(Locale.ROOT, "%,d", badRows);
    return issues.isEmpty() ? number : number + ": " + IssueCounts.text(issues);
  }
}
