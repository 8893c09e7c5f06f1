package dev.sigmax.report;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.LogSigmoid;
import dev.sigmax.kernel.LogSoftmax;
import dev.sigmax.kernel.NonFinite;
import dev.sigmax.kernel.RowIssue;
import dev.sigmax.kernel.RowScorer;
import dev.sigmax.kernel.ScoringRule;
import dev.sigmax.kernel.Softmax;
import dev.sigmax.kernel.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What sigmoid and softmax make of the same scores, side by side, for a terminal. Needs nothing but
 * the kernel, so that it answers at once.
 */
public final class ScoresText {
  private static final int WIDTH = 20;

  private final List<String> names;
  private final double[] scores;
  private final double[] sigmoids;
  private final double[] softmax;
  private final StringBuilder text = new StringBuilder();

  private ScoresText(List<String> names, double[] scores) {
    this.names = names;
    this.scores = scores;
    this.sigmoids = sigmoids(scores);
    this.softmax = softmax(scores);
  }

  /** The whole of it, for scores by number. */
  public static String of(double[] scores) {
    return of(IntStream.range(0, scores.length).mapToObj(Integer::toString).toList(), scores);
  }

  /** The whole of it, for one score or more, each with a name. */
  public static String of(List<String> names, double[] scores) {
    ScoresText made = new ScoresText(names, scores);
    made.values();
    made.questions();
    made.moves();
    made.losses();
    return made.text.toString();
  }

  private static double[] sigmoids(double[] scores) {
    return Arrays.stream(scores).map(score -> Kernels.sigmoid(score, 1)).toArray();
  }

  private static double[] softmax(double[] scores) {
    double[] probabilities = new double[scores.length];
    new Softmax(Kernels.scalar()).softmax(scores, 0, scores.length, 1, probabilities, 0);
    return probabilities;
  }

  private void values() {
    TextTable table = new TextTable().row("class", "score", "sigmoid", "", "softmax", "");
    for (int i = 0; i < scores.length; i++) {
      table.row(
          names.get(i),
          scores[i],
          number(sigmoids[i]),
          Bar.of(sigmoids[i], WIDTH),
          number(softmax[i]),
          Bar.of(softmax[i], WIDTH).stripTrailing());
    }
    table.row("sum", "", number(sum(sigmoids)), "", number(sum(softmax)), "");
    text.append(table.text(""));
    ScoringRule rule =
        new ScoringRule(Task.MULTICLASS, scores.length, 1, NonFinite.REJECT, Double.NaN);
    RowIssue issue =
        new RowScorer(rule, Kernels.scalar())
            .score(scores, scores.length, new double[scores.length]);
    if (issue != null) {
      text.append(
          "\nSoftmax has no answer: "
              + issue.meaning()
              + ". In a job this row has the issue "
              + issue.code()
              + ".\n");
    }
  }

  private static double sum(double[] values) {
    return new Softmax(Kernels.scalar()).sum(values, 0, values.length);
  }

  private void questions() {
    text.append(
        """

        Sigmoid answers one question per class: does this one hold? Each answer stands alone, so the sum can be anything.
        Softmax answers one question for all: which one of them is it? The classes share a whole, so the sum is 1.
        """);
    if (scores.length == 1) {
      text.append(
          "Softmax of a single score is always 1: for one yes or no, sigmoid is the function.\n");
    }
  }

  private void moves() {
    text.append("\nIf one score moves up by 1\n");
    TextTable table =
        new TextTable().row("class", "sigmoid", "its others", "softmax", "its others");
    for (int i = 0; i < scores.length; i++) {
      double[] moved = scores.clone();
      moved[i] += 1;
      double[] changed = softmax(moved);
      table.row(
          names.get(i),
          number(sigmoids[i]) + " → " + number(Kernels.sigmoid(moved[i], 1)),
          scores.length == 1 ? "none" : "stay",
          number(softmax[i]) + " → " + number(changed[i]),
          others(i, moved));
    }
    text.append(table.text("  "));
    double[] all = Arrays.stream(scores).map(score -> score + 1).toArray();
    text.append("If all scores move up by 1\n")
        .append(
            new TextTable()
                .row("sigmoid", numbers(sigmoids) + " → " + numbers(sigmoids(all)))
                .row("softmax", numbers(softmax) + " → " + numbers(softmax(all)) + ", as before")
                .text("  "));
  }

  /** All other probabilities shrink by the same factor: the quotient of the sums. */
  private String others(int moved, double[] scores) {
    if (scores.length == 1) {
      return "none";
    }
    LogSoftmax logSoftmax = new LogSoftmax(Kernels.scalar());
    double before = logSoftmax.logSumExp(this.scores, 0, scores.length);
    double after = logSoftmax.logSumExp(scores, 0, scores.length);
    return "all × " + number(StrictMath.exp(before - after));
  }

  private void losses() {
    text.append("\nWhat a truth would cost, in nats\n");
    TextTable table =
        new TextTable()
            .row(
                "truth",
                "cross-entropy with softmax",
                "binary cross-entropy with sigmoid: if it holds",
                "if not");
    LogSoftmax logSoftmax = new LogSoftmax(Kernels.scalar());
    for (int i = 0; i < scores.length; i++) {
      table.row(
          names.get(i),
          number(logSoftmax.crossEntropy(scores, 0, scores.length, i)),
          number(LogSigmoid.crossEntropy(scores[i], 1)),
          number(LogSigmoid.crossEntropy(scores[i], 0)));
    }
    text.append(table.text("  "));
    text.append(
        "If it is this one and no other, the mean binary cross-entropy over the classes is\n");
    TextTable means = new TextTable();
    for (int i = 0; i < scores.length; i++) {
      means.row(names.get(i), number(oneHot(i)));
    }
    text.append(means.text("  "));
  }

  private double oneHot(int truth) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += LogSigmoid.crossEntropy(scores[i], i == truth ? 1 : 0);
    }
    return sum / scores.length;
  }

  private static String numbers(double[] values) {
    int most = 8;
    String shown =
        String.join(" ", Arrays.stream(values).limit(most).mapToObj(ScoresText::number).toList());
    return values.length > most ? shown + " …" : shown;
  }

  /** Four places; small and large numbers with their exponent. */
  static String number(double value) {
    double magnitude = Math.abs(value);
    return magnitude != 0 && Double.isFinite(value) && (magnitude < 1e-4 || magnitude >= 1e6)
        ? String.format(Locale.ROOT, "%.3e", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
