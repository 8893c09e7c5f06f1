package dev.sigmax.job.spec;

import dev.sigmax.error.UsageException;
import dev.sigmax.input.ColumnChoice;
import dev.sigmax.kernel.NonFinite;
import dev.sigmax.kernel.Task;
import dev.sigmax.kernel.Temperature;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A job as a person means it: every setting in its type, defaults filled in where they do not
 * depend on the data, contradictions refused.
 *
 * @param labels class names, or null for what the columns say
 * @param classes how many logits a row has, or null for what the data says
 * @param keep columns to carry through, or null for all that are not logits
 * @param allowMissing kept columns that some files may lack, or null for none
 * @param layout null for as the input
 * @param precision null for as the input
 * @param sumTolerance NaN for what is promised
 * @param runId null for one derived from the run
 */
public record JobSpec(
    List<String> inputs,
    String output,
    Task task,
    ColumnChoice logits,
    List<String> labels,
    Integer classes,
    ColumnChoice keep,
    ColumnChoice allowMissing,
    Layout layout,
    Precision precision,
    double temperature,
    OnBadRow onBadRow,
    BadRowLimit maxBadRows,
    NonFinite nonFinite,
    double sumTolerance,
    Codec codec,
    String runId,
    boolean replace,
    boolean dryRun,
    Engine engine) {
  private static final int MOST_CLASSES = 10_000_000;
  private static final String AUTO = "auto";
  private static final String DEFAULT_LOGITS = "logit_*";
  private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9-][A-Za-z0-9._-]{0,127}");

  /** The job that the settings describe. */
  public static JobSpec of(JobSettings settings) {
    Task task = choice(settings, JobKey.TASK, Task::valueOf, null);
    if (task == null) {
      throw new UsageException(
          "no task is given: --task multiclass (one of many), multilabel (each on its own) or binary"
              + " (one yes or no).");
    }
    OnBadRow onBadRow = choice(settings, JobKey.ON_BAD_ROW, OnBadRow::valueOf, OnBadRow.FAIL);
    return new JobSpec(
        inputs(settings),
        output(settings),
        task,
        columns(settings, JobKey.LOGITS, new ColumnChoice.Text(DEFAULT_LOGITS)),
        labels(settings),
        classes(settings, task),
        columns(settings, JobKey.KEEP, null),
        columns(settings, JobKey.ALLOW_MISSING, null),
        choice(settings, JobKey.LAYOUT, Layout::valueOf, null),
        choice(settings, JobKey.PRECISION, Precision::valueOf, null),
        temperature(settings),
        onBadRow,
        maxBadRows(settings, onBadRow),
        choice(settings, JobKey.NON_FINITE, NonFinite::valueOf, NonFinite.REJECT),
        sumTolerance(settings, task),
        choice(settings, JobKey.CODEC, Codec::valueOf, Codec.SNAPPY),
        runId(settings),
        settings.flag(JobKey.REPLACE),
        settings.flag(JobKey.DRY_RUN),
        engine(settings));
  }

  private static List<String> inputs(JobSettings settings) {
    List<String> inputs =
        settings
            .list(JobKey.INPUT)
            .orElseGet(() -> settings.text(JobKey.INPUT).map(List::of).orElse(List.of()));
    if (inputs.isEmpty() || inputs.stream().anyMatch(String::isBlank)) {
      throw new UsageException("no input is given: --input PATH, or input in a job file.");
    }
    inputs.forEach(input -> Template.requireFilled(JobKey.INPUT, input));
    return List.copyOf(inputs);
  }

  private static String output(JobSettings settings) {
    String output = settings.text(JobKey.OUTPUT).orElse("");
    if (output.isBlank()) {
      throw new UsageException("no output is given: --output PATH, or output in a job file.");
    }
    Template.requireFilled(JobKey.OUTPUT, output);
    return output;
  }

  private static ColumnChoice columns(JobSettings settings, JobKey key, ColumnChoice otherwise) {
    if (settings.list(key).isPresent()) {
      return new ColumnChoice.Names(settings.list(key).get());
    }
    return settings.text(key).<ColumnChoice>map(ColumnChoice.Text::new).orElse(otherwise);
  }

  private static List<String> labels(JobSettings settings) {
    ColumnChoice choice = columns(settings, JobKey.LABELS, null);
    if (choice == null) {
      return null;
    }
    List<String> labels =
        choice instanceof ColumnChoice.Names names
            ? names.names()
            : ((ColumnChoice.Text) choice).items();
    if (labels.isEmpty() || labels.contains("")) {
      throw new UsageException("the labels " + labels + " name no class, or one without a name.");
    }
    return List.copyOf(labels);
  }

  private static Integer classes(JobSettings settings, Task task) {
    String text = settings.text(JobKey.CLASSES).orElse(null);
    if (text == null) {
      return null;
    }
    int classes;
    try {
      classes = Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new UsageException("classes must be a whole number, not " + text + ".", e);
    }
    if (task == Task.BINARY && classes != 1) {
      throw new UsageException(
          "a binary task has one logit a row, not "
              + classes
              + ": classes counts logits. Leave it out, or take --task multiclass.");
    }
    if (classes < (task == Task.MULTICLASS ? 2 : 1)) {
      throw new UsageException(
          "classes is "
              + classes
              + "; a "
              + lower(task)
              + " task needs at least "
              + (task == Task.MULTICLASS ? "two: softmax of one logit is always 1." : "one."));
    }
    if (classes > MOST_CLASSES) {
      throw new UsageException(
          "classes is " + classes + "; more than " + MOST_CLASSES + " do not fit a row in memory.");
    }
    return classes;
  }

  private static double temperature(JobSettings settings) {
    double temperature = number(settings, JobKey.TEMPERATURE, 1);
    try {
      return Temperature.require(temperature);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() + ".", e);
    }
  }

  private static double sumTolerance(JobSettings settings, Task task) {
    if (settings.text(JobKey.SUM_TOLERANCE).orElse(AUTO).equals(AUTO)) {
      return Double.NaN;
    }
    double tolerance = number(settings, JobKey.SUM_TOLERANCE, Double.NaN);
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw new UsageException(
          "the sum tolerance is " + tolerance + "; it must be auto or a number from 0 up.");
    }
    if (!task.sumsToOne()) {
      throw new UsageException(
          "a sum tolerance means nothing for a multilabel task: each label is a sigmoid of its own,"
              + " and sigmoids need not sum to 1. If the classes exclude each other, take --task"
              + " multiclass.");
    }
    return tolerance;
  }

  private static BadRowLimit maxBadRows(JobSettings settings, OnBadRow onBadRow) {
    String text = settings.text(JobKey.MAX_BAD_ROWS).orElse(null);
    if (text == null) {
      return onBadRow == OnBadRow.FAIL ? BadRowLimit.NONE : BadRowLimit.HALF;
    }
    try {
      return BadRowLimit.parse(text);
    } catch (NumberFormatException e) {
      throw new UsageException(
          "max-bad-rows must be a count or a percentage such as 0.1%, not " + text + ".", e);
    }
  }

  private static String runId(JobSettings settings) {
    String runId = settings.text(JobKey.RUN_ID).orElse(null);
    if (runId != null) {
      Template.requireFilled(JobKey.RUN_ID, runId);
    }
    if (runId != null && !RUN_ID.matcher(runId).matches()) {
      throw new UsageException(
          "the run id "
              + runId
              + " is not 1 to 128 of the characters A-Z a-z 0-9 . _ - or starts with . or _");
    }
    return runId;
  }

  private static Engine engine(JobSettings settings) {
    return choice(settings, JobKey.ENGINE, Engine::valueOf, Engine.AUTO);
  }

  private static double number(JobSettings settings, JobKey key, double otherwise) {
    String text = settings.text(key).orElse(null);
    if (text == null) {
      return otherwise;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new UsageException(key.key() + " must be a number, not " + text + ".", e);
    }
  }

  private static <T> T choice(
      JobSettings settings, JobKey key, Function<String, T> valueOf, T otherwise) {
    String text = settings.text(key).orElse(null);
    if (text == null) {
      return otherwise;
    }
    if (!key.choices().contains(text)) {
      String hint =
          switch (text) {
            case "softmax" -> " Softmax is what a multiclass task takes.";
            case "sigmoid" -> " Sigmoid is what multilabel and binary tasks take.";
            default -> "";
          };
      throw new UsageException(
          key.key()
              + " must be one of "
              + String.join(", ", key.choices())
              + ", not "
              + text
              + "."
              + hint);
    }
    return valueOf.apply(text.toUpperCase(Locale.ROOT));
  }

  /** A constant as it stands in a job file. */
  public static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
