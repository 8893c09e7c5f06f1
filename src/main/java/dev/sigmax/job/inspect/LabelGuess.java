package dev.sigmax.job.inspect;

import dev.sigmax.kernel.ArgMax;
import dev.sigmax.kernel.rule.Task;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Columns beside the logits that look like the truth: they agree with what the logits predict, far
 * more often than by chance.
 *
 * @param columns as {@code evaluate --label} takes them
 * @param names of the classes, as the column has them; empty where it has the classes' own, or says
 *     yes and no
 * @param task the task of such labels
 * @param sentence how often they agree, for a person
 */
record LabelGuess(String columns, Optional<List<String>> names, Task task, String sentence) {
  private static final int ENOUGH_ROWS = 20;
  private static final double ENOUGH = 0.6;

  /** Above what always saying the most frequent value would give. */
  private static final double ABOVE_CHANCE = 1.3;

  /**
   * The class of the largest logit: by its name, which is preferred, or by its number.
   *
   * @param types of the columns beside the logits; texts are told as {@link #number} of their class
   */
  static Optional<LabelGuess> ofClasses(SampledRows rows, List<String> classes, StructType types) {
    Prediction largest =
        row -> {
          int index = ArgMax.of(row, 0, row.length);
          return number(classes.get(index), index);
        };
    Optional<LabelGuess> byName =
        best(
            rows,
            column -> namesIn(types.apply(column).dataType(), classes).equals(classes),
            Task.MULTICLASS,
            largest,
            "the column %s names the class of the largest logit in %.0f %% of %,d sampled rows");
    return byName.or(
        () ->
            best(
                    rows,
                    column -> !namesIn(types.apply(column).dataType(), classes).isEmpty(),
                    Task.MULTICLASS,
                    largest,
                    "the column %s has the number of the class of the largest logit in %.0f %% of"
                        + " %,d sampled rows")
                .map(
                    guess ->
                        guess.named(namesIn(types.apply(guess.columns()).dataType(), classes))));
  }

  private LabelGuess named(List<String> classes) {
    return new LabelGuess(columns, Optional.of(classes), task, sentence);
  }

  /** What a column of some type can call the classes; empty where it cannot tell them apart. */
  private static List<String> namesIn(DataType type, List<String> classes) {
    if (type instanceof StringType) {
      return classes;
    }
    List<String> numbers =
        IntStream.range(0, classes.size())
            .mapToObj(i -> Long.toString((long) number(classes.get(i), i)))
            .toList();
    if (type instanceof BooleanType) {
      return numbers.equals(List.of("0", "1")) ? List.of("false", "true") : List.of();
    }
    return new HashSet<>(numbers).size() == numbers.size() ? numbers : List.of();
  }

  /** The sign of one logit, as 0 and 1 or false and true. */
  static Optional<LabelGuess> ofSign(SampledRows rows, int index) {
    return best(
        rows,
        column -> true,
        rows.classes() == 1 ? Task.BINARY : Task.MULTICLASS,
        row -> yes(row[index]),
        "the column %s says whether the logit is above 0 in %.0f %% of %,d sampled rows");
  }

  /** A yes or no for each class, in a column with its name, that agrees with its logit's sign. */
  static Optional<LabelGuess> ofEachClass(SampledRows rows, List<String> classes) {
    boolean all = rows.soundSize() >= ENOUGH_ROWS;
    for (int k = 0; k < classes.size() && all; k++) {
      int index = k;
      double[] values = rows.beside().get(classes.get(k));
      all = values != null && agreement(rows, values, row -> yes(row[index])) >= ENOUGH;
    }
    return all
        ? Optional.of(
            new LabelGuess(
                String.join(",", classes),
                Optional.empty(),
                Task.MULTILABEL,
                "for each class a column says yes or no, and agrees with the sign of its logit: "
                    + ColumnEvidence.few(classes)))
        : Optional.empty();
  }

  /**
   * Why there is no such column, a part of a sentence.
   *
   * @param lookedAt the columns that might have been one
   */
  static String whyNone(SampledRows rows, List<String> lookedAt) {
    if (lookedAt.isEmpty()) {
      return "beside the logits there is no column of whole numbers, booleans or names of classes";
    }
    if (rows.soundSize() < ENOUGH_ROWS) {
      return "there are fewer than " + ENOUGH_ROWS + " sampled rows to tell by";
    }
    return ColumnEvidence.few(lookedAt)
        + (lookedAt.size() == 1 ? " agrees" : " agree")
        + " with the logits hardly more often than by chance";
  }

  /** What a row of logits predicts. */
  private interface Prediction {
    double of(double[] row);
  }

  private static Optional<LabelGuess> best(
      SampledRows rows,
      Predicate<String> which,
      Task task,
      Prediction prediction,
      String sentence) {
    Optional<LabelGuess> best = Optional.empty();
    double most = 0;
    for (Map.Entry<String, double[]> column : rows.beside().entrySet()) {
      if (!which.test(column.getKey())) {
        continue;
      }
      double agreement = agreement(rows, column.getValue(), prediction);
      if (rows.soundSize() >= ENOUGH_ROWS
          && agreement >= ENOUGH
          && agreement >= ABOVE_CHANCE * mostFrequent(column.getValue())
          && agreement > most) {
        most = agreement;
        best =
            Optional.of(
                new LabelGuess(
                    column.getKey(),
                    Optional.empty(),
                    task,
                    String.format(
                        Locale.ROOT,
                        sentence,
                        column.getKey(),
                        100 * agreement,
                        rows.soundSize())));
      }
    }
    return best;
  }

  private static double agreement(SampledRows rows, double[] values, Prediction prediction) {
    int agree = 0;
    for (int i = 0; i < values.length; i++) {
      agree += values[i] == prediction.of(rows.sound().get(i)) ? 1 : 0;
    }
    return agree / (double) values.length;
  }

  private static double mostFrequent(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int most = 0;
    int run = 0;
    for (int i = 0; i < sorted.length; i++) {
      run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
      most = Math.max(most, run);
    }
    return most / (double) sorted.length;
  }

  private static double yes(double logit) {
    return logit > 0 ? 1 : 0;
  }

  /** What stands for a class in a column of numbers: its name where that is one, else its index. */
  static double number(String name, int index) {
    try {
      return Double.parseDouble(name);
    } catch (NumberFormatException e) {
      return index;
    }
  }
}
