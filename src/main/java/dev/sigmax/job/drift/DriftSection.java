package dev.sigmax.job.drift;

import dev.sigmax.error.FewNames;
import dev.sigmax.error.Redaction;
import dev.sigmax.job.plan.EffectiveJob;
import dev.sigmax.output.Manifest;
import dev.sigmax.report.html.Bars;
import dev.sigmax.report.html.Chart;
import dev.sigmax.report.html.Page;
import dev.sigmax.tally.Bins;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The part of a run's page that shows it beside an earlier one, from the run's manifest alone. */
public final class DriftSection {
  /** So many classes are in one picture. */
  private static final int FEW_CLASSES = 20;

  private static final int MOST_IN_A_TABLE = 100;

  private final Movements movements;
  private final List<String> labels;
  private final RunCounts then;
  private final RunCounts now;

  private DriftSection(Movements movements, Manifest manifest) {
    Manifest.EarlierRun before = movements.drift().before();
    this.movements = movements;
    this.labels = EffectiveJob.labels(manifest.job());
    this.then = RunCounts.of(before.checks(), before.distribution());
    this.now = RunCounts.of(manifest.checks(), manifest.distribution());
  }

  /** The section; none for a run that was compared with none. */
  public static List<Page.Section> of(Manifest manifest) {
    return Movements.in(manifest)
        .map(movements -> new DriftSection(movements, manifest).section())
        .map(List::of)
        .orElse(List.of());
  }

  private Page.Section section() {
    List<Chart> charts = new ArrayList<>(List.of(distances()));
    if (then.counts().isPresent() && now.counts().isPresent()) {
      ofScores(then.counts().get(), now.counts().get(), charts);
    }
    Manifest.Checks before = then.checks();
    Manifest.Checks after = now.checks();
    if (before.badRows() + after.badRows() > 0) {
      charts.add(issues(before, after));
    }
    return new Page.Pictures("Against run " + movements.drift().before().runId(), text(), charts);
  }

  private String text() {
    Manifest.Drift drift = movements.drift();
    StringBuilder text = new StringBuilder();
    text.append("Compared with run ")
        .append(drift.before().runId())
        .append(" at ")
        .append(Redaction.forPeople(drift.before().output()))
        .append(", published ")
        .append(drift.before().publishedAt())
        .append(". Bad rows: ")
        .append(then.issuesInWords())
        .append(" then, ")
        .append(now.issuesInWords())
        .append(" now.");
    if (!then.logitsInWords().isEmpty() && !now.logitsInWords().isEmpty()) {
      text.append(" Logits: from ")
          .append(then.logitsInWords().replace("…", "to"))
          .append(" then, from ")
          .append(now.logitsInWords().replace("…", "to"))
          .append(" now.");
    }
    drift
        .limits()
        .forEach(
            (measure, limit) ->
                text.append(" The job allows ")
                    .append(measure)
                    .append('=')
                    .append(limit)
                    .append('.'));
    if (!movements.missing().isEmpty()) {
      text.append(" Not compared, as one of the two has no counts of it: ")
          .append(FewNames.of(movements.missing()))
          .append('.');
    }
    return text.toString();
  }

  private Bars distances() {
    return new Bars(
        "How far each quantity moved",
        "The population stability index and the Jensen-Shannon distance of each quantity, the"
            + " furthest first; 0 is not at all.",
        "Quantity",
        List.of("population stability index", "Jensen-Shannon distance"),
        movements.moved().stream()
            .limit(MOST_IN_A_TABLE)
            .map(
                moved ->
                    new Bars.Row(
                        moved.what(),
                        List.of(moved.distance().psi(), moved.distance().js()),
                        List.of(number(moved.distance().psi()), number(moved.distance().js()))))
            .toList());
  }

  private void ofScores(
      Manifest.Distribution before, Manifest.Distribution after, List<Chart> charts) {
    if (then.share(0).isPresent() && now.share(0).isPresent()) {
      charts.add(
          classes(
              "Share of predictions",
              "The share of rows that predict each class.",
              RunCounts::share));
      charts.add(
          classes("Mean probability", "The mean probability of each class.", RunCounts::mean));
    }
    if (movements.drift().distances().confidence() != null) {
      charts.add(
          bins(
              "Largest probability",
              "The share of rows by the largest of their probabilities.",
              Drift.confidence(before),
              Drift.confidence(after),
              bin -> (double) bin / Drift.BINS_OF_CONFIDENCE));
    }
    if (movements.drift().distances().logits() != null) {
      charts.add(
          bins(
              "Logits",
              "The share of logits by size.",
              before.logits().bins(),
              after.logits().bins(),
              Bins::startOfLogit));
    }
  }

  /** Of many classes those that moved furthest, else all in their order. */
  private Bars classes(
      String title, String description, BiFunction<RunCounts, Integer, OptionalDouble> value) {
    List<Integer> classes = new ArrayList<>(IntStream.range(0, labels.size()).boxed().toList());
    boolean many = classes.size() > FEW_CLASSES;
    if (many) {
      classes.sort(
          Comparator.comparingDouble(
              i -> -Math.abs(value.apply(now, i).orElse(0) - value.apply(then, i).orElse(0))));
    }
    return thenAndNow(
        title,
        description + (many ? " The classes that moved furthest come first." : ""),
        "Class",
        classes.stream()
            .limit(MOST_IN_A_TABLE)
            .map(
                i ->
                    row(
                        labels.get(i),
                        value.apply(then, i).orElse(0),
                        value.apply(now, i).orElse(0)))
            .toList());
  }

  private static Bars bins(
      String title,
      String description,
      List<Long> before,
      List<Long> after,
      IntFunction<Double> start) {
    double all = sum(before);
    double allNow = sum(after);
    List<Bars.Row> rows = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) + after.get(i) > 0) {
        String from = i == 0 ? "" : "from " + edge(start.apply(i));
        String to = i == before.size() - 1 ? "" : " to " + edge(start.apply(i + 1));
        rows.add(row((from + to).strip(), before.get(i) / all, after.get(i) / allNow));
      }
    }
    return thenAndNow(title, description, "Values", rows);
  }

  private Bars issues(Manifest.Checks before, Manifest.Checks after) {
    TreeSet<String> codes = new TreeSet<>(before.issues().keySet());
    codes.addAll(after.issues().keySet());
    return thenAndNow(
        "Bad rows by issue",
        "The share of rows that have each issue.",
        "Issue",
        codes.stream().map(code -> row(code, share(before, code), share(after, code))).toList());
  }

  private static double share(Manifest.Checks checks, String code) {
    return checks.rows() == 0 ? 0 : (double) checks.issues().getOrDefault(code, 0L) / checks.rows();
  }

  private static Bars thenAndNow(
      String title, String description, String thing, List<Bars.Row> rows) {
    return new Bars(title + ", then and now", description, thing, List.of("then", "now"), rows);
  }

  private static Bars.Row row(String label, double then, double now) {
    return new Bars.Row(label, List.of(then, now), List.of(number(then), number(now)));
  }

  private static double sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private static String edge(double number) {
    return String.format(Locale.ROOT, "%s", number).replaceFirst("[.]0$", "");
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.4f", number);
  }
}
