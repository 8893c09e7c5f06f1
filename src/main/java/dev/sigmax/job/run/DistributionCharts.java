package dev.sigmax.job.run;

import dev.sigmax.kernel.rule.Task;
import dev.sigmax.output.Manifest;
import dev.sigmax.report.html.Bars;
import dev.sigmax.report.html.Chart;
import dev.sigmax.report.html.Histogram;
import dev.sigmax.tally.Bins;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The pictures of what was scored, from the counts in a manifest. */
final class DistributionCharts {
  private static final int TICKS = 4;
  private static final int MOST_IN_A_TABLE = 100;

  private final Manifest.Distribution counts;
  private final Task task;
  private final List<String> labels;

  /** The pictures of {@code counts}; {@code labels} as many as classes. */
  DistributionCharts(Manifest.Distribution counts, Task task, List<String> labels) {
    this.counts = counts;
    this.task = task;
    this.labels = labels;
  }

  /** How sure the rows are, and of what. */
  List<Chart> scores() {
    List<Chart> charts = new ArrayList<>();
    charts.add(
        shares(
            "Largest probability",
            "Rows by the largest of their probabilities, from 0 to 1.",
            counts.largest(),
            1));
    charts.add(
        shares(
            "Margin",
            task == Task.MULTILABEL
                ? "Rows by how far the label nearest to a toss-up is from it, from 0 to 1."
                : "Rows by how far their two largest probabilities are apart, from 0 to 1.",
            counts.margins(),
            1));
    charts.add(
        shares(
            "Entropy in nats",
            "Rows by the entropy of their probabilities, from 0, which is certain, to "
                + shortest(counts.largestEntropy())
                + ", which knows nothing.",
            counts.entropies(),
            counts.largestEntropy()));
    if (!labels.isEmpty()) {
      charts.add(saturation());
    }
    if (counts.means().size() == labels.size() && !labels.isEmpty()) {
      charts.add(classes());
    }
    return charts;
  }

  private static Histogram shares(
      String title, String description, List<Long> bins, double largest) {
    double width = largest / Bins.OF_SHARES;
    return new Histogram(
        title,
        description,
        IntStream.range(0, bins.size())
            .mapToObj(
                i ->
                    new Histogram.Bin(
                        "from " + shortest(i * width) + " to " + shortest((i + 1) * width),
                        bins.get(i)))
            .toList(),
        IntStream.rangeClosed(0, TICKS)
            .mapToObj(i -> new Histogram.Tick((double) i / TICKS, shortest(largest * i / TICKS)))
            .toList(),
        Optional.empty());
  }

  /** How many probabilities are at an end of [0, 1]. */
  private Bars saturation() {
    long all = counts.rows() * labels.size();
    return new Bars(
        "Saturation",
        "How many of all probabilities are exactly 0, exactly 1, and between them.",
        "Probability",
        List.of("probabilities"),
        List.of(
            count("exactly 0", counts.zeros()),
            count("between 0 and 1", all - counts.zeros() - counts.ones()),
            count("exactly 1", counts.ones())));
  }

  private static Bars.Row count(String label, long count) {
    return new Bars.Row(
        label, List.of((double) count), List.of(String.format(Locale.ROOT, "%,d", count)));
  }

  private Bars classes() {
    List<Bars.Row> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(labels.size(), MOST_IN_A_TABLE); i++) {
      double mean = counts.means().get(i);
      double predicted = (double) counts.predictions().get(i) / counts.rows();
      rows.add(
          new Bars.Row(
              labels.get(i),
              List.of(mean, predicted),
              List.of(
                  String.format(Locale.ROOT, "%.4f", mean),
                  String.format(Locale.ROOT, "%.4f", predicted))));
    }
    return new Bars(
        labels.size() > MOST_IN_A_TABLE ? "The first " + MOST_IN_A_TABLE + " classes" : "Classes",
        "The mean probability of each class, and the share of rows that predict it.",
        "Class",
        List.of("mean probability", "share of predictions"),
        rows);
  }

  /** How far the sums are from 1, on a logarithmic scale. */
  Histogram deviations(double tolerance) {
    int least = Bins.LEAST_EXPONENT;
    int bins = Bins.OF_DEVIATIONS;
    List<Histogram.Bin> rows = new ArrayList<>();
    for (int i = 0; i < bins; i++) {
      int exponent = least + i - 1;
      rows.add(
          new Histogram.Bin(
              i == Bins.NO_DEVIATION
                  ? "exactly 0"
                  : i == 1
                      ? "below 2^" + (least + 1)
                      : "from 2^" + exponent + " to 2^" + (exponent + 1),
              counts.deviations().get(i)));
    }
    List<Histogram.Tick> ticks = new ArrayList<>(List.of(new Histogram.Tick(0, "0")));
    for (int exponent = -50; exponent <= -10; exponent += 10) {
      ticks.add(new Histogram.Tick(place(exponent), "2^" + exponent));
    }
    ticks.add(new Histogram.Tick(1, "1"));
    Optional<Histogram.Tick> limit =
        tolerance > 0
            ? Optional.of(
                new Histogram.Tick(
                    Math.max(0, Math.min(1, place(Math.log(tolerance) / Math.log(2)))), "allowed"))
            : Optional.empty();
    return new Histogram(
        "How far row sums are from 1",
        "Rows by the distance of their sum from 1, on a scale of powers of two; "
            + String.format(Locale.ROOT, "%.3g", tolerance)
            + " is allowed.",
        rows,
        ticks,
        limit);
  }

  private static double place(double exponent) {
    return (exponent - Bins.LEAST_EXPONENT + 1) / Bins.OF_DEVIATIONS;
  }

  private static String shortest(double number) {
    return new java.math.BigDecimal(number)
        .round(new java.math.MathContext(4))
        .stripTrailingZeros()
        .toPlainString();
  }
}
