package dev.sigmax.report;

import dev.sigmax.error.Counted;
import dev.sigmax.error.Redaction;
import dev.sigmax.report.html.Chart;
import dev.sigmax.report.html.Lines;
import dev.sigmax.report.html.Page;
import dev.sigmax.report.html.Scale;
import dev.sigmax.report.html.ShownNames;
import dev.sigmax.report.html.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The runs of a folder as a page: below 300 KB however many they are. */
public final class HistoryPage {
  private static final int MOST_RUNS = 200;
  private static final int MOST_KINDS = 8;
  private static final int LONGEST_NAME = 24;
  private static final int FEW = 20;
  private static final int FEW_KINDS = 4;

  /** A page cuts a longer remark. */
  private static final int LONGEST_LIST = 360;

  private HistoryPage() {}

  /** The page as HTML. */
  public static String html(History history) {
    List<History.Kind> kinds = shown(history);
    List<Page.Section> sections = new ArrayList<>();
    kinds.forEach(kind -> sections.add(section(kind, history.inWords(kind))));
    if (!history.leftOut().isEmpty()) {
      sections.add(leftOut(history.leftOut()));
    }
    return new Page(
            "Sigmax runs in " + Redaction.forPeople(history.folder()),
            verdict(history),
            isGood(latest(history)) ? Page.Mark.GOOD : Page.Mark.LOOK,
            remarks(history, kinds),
            sections)
        .html();
  }

  /** The kinds with the latest runs, and of these the latest runs, as far as there is room. */
  private static List<History.Kind> shown(History history) {
    List<History.Kind> kinds = latestFirst(history).limit(MOST_KINDS).toList();
    int each = mostOfEach(kinds);
    return kinds.stream()
        .map(
            kind ->
                new History.Kind(
                    kind.task(),
                    kind.classes(),
                    kind.runs()
                        .subList(Math.max(0, kind.runs().size() - each), kind.runs().size())))
        .toList();
  }

  private static Stream<History.Kind> latestFirst(History history) {
    return history.kinds().stream()
        .sorted(Comparator.comparing((History.Kind kind) -> last(kind).publishedAt()).reversed());
  }

  /** So many runs of each kind have room: what smaller kinds leave is the larger ones'. */
  private static int mostOfEach(List<History.Kind> kinds) {
    int room = MOST_RUNS;
    int left = kinds.size();
    for (int runs : kinds.stream().map(kind -> kind.runs().size()).sorted().toList()) {
      if (runs > room / left) {
        return room / left;
      }
      room -= runs;
      left--;
    }
    return MOST_RUNS;
  }

  private static History.Run last(History.Kind kind) {
    return kind.runs().get(kind.runs().size() - 1);
  }

  private static Stream<History.Run> lastRuns(History history) {
    return history.kinds().stream().map(HistoryPage::last);
  }

  private static History.Run latest(History history) {
    return lastRuns(history).max(Comparator.comparing(History.Run::publishedAt)).orElseThrow();
  }

  private static boolean isGood(History.Run run) {
    return run.verdict().equals(History.Run.GOOD);
  }

  private static String verdict(History history) {
    History.Run latest = latest(history);
    return Counted.of(history.size(), "run")
        + ", the latest published "
        + HistoryText.minute(latest.publishedAt())
        + " UTC: "
        + latest.verdict();
  }

  private static List<String> remarks(History history, List<History.Kind> kinds) {
    List<String> remarks = new ArrayList<>();
    int shown = kinds.stream().mapToInt(kind -> kind.runs().size()).sum();
    if (shown < history.size()) {
      remarks.add(
          "The pictures show the latest "
              + (history.kinds().size() == 1 ? "" : "runs of " + kinds.size() + " kinds, ")
              + shown
              + " of "
              + Counted.of(history.size(), "run")
              + "; history --json has all.");
    }
    if (kinds.size() < history.kinds().size()) {
      remarks.add(withoutPictures(history, latestFirst(history).skip(MOST_KINDS).toList()));
    }
    if (history.kinds().size() > 1) {
      remarks.add(
          "There are runs of "
              + history.kinds().size()
              + " kinds, which differ in task or classes; runs are compared with earlier ones of"
              + " their kind.");
    }
    if (!history.leftOut().isEmpty()) {
      remarks.add(Counted.of(history.leftOut().size(), "folder") + " could not be shown.");
    }
    lastRuns(history)
        .filter(run -> !isGood(run))
        .limit(FEW / 2)
        .forEach(run -> remarks.add("The run in " + run.name() + " has " + run.verdict() + "."));
    return remarks;
  }

  private static String withoutPictures(History history, List<History.Kind> kinds) {
    StringBuilder told =
        new StringBuilder(
            Counted.of(
                kinds.size(), "kind whose runs are older has", "kinds whose runs are older have"));
    String separator = " no pictures: ";
    int named = 0;
    while (named < Math.min(FEW_KINDS, kinds.size())) {
      History.Kind kind = kinds.get(named);
      String words =
          history.inWords(kind)
              + " ("
              + Counted.of(kind.runs().size(), "run")
              + ", the latest in "
              + Texts.shortenedName(last(kind).name(), LONGEST_NAME)
              + ")";
      if (named > 0 && told.length() + words.length() > LONGEST_LIST) {
        break;
      }
      told.append(separator).append(words);
      separator = "; ";
      named++;
    }
    int more = kinds.size() - named;
    return told.append(more > 0 ? "; and " + more + " more." : ".").toString();
  }

