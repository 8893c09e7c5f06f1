package dev.sigmax.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reference values of {@code scripts/golden.py}, from a 60-digit library. */
final class Golden {
  /**
   * A row of logits and its probabilities.
   *
   * @param high the probabilities, rounded to double
   * @param low what that rounding lost
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(
      String type,
      String scenario,
      double temperature,
      double[] logits,
      double[] high,
      double[] low) {
    /** How far {@code actual} is from the truth in ULP of the double nearest to the truth. */
    double doubleError(int i, double actual) {
      return Math.abs((actual - high[i]) - low[i]) / Math.ulp(high[i]);
    }

    /** How far {@code actual} is from the truth in ULP of the float nearest to the truth. */
    double floatError(int i, float actual) {
      return Math.abs((actual - high[i]) - low[i]) / Math.ulp((float) high[i]);
    }
  }

  /**
   * One logarithm of a row of logits.
   *
   * @param label the class or probability that the loss expects, or "-"
   * @param high the result, rounded to double
   * @param low what that rounding lost
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Logarithm(String function, String label, double high, double low, double[] logits) {
    /** How far {@code actual} is from the truth in ULP of the double nearest to the truth. */
    double doubleError(double actual) {
      return actual == high ? Math.abs(low) / Math.ulp(high) : error(actual, Math.ulp(high));
    }

    /** How far {@code actual} is from the truth in ULP of the float nearest to the truth. */
    double floatError(float actual) {
      return actual == (float) high && Double.isInfinite(actual)
          ? 0
          : error(actual, Math.ulp((float) high));
    }

    private double error(double actual, double ulp) {
      return Math.abs((actual - high) - low) / ulp;
    }
  }

  /**
   * Some classes of a softmax of {@link #LARGE} classes.
   *
   * @param classes their indices
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Large(Row row, int[] classes) {}

  /**
   * Margin and entropy of a row.
   *
   * @param kind "classes" that exclude each other, or "labels" that stand alone
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Doubt(
      String kind, double temperature, Logarithm margin, Logarithm entropy, double[] logits) {}

  /** The classes of a large row. */
  static final int LARGE = 100_000;

  private Golden() {}

  static List<Logarithm> logarithms() {
    return lines("logarithms.txt").stream()
        .map(line -> line.split(" ", -1))
        .map(
            words -> {
              String[] pair = words[2].split(":", -1);
              double[] logits = new double[words.length - 3];
              for (int i = 0; i < logits.length; i++) {
                logits[i] = logit(words[i + 3]);
              }
              return new Logarithm(
                  words[0],
                  words[1],
                  Double.parseDouble(pair[0]),
                  Double.parseDouble(pair[1]),
                  logits);
            })
        .toList();
  }

  static List<Doubt> uncertainty() {
    return lines("uncertainty.txt").stream()
        .map(line -> line.split(" ", -1))
        .map(
            words -> {
              double[] logits =
                  Arrays.stream(words, 4, words.length).mapToDouble(Golden::logit).toArray();
              return new Doubt(
                  words[0],
                  Double.parseDouble(words[1]),
                  result("margin", words[2], logits),
                  result("entropy", words[3], logits),
                  logits);
            })
        .toList();
  }

  private static Logarithm result(String name, String pair, double... logits) {
    String[] parts = pair.split(":", -1);
    return new Logarithm(
        name, "-", Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), logits);
  }

  static List<Large> largeSoftmax() {
    return lines("softmax-large.txt").stream()
        .map(line -> line.split(" ", -1))
        .map(
            words -> {
              // A class's index stands where a small row has the logit.
              Row row = row(words, 3, words[0], words[1], words[2]);
              int[] classes = Arrays.stream(row.logits()).mapToInt(i -> (int) i).toArray();
              return new Large(row, classes);
            })
        .toList();
  }

  /** The logit of class i in a large row: the formula of {@code scripts/golden.py}. */
  static float largeLogit(int i, String scenario) {
    int bits = (int) ((i * 2654435761L & 0xffffffffL) >>> 8);
    return switch (scenario) {
      case "normal" -> Math.scalb((float) bits, -19) - 16;
      case "huge" -> Math.scalb((float) bits, 70);
      case "nearly-equal" -> (float) (Math.scalb((double) bits, -44) + 3);
      case "far-apart" -> Math.scalb((float) bits, -14) - 1024;
      case "subnormal" -> Math.scalb((float) bits, -149);
      case "masked" -> i % 2 == 1 ? Float.NEGATIVE_INFINITY : largeLogit(i, "normal");
      default -> throw new IllegalArgumentException(scenario);
    };
  }

  static List<Row> softmax(String type) {
    List<Row> rows = new ArrayList<>();
    for (String line : lines("softmax.txt")) {
      String[] words = line.split(" ", -1);
      if (words[0].equals(type)) {
        rows.add(row(words, 3, words[0], words[1], words[2]));
      }
    }
    return rows;
  }

  static List<Row> sigmoid() {
    return lines("sigmoid.txt").stream()
        .map(line -> line.split(" ", -1))
        .map(words -> row(words, 1, "double", "sigmoid", words[0]))
        .toList();
  }

  private static Row row(
      String[] words, int from, String type, String scenario, String temperature) {
    int classes = (words.length - from) / 2;
    double[] logits = new double[classes];
    double[] high = new double[classes];
    double[] low = new double[classes];
    for (int i = 0; i < classes; i++) {
      logits[i] = logit(words[from + 2 * i]);
      String[] pair = words[from + 2 * i + 1].split(":", -1);
      high[i] = Double.parseDouble(pair[0]);
      low[i] = Double.parseDouble(pair[1]);
    }
    return new Row(type, scenario, Double.parseDouble(temperature), logits, high, low);
  }

  private static double logit(String word) {
    return word.equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(word);
  }

  private static List<String> lines(String file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Golden.class.getResourceAsStream("/golden/" + file), StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
