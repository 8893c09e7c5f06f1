package dev.sigmax.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Scores as people type them: numbers, {@code inf} and {@code nan} among them, with spaces or
 * commas between. Names nothing of Spark and nothing of the commands, so that it is there at once.
 */
final class TypedScores {
  private static final Pattern BETWEEN = Pattern.compile("[ ,]+");

  /** Java would take 1f and 0x1p3 for numbers too. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+[.]?\\d*|[.]\\d+)([eE][+-]?\\d+)?");

  private TypedScores() {}

  /** The scores that all of the texts are; empty where one is no number, or there is none. */
  static Optional<double[]> of(List<String> texts) {
    List<Double> scores = new ArrayList<>();
    for (String part : parts(texts)) {
      Optional<Double> score = score(part);
      if (score.isEmpty()) {
        return Optional.empty();
      }
      scores.add(score.get());
    }
    return scores.isEmpty()
        ? Optional.empty()
        : Optional.of(scores.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The first of the texts' parts that is no number. */
  static Optional<String> notANumber(List<String> texts) {
    return parts(texts).stream().filter(part -> score(part).isEmpty()).findFirst();
  }

  private static List<String> parts(List<String> texts) {
    return texts.stream().flatMap(BETWEEN::splitAsStream).filter(part -> !part.isEmpty()).toList();
  }

  private static Optional<Double> score(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-inf", "-infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
      case "nan" -> Optional.of(Double.NaN);
      default ->
          NUMBER.matcher(text).matches() ? Optional.of(Double.parseDouble(text)) : Optional.empty();
    };
  }
}
