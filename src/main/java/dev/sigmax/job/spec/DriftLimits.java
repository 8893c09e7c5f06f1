package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far a run may be from an earlier one.
 *
 * @param byMeasure the largest value of each measure that has a limit
 */
public record DriftLimits(Map<DriftMeasure, Double> byMeasure) {
  /** Any distance will do. */
  public static final DriftLimits NONE = new DriftLimits(Map.of());

  /** Copies the map. */
  public DriftLimits {
    byMeasure = Map.copyOf(byMeasure);
  }

  /** Reads items such as {@code psi=0.2}. */
  static DriftLimits parse(List<String> items) {
    Map<DriftMeasure, Double> limits = new EnumMap<>(DriftMeasure.class);
    for (String item : items) {
      String[] parts = item.split("=", 2);
      DriftMeasure measure = measure(parts[0].strip(), item);
      if (parts.length < 2) {
        throw refused(
            "max-drift has " + item + " without a number: say how much, as in " + item + "=0.2.");
      }
      if (limits.put(measure, number(measure, parts[1].strip())) != null) {
        throw refused(parts[0].strip() + " stands twice in max-drift.");
      }
    }
    return new DriftLimits(limits);
  }

  private static DriftMeasure measure(String name, String item) {
    for (DriftMeasure measure : DriftMeasure.values()) {
      if (JobSpec.lower(measure).equals(name)) {
        return measure;
      }
    }
    throw refused("max-drift takes psi and js, as in psi=0.2,js=0.15, not " + item + ".");
  }

  private static double number(DriftMeasure measure, String text) {
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    if (!(number >= 0 && number <= measure.largest())) {
      throw refused(
          "max-drift of "
              + JobSpec.lower(measure)
              + " must be a number from 0 "
              + (measure == DriftMeasure.JS
                  ? String.format(Locale.ROOT, "to %.4f", measure.largest())
                  : "up")
              + ", not "
              + text
              + ".");
    }
    return number;
  }

  private static UsageException refused(String message) {
    return new UsageException(ErrorName.OPTION_VALUE, message);
  }

  /** Whether any distance will do. */
  public boolean isEmpty() {
    return byMeasure.isEmpty();
  }
}
