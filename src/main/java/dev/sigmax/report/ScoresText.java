package dev.sigmax.report;

import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.LogSigmoid;
import dev.sigmax.kernel.LogSoftmax;
import dev.sigmax.kernel.RowScorer;
import dev.sigmax.kernel.Softmax;
import dev.sigmax.kernel.rule.NonFinite;
import dev.sigmax.kernel.rule.RowIssue;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What sigmoid and softmax make of the same scores, side by side, for a terminal. Needs nothing but
 * the kernel, so that it answers at once.
 */
public final class ScoresText {
  private static final int WIDTH = 20;

  /** Of more scores than that the largest are shown. */
  private static final int MOST = 20;

  private static final int MOST_IN_A_LINE = 8;
  private static final int LONGEST_SCORE = 12;

  private final List<String> names;
  private final double[] scores;
  private final double[] sigmoids;
  private final double[] softmax;
  private final int[] shown;
  private final LogSoftmax logSoftmax = new LogSoftmax(Kernels.scalar());
  private final StringBuilder text = new StringBuilder();

  private ScoresText(List<String> names, double[] scores) {
    this.names = names;
    this.scores = scores;
    this.sigmoids = sigmoids(scores);
    this.softmax = softmax(scores);
    this.shown =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(
                scores.length > MOST
                    ? Comparator.comparingDouble((Integer i) -> -scores[i])
                    : Comparator.<Integer>naturalOrder())
            .limit(MOST)
            .mapToInt(Integer::intValue)
            .toArray();
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
    for (int i : shown) {
      table.row(
          names.get(i),
          score(scores[i]),
          number(sigmoids[i]),
          Bar.of(sigmoids[i], WIDTH),
          number(softmax[i]),
          Bar.of(softmax[i], WIDTH).stripTrailing());
    }
    table.row("sum", "", number(sum(sigmoids)), "", number(sum(softmax)), "");
    text.append(table.text(""));
    if (shown.length < scores.length) {
      text.append("The ")
          .append(shown.length)
          .append(" largest of ")
          .append(scores.length)
          .append(" scores are shown; the sums are of all.\n");
    }
    ScoringRule rule =
        new ScoringRule(Task.MULTICLASS, scores.length, 1, NonFinite.REJECT, Double.NaN);
    RowIssue issue =
        new RowScorer(rule, Kernels.scalar())
            .score(scores, scores.length, new double[scores.length]);
    if (issue != null) {
      text.append("\nSoftmax has no answer: ")
          .append(issue.meaning())
          .append(". In a multiclass job this row has the issue ")
          .append(issue.code())
          .append(".\n");
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
    text.append("\nIf one score goes up by 1\n");
    TextTable table =
        new TextTable().row("class", "sigmoid", "the others", "softmax", "the others");
    for (int i : shown) {
      double[] moved = scores.clone();
      moved[i] += 1;
      double[] changed = softmax(moved);
      table.row(
          names.get(i),
          number(sigmoids[i]) + " → " + number(Kernels.sigmoid(moved[i], 1)),
          scores.length == 1 ? "none" : "stay",
          number(softmax[i]) + " → " + number(changed[i]),
          others(moved));
    }
    text.append(table.text("  "));
    double[] all = Arrays.stream(scores).map(score -> score + 1).toArray();
    text.append("If all scores go up by 1\n")
        .append(
            new TextTable()
                .row("sigmoid", numbers(sigmoids) + " → " + numbers(sigmoids(all)))
                .row(
                    "softmax",
                    numbers(softmax)
                        + " → "
                        + numbers(softmax(all))
                        + (Double.isNaN(softmax[0]) ? "" : ", as before"))
                .text("  "));
  }

  /** All other probabilities shrink by the same factor: the quotient of the sums. */
  private String others(double[] moved) {
    if (scores.length == 1) {
      return "none";
    }
    double before = logSoftmax.logSumExp(scores, 0, scores.length);
    double after = logSoftmax.logSumExp(moved, 0, moved.length);
    return "all × " + number(StrictMath.exp(before - after));
  }

  private void losses() {
    text.append(
        """

        Loss in nats: cross-entropy of softmax if the class is the true one; binary cross-entropy of sigmoid
        if the class holds, if it does not, and the mean over all classes if it alone holds
        """);
    TextTable table =
        new TextTable().row("class", "cross-entropy", "holds", "does not", "holds alone");
    for (int i : shown) {
      table.row(
          names.get(i),
          number(logSoftmax.crossEntropy(scores, 0, scores.length, i)),
          number(LogSigmoid.crossEntropy(scores[i], 1)),
          number(LogSigmoid.crossEntropy(scores[i], 0)),
          number(alone(i)));
    }
    text.append(table.text("  "));
  }

  private double alone(int truth) {
    return IntStream.range(0, scores.length)
        .mapToDouble(i -> LogSigmoid.crossEntropy(scores[i], i == truth ? 1 : 0))
        .average()
        .orElseThrow();
  }

  private String numbers(double[] values) {
    String some =
        String.join(
            " ",
            Arrays.stream(shown).limit(MOST_IN_A_LINE).mapToObj(i -> number(values[i])).toList());
    return values.length > MOST_IN_A_LINE ? some + " …" : some;
  }

  /** As short as tells a float or a double from its neighbours, unless that is long. */
  private static String score(double value) {
    float narrow = (float) value;
    String shortest = narrow == value ? Float.toString(narrow) : Double.toString(value);
    return shortest.length() > LONGEST_SCORE ? number(value) : shortest;
  }

  /** Four places; small and large numbers with their exponent. */
  private static String number(double value) {
    double magnitude = Math.abs(value);
    return magnitude != 0 && Double.isFinite(value) && (magnitude < 1e-4 || magnitude >= 1e6)
        ? String.format(Locale.ROOT, "%.3e", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
