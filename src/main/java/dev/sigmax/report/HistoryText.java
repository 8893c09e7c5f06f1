package dev.sigmax.report;

import dev.sigmax.error.Counted;
import dev.sigmax.report.html.PercentText;
import dev.sigmax.report.html.Texts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;

/** The runs of a folder for a terminal, one in a line. */
public final class HistoryText {
  private static final String UNKNOWN = "-";
  private static final int LONGEST_ID = 16;
  private static final int LONGEST_LABEL = 16;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private HistoryText() {}

  /** A table for each kind of run, and what was left out. */
  public static String of(History history) {
    StringBuilder text = new StringBuilder();
    for (History.Kind kind : history.kinds()) {
      text.append(Counted.of(kind.runs().size(), "run"))
          .append(", ")
          .append(history.inWords(kind))
          .append('\n')
          .append(table(kind).text("  "))
          .append('\n');
    }
    if (history.kinds().size() > 1) {
      text.append("Runs are compared with earlier ones of the same task and classes.\n");
    }
    history.leftOut().forEach(left -> text.append("Not shown: ").append(left.why()).append('\n'));
    return text.toString();
  }

  private static TextTable table(History.Kind kind) {
    TextTable table =
        new TextTable()
            .row(
                "published, UTC",
                "run",
                "rows",
                "bad rows",
                "confidence",
                "class shift",
                "psi",
                "js",
                "verdict",
                "output");
    for (History.Run run : kind.runs()) {
      table.row(
          minute(run.publishedAt()),
          Texts.shortenedName(run.runId(), LONGEST_ID),
          String.format(Locale.ROOT, "%,d", run.rows()),
          badRows(run),
          number(run.confidence()),
          run.since().flatMap(History.Since::shift).map(HistoryText::shift).orElse(UNKNOWN),
          run.since().map(since -> number(since.psi())).orElse(UNKNOWN),
          run.since().map(since -> number(since.js())).orElse(UNKNOWN),
          run.verdict(),
          run.name());
    }
    return table;
  }

  /** A time without its seconds. */
  public static String minute(Instant time) {
    return MINUTE.format(time);
  }

  private static String badRows(History.Run run) {
    return run.badRows() == 0
        ? "0"
        : String.format(
            Locale.ROOT, "%,d (%s)", run.badRows(), PercentText.of(run.badRows(), run.rows()));
  }

  private static String number(OptionalDouble number) {
    return number.isPresent() ? String.format(Locale.ROOT, "%.4f", number.getAsDouble()) : UNKNOWN;
  }

  /** A change in points: hundredths of all predictions, not of the class's own share. */
  private static String shift(History.Shift shift) {
    if (shift.change() == 0) {
      return "none";
    }
    return String.format(
        Locale.ROOT,
        "%s: %+.2f points",
        Texts.shortenedName(shift.label(), LONGEST_LABEL),
        100 * shift.change());
  }
}
