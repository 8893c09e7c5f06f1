package dev.sigmax.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Scores as people type them: numbers, {@code inf} and {@code nan} among them. Names nothing of
 * Spark and nothing of the commands, so that it is there at once.
 */
final class TypedScores {
  private TypedScores() {}

  /** The scores that all of the texts are; empty where one is no number, or there is none. */
  static Optional<double[]> of(List<String> texts) {
    double[] scores = new double[texts.size()];
    for (int i = 0; i < scores.length; i++) {
      Optional<Double> score = of(texts.get(i));
      if (score.isEmpty()) {
        return Optional.empty();
      }
      scores[i] = score.get();
    }
    return scores.length == 0 ? Optional.empty() : Optional.of(scores);
  }

  /** The score that a text is. */
  static Optional<Double> of(String text) {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity":
        return Optional.of(Double.POSITIVE_INFINITY);
      case "-inf", "-infinity":
        return Optional.of(Double.NEGATIVE_INFINITY);
      case "nan":
        return Optional.of(Double.NaN);
      default:
        break;
    }
    // Java would take 1f and 0x1p3 for numbers too.
    if (!text.matches("[+-]?(\\d+[.]?\\d*|[.]\\d+)([eE][+-]?\\d+)?")) {
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(text));
  }
}
