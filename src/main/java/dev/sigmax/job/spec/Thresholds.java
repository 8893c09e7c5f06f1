package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(Thresholds.class);

  /**
   * What was said of both keys.
   *
   * @param items of {@code thresholds}, a label and a number each, such as {@code prime=0.3}
   */
  static Thresholds read(JobSettings settings, List<String> items) {
    Optional<String> ofAll = settings.text(JobKey.THRESHOLD);
    ofAll.ifPresent(text -> tellOfOthers(settings, text, items));
    return new Thresholds(
        ofAll.map(text -> settings.read(JobKey.THRESHOLD, () -> number("the threshold", text))),
        settings.read(JobKey.THRESHOLDS, () -> byLabel(items)));
  }

  /**
   * Warns of an option that says nothing of labels which a job file names: it may be meant for all,
   * and these keep what the file says.
   */
  private static void tellOfOthers(JobSettings settings, String ofAll, List<String> items) {
    String place = settings.places().get(JobKey.THRESHOLDS);
    if (place == null || items.isEmpty() || settings.places().containsKey(JobKey.THRESHOLD)) {
      return;
    }
    LOG.warn(
        "--threshold {} changes no label that has its own in {}: {}. To change these too, say"
            + " --thresholds LABEL=P with it, or --thresholds \"\" for no threshold of their own.",
        ofAll,
        place,
        String.join(", ", items));
  }

  private static Map<String, Double> byLabel(List<String> items) {
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
    return byLabel;
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
