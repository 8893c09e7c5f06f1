package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From which probability on a label holds.
 *
 * @param ofAll of every label that has none of its own
 * @param byLabel of single labels
 */
public record Thresholds(Optional<Double> ofAll, Map<String, Double> byLabel) {
  /** What holds where nothing is said. */
  public static final double DEFAULT = 0.5;

  /** Nothing is said. */
  public static final Thresholds NONE = new Thresholds(Optional.empty(), Map.of());

  /** Reads a number, and items such as {@code prime=0.3}, of a label and a number. */
  static Thresholds parse(Optional<String> ofAll, List<String> items) {
    Map<String, Double> byLabel = new LinkedHashMap<>();
    for (String item : items) {
      int equals = item.lastIndexOf('=');
      if (equals < 1) {
        throw refused("thresholds takes labels with a number, as in prime=0.3, not " + item + ".");
      }
      String label = item.substring(0, equals);
      if (byLabel.put(label, number("the threshold of " + label, item.substring(equals + 1)))
          != null) {
        throw refused("the label " + label + " stands twice in thresholds.");
      }
    }
    return new Thresholds(ofAll.map(text -> number("the threshold", text)), byLabel);
  }

  private static double number(String what, String text) {
    double number;
    try {
      number = Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    if (!(number >= 0 && number <= 1)) {
      throw refused(what + " must be a number from 0 to 1, not " + text + ".");
    }
    return number;
  }

  private static UsageException refused(String message) {
    return new UsageException(ErrorName.OPTION_VALUE, message);
  }

  /** Whether nothing is said. */
  public boolean isEmpty() {
    return ofAll.isEmpty() && byLabel.isEmpty();
  }

  /** Of one label. */
  public double of(String label) {
    return byLabel.getOrDefault(label, ofAll.orElse(DEFAULT));
  }
}