  private static Page.Section leftOut(List<History.LeftOut> leftOut) {
    List<Page.Fact> facts = new ArrayList<>();
    List<History.LeftOut> told = leftOut.stream().limit(FEW).toList();
    ShownNames names =
        ShownNames.of(told.stream().map(HistoryPage::lastName).toList(), LONGEST_NAME);
    told.forEach(
        left ->
            facts.add(new Page.Fact(names.of(lastName(left)), Redaction.forPeople(left.why()))));
    int others = leftOut.size() - told.size();
    if (others > 0) {
      facts.add(new Page.Fact("more", "and " + Counted.of(others, "other")));
    }
    return new Page.Facts("Not shown", facts);
  }

  private static String lastName(History.LeftOut left) {
    return left.folder().substring(left.folder().lastIndexOf('/') + 1);
  }

  private static Page.Section section(History.Kind kind, String words) {
    List<Chart> charts = new ArrayList<>();
    if (kind.runs().size() > 1) {
      charts.add(distances(kind));
    }
    charts.add(
        chart(
            kind,
            "Confidence",
            "The mean of the largest probabilities of each run's rows.",
            false,
            List.of(
                line(
                    kind,
                    "mean largest probability",
                    run -> run.confidence().orElse(Double.NaN),
                    "%.4f"))));
    SharesOfClasses shares = SharesOfClasses.of(kind);
    if (!shares.series().isEmpty()) {
      charts.add(chart(kind, shares.title(), shares.description(), false, shares.series()));
    }
    charts.add(
        chart(
            kind,
            "Bad rows",
            "The share of each run's rows that are bad.",
            true,
            List.of(line(kind, "share of bad rows", History.Run::badShare, "%.6f"))));
    charts.add(
        chart(
            kind,
            "Rows",
            "How many rows each run scored.",
            true,
            List.of(line(kind, "rows", run -> (double) run.rows(), "%,.0f"))));
    charts.removeIf(HistoryPage::isEmpty);
    History.Run latest = last(kind);
    return new Page.Pictures(
        words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
        Counted.of(kind.runs().size(), "run")
            + ". The latest is "
            + latest.runId()
            + " in "
            + latest.name()
            + latest.since().map(HistoryPage::moved).orElse("")
            + ".",
        charts);
  }

  private static String moved(History.Since since) {
    if (since.psi().isEmpty()) {
      return "; it cannot be compared with the one before it, since one of the two counted no scores";
    }
    return since
        .furthest()
        .map(what -> "; since the one before it, what moved furthest is: " + what)
        .orElse("; since the one before it nothing moved");
  }

  /** Whether no run has a number to draw. */
  private static boolean isEmpty(Chart chart) {
    return chart instanceof Lines lines && values(lines.series()).allMatch(Double::isNaN);
  }

  private static Chart distances(History.Kind kind) {
    return chart(
        kind,
        "Distance from the run before",
        "How far each run is from the one before: the largest population stability index and the"
            + " largest Jensen-Shannon distance of any quantity.",
        true,
        List.of(
            line(kind, "population stability index", run -> since(run, History.Since::psi), "%.4f"),
            line(kind, "Jensen-Shannon distance", run -> since(run, History.Since::js), "%.4f")));
  }

  private static double since(History.Run run, Function<History.Since, OptionalDouble> distance) {
    return run.since().map(distance).orElse(OptionalDouble.empty()).orElse(Double.NaN);
  }

  /** A line over the runs of a kind; a value is NaN where a run has none. */
  static Lines.Series line(
      History.Kind kind, String name, ToDoubleFunction<History.Run> value, String format) {
    List<Double> values = kind.runs().stream().map(value::applyAsDouble).toList();
    return new Lines.Series(
        name,
        values,
        values.stream()
            .map(number -> number.isNaN() ? "" : String.format(Locale.ROOT, format, number))
            .toList());
  }

  private static DoubleStream values(List<Lines.Series> series) {
    return series.stream().flatMap(one -> one.values().stream()).mapToDouble(Double::doubleValue);
  }

  private static Lines chart(
      History.Kind kind,
      String title,
      String description,
      boolean fromZero,
      List<Lines.Series> series) {
    return new Lines(
        title,
        description,
        "Run",
        points(kind.runs()),
        series,
        fromZero ? Scale.fromZero(values(series)) : Scale.around(values(series)));
  }

  private static List<Lines.Point> points(List<History.Run> runs) {
    ShownNames shown = ShownNames.of(runs.stream().map(History.Run::name).toList(), LONGEST_NAME);
    return runs.stream().map(run -> point(run, shown.of(run.name()))).toList();
  }

  private static Lines.Point point(History.Run run, String name) {
    String minute = HistoryText.minute(run.publishedAt());
    return new Lines.Point(run.publishedAt().toEpochMilli(), minute + " " + name, minute);
  }
}
