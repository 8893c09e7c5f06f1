package dev.sigmax.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  private Golden() {}

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
      String logit = words[from + 2 * i];
      logits[i] = logit.equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(logit);
      String[] pair = words[from + 2 * i + 1].split(":", -1);
      high[i] = Double.parseDouble(pair[0]);
      low[i] = Double.parseDouble(pair[1]);
    }
    return new Row(type, scenario, Double.parseDouble(temperature), logits, high, low);
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
