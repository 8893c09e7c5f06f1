package dev.sigmax.report;

import dev.sigmax.report.html.Lines;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The shares of the predictions that some classes have over the runs of a kind.
 *
 * @param title what the picture of them is called
 * @param description what it shows, for those who do not see it
 * @param series a line for each class that is shown; none where no run counted its predictions
 */
record SharesOfClasses(String title, String description, List<Lines.Series> series) {
  private static final String TITLE = "Share of predictions";

  /**
   * All classes, where a picture has room for them. Else those whose share varies most; where none
   * varies, as in one run, those with the largest shares.
   */
  static SharesOfClasses of(History.Kind kind) {
    List<Lines.Series> all =
        IntStream.range(0, kind.classes().size())
            .mapToObj(i -> share(kind, i))
            .filter(one -> known(one).getCount() > 0)
            .toList();
    boolean varies = all.stream().anyMatch(one -> range(one) > 0);
    List<Lines.Series> shown =
        all.stream()
            .sorted(
                Comparator.comparingDouble(
                    (Lines.Series one) -> varies ? -range(one) : -known(one).getMax()))
            .limit(Lines.MOST_SERIES)
            .toList();
    if (shown.size() == kind.classes().size()) {
      return new SharesOfClasses(TITLE, described("the classes"), shown);
    }
    String which =
        varies
            ? "the %d of %,d classes that vary most"
            : "the %d of %,d classes with the largest shares";
    return new SharesOfClasses(
        TITLE + ": " + String.format(Locale.ROOT, which, shown.size(), kind.classes().size()),
        described(
            shown.size()
                + " classes "
                + (varies ? "whose share varies most" : "with the largest shares")),
        shown);
  }

  private static String described(String classes) {
    return "The share of each run's rows that predict a class, for " + classes + ".";
  }

  private static Lines.Series share(History.Kind kind, int index) {
    return HistoryPage.line(
        kind,
        kind.classes().get(index),
        run -> index < run.shares().size() ? run.shares().get(index) : Double.NaN,
        "%.4f");
  }

  private static double range(Lines.Series series) {
    DoubleSummaryStatistics known = known(series);
    return known.getMax() - known.getMin();
  }

  /** The shares of the runs that counted them. */
  private static DoubleSummaryStatistics known(Lines.Series series) {
    return series.values().stream()
        .mapToDouble(Double::doubleValue)
        .filter(value -> !Double.isNaN(value))
        .summaryStatistics();
  }
}
