package dev.sigmax.job.spec;

import dev.sigmax.error.Counted;
import dev.sigmax.kernel.rule.Calibration;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.kernel.rule.Temperature;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a calibration says, as its file and a manifest keep it. */
public sealed interface CalibrationValues {
  /** The task that it is for. */
  Task task();

  /** One for each probability. */
  List<String> labels();

  /** What logits are divided by; 1 where they go through {@link #calibration} instead. */
  double divisor();

  /** What becomes of the logits first. */
  Calibration calibration();

  /** By name, as it stands in a file. */
  Map<String, Object> toMap();

  /**
   * Of a multiclass task. Without a bias, logits are divided by the temperature as {@code
   * --temperature} divides them. With one, the calibrated logits are {@code z * (1 / temperature) +
   * bias}, the inverse rounded to double, then the whole rounded once.
   *
   * @param bias one for each class
   */
  record OfClasses(List<String> labels, double temperature, Optional<List<Double>> bias)
      implements CalibrationValues {
    /** Refuses numbers that cannot be. */
    public OfClasses {
      labels = List.copyOf(labels);
      Temperature.require(temperature);
      if (bias.isPresent() && bias.get().size() != labels.size()) {
        throw new IllegalArgumentException(
            "it has "
                + Counted.of(bias.get().size(), "bias", "biases")
                + " for "
                + Counted.of(labels.size(), "class", "classes"));
      }
    }

    @Override
    public Task task() {
      return Task.MULTICLASS;
    }

    @Override
    public double divisor() {
      return bias.isEmpty() ? temperature : 1;
    }

    @Override
    public Calibration calibration() {
      return bias.map(
              offsets ->
                  Calibration.of(
                      array(Collections.nCopies(offsets.size(), 1 / temperature)), array(offsets)))
          .orElse(Calibration.NONE);
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put(TASK, JobSpec.lower(task()));
      map.put(LABELS, labels);
      map.put(TEMPERATURE, temperature);
      bias.ifPresent(values -> map.put(BIAS, values));
      return map;
    }
  }

  /**
   * Of a binary or multilabel task: the calibrated logit is {@code slope * z + offset}, rounded
   * once.
   *
   * @param slopes one for each logit
   * @param offsets one for each logit
   */
  record OfSigmoids(Task task, List<String> labels, List<Double> slopes, List<Double> offsets)
      implements CalibrationValues {
    /** Refuses numbers that cannot be. */
    public OfSigmoids {
      labels = List.copyOf(labels);
      int logits = task == Task.BINARY ? 1 : labels.size();
      if (slopes.size() != logits || offsets.size() != logits) {
        throw new IllegalArgumentException(
            "it has "
                + Counted.of(slopes.size(), "slope")
                + " and "
                + Counted.of(offsets.size(), "offset")
                + " for "
                + Counted.of(logits, "logit"));
      }
    }

    @Override
    public double divisor() {
      return 1;
    }

    @Override
    public Calibration calibration() {
      return Calibration.of(array(slopes), array(offsets));
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put(TASK, JobSpec.lower(task));
      map.put(LABELS, labels);
      map.put(SLOPE, slopes);
      map.put(OFFSET, offsets);
      return map;
    }
  }

  /** The name of the task's entry. */
  String TASK = "task";

  /** The name of the labels' entry. */
  String LABELS = "labels";

  /** The name of the temperature's entry. */
  String TEMPERATURE = "temperature";

  /** The name of the biases' entry. */
  String BIAS = "bias";

  /** The name of the slopes' entry. */
  String SLOPE = "slope";

  /** The name of the offsets' entry. */
  String OFFSET = "offset";

  /**
   * The values that {@link #toMap} gave, or that stand in a file; other entries are passed over.
   *
   * @throws IllegalArgumentException if they are none
   */
  static CalibrationValues of(Map<?, ?> map) {
    Task task = task(map.get(TASK));
    List<String> labels = list(map.get(LABELS), LABELS).stream().map(String::valueOf).toList();
    if (task != Task.MULTICLASS) {
      return new OfSigmoids(
          task, labels, numbers(map.get(SLOPE), SLOPE), numbers(map.get(OFFSET), OFFSET));
    }
    return new OfClasses(
        labels,
        number(map.get(TEMPERATURE), TEMPERATURE),
        map.containsKey(BIAS) ? Optional.of(numbers(map.get(BIAS), BIAS)) : Optional.empty());
  }

  private static Task task(Object text) {
    for (Task task : Task.values()) {
      if (JobSpec.lower(task).equals(text)) {
        return task;
      }
    }
    throw new IllegalArgumentException("it is of no " + TASK);
  }

  private static List<?> list(Object value, String name) {
    if (value instanceof List<?> list && !list.isEmpty()) {
      return list;
    }
    throw new IllegalArgumentException("its " + name + " is no list");
  }

  private static List<Double> numbers(Object value, String name) {
    return list(value, name).stream().map(item -> number(item, name)).toList();
  }

  private static Double number(Object value, String name) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "its %s is %s, and no number", name, value));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
