package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.column.ColumnChoice;
import dev.sigmax.kernel.rule.MarginPair;
import dev.sigmax.kernel.rule.NonFinite;
import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.kernel.rule.Temperature;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads what was said about a job as what it means, and refuses what contradicts itself. */
final class JobSpecReader {
  private static final int MOST_CLASSES = 10_000_000;
  private static final String AUTO = "auto";
  private static final String DEFAULT_LOGITS = "logit_*";
  private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9-][A-Za-z0-9._-]{0,127}");

  private final JobSettings settings;

  JobSpecReader(JobSettings settings) {
    this.settings = settings;
  }

  JobSpec read() {
    Task task =
        choice(JobKey.TASK, Task::valueOf)
            .orElseThrow(
                () ->
                    settings.missing(
                        JobKey.TASK,
                        "--task multiclass (one of many), multilabel (each on its own) or binary"
                            + " (one yes or no)"));
    RawLayout rawLayout =
        choice(JobKey.RAW_LAYOUT, RawLayout::valueOf)
            .orElse(task == Task.BINARY ? RawLayout.MARGIN : RawLayout.PER_CLASS);
    settings.read(JobKey.RAW_LAYOUT, () -> fitting(rawLayout, task));
    OnBadRow onBadRow = choice(JobKey.ON_BAD_ROW, OnBadRow::valueOf).orElse(OnBadRow.FAIL);
    Optional<Layout> layout = choice(JobKey.LAYOUT, Layout::valueOf);
    AddedColumns added = settings.read(JobKey.ADD, () -> AddedColumns.parse(items(JobKey.ADD)));
    requireSomeScores(layout, added);
    return new JobSpec(
        Source.read(settings),
        Destination.read(settings, choice(JobKey.WRITE_MODE, WriteMode::valueOf)),
        task,
        columns(JobKey.LOGITS).orElse(new ColumnChoice.Text(DEFAULT_LOGITS)),
        rawLayout,
        settings.read(JobKey.LABELS, this::labels),
        settings.read(JobKey.CLASSES, () -> classes(task, rawLayout)),
        columns(JobKey.KEEP),
        columns(JobKey.ALLOW_MISSING),
        layout,
        choice(JobKey.PRECISION, Precision::valueOf),
        settings.read(JobKey.TEMPERATURE, () -> temperature(rawLayout)),
        settings.read(JobKey.CALIBRATION, this::calibration),
        onBadRow,
        settings.read(JobKey.MAX_BAD_ROWS, () -> maxBadRows(onBadRow)),
        choice(JobKey.NON_FINITE, NonFinite::valueOf).orElse(NonFinite.REJECT),
        settings.read(JobKey.SUM_TOLERANCE, () -> sumTolerance(task)),
        choice(JobKey.CODEC, Codec::valueOf).orElse(Codec.SNAPPY),
        settings.read(JobKey.RUN_ID, this::runId),
        settings.flag(JobKey.REPLACE),
        settings.read(JobKey.INCREMENTAL, this::incremental),
        settings.flag(JobKey.DRY_RUN),
        choice(JobKey.ENGINE, Engine::valueOf).orElse(Engine.AUTO),
        added,
        thresholds(task),
        comparison(),
        !settings.flag(JobKey.NO_REPORT));
  }

  private static void requireSomeScores(Optional<Layout> layout, AddedColumns added) {
    if (layout.equals(Optional.of(Layout.NONE)) && added.isEmpty()) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "layout none leaves the probabilities out, and nothing is added in their place. Say what"
              + " with --add, as in --add prediction,top_k=5; or take another --layout.");
    }
  }

  private Thresholds thresholds(Task task) {
    Thresholds thresholds = Thresholds.read(settings, items(JobKey.THRESHOLDS));
    if (task == Task.MULTICLASS && !thresholds.isEmpty()) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "a threshold means nothing for a multiclass task: one of the classes holds, the most"
              + " probable, however probable it is. If several or none may hold, take --task"
              + " multilabel; to find unsure rows, add the confidence or the margin.");
    }
    return thresholds;
  }

  private Optional<Comparison> comparison() {
    Optional<Comparison> comparison = Comparison.read(settings, items(JobKey.MAX_DRIFT));
    if (settings.text(JobKey.OUTPUT_TABLE).isPresent()
        && comparison.isPresent()
        && comparison.get().target() instanceof Comparison.Target.Latest) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "compare-to latest looks for runs beside an output folder, and a table is none. Name the"
              + " folder of the run to compare with.");
    }
    return comparison;
  }

  private Optional<ColumnChoice> columns(JobKey key) {
    return settings
        .list(key)
        .<ColumnChoice>map(ColumnChoice.Names::new)
        .or(() -> settings.text(key).map(ColumnChoice.Text::new));
  }

  private Optional<List<String>> labels() {
    Optional<List<String>> labels = columns(JobKey.LABELS).map(JobSpecReader::items);
    labels.ifPresent(
        names -> {
          if (names.isEmpty() || names.contains("")) {
            throw new UsageException(
                ErrorName.LABELS_DO_NOT_FIT,
                "the labels " + names + " name no class, or one without a name.");
          }
        });
    return labels.map(List::copyOf);
  }

  private List<String> items(JobKey key) {
    return columns(key).map(JobSpecReader::items).orElse(List.of());
  }

  private static List<String> items(ColumnChoice choice) {
    return choice instanceof ColumnChoice.Names names
        ? names.names()
        : ((ColumnChoice.Text) choice).items();
  }

  private static RawLayout fitting(RawLayout layout, Task task) {
    if (!layout.fits(task)) {
      throw new UsageException(
          ErrorName.TASK_DOES_NOT_FIT,
          "raw-layout "
              + JobSpec.lower(layout)
              + (layout == RawLayout.PER_CLASS
                  ? " is a logit for each class, and a binary task has one margin: take margin, pair"
                      + " or doubled_margin, or --task multiclass."
                  : " is the margin of one yes or no, and a "
                      + JobSpec.lower(task)
                      + " task has a logit for each class: take --task binary, or per_class."));
    }
    return layout;
  }

  private Optional<Integer> classes(Task task, RawLayout layout) {
    return settings.text(JobKey.CLASSES).map(text -> classes(text, task, layout));
  }

  private static int classes(String text, Task task, RawLayout layout) {
    int classes;
    try {
      classes = Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new UsageException(
          ErrorName.OPTION_VALUE, "classes must be a whole number, not " + text + ".", e);
    }
    if (layout.isPair() && classes != MarginPair.LENGTH) {
      throw new UsageException(
          ErrorName.TASK_DOES_NOT_FIT,
          "classes is "
              + classes
              + ", and with raw-layout "
              + JobSpec.lower(layout)
              + " a row has two numbers, -m and m. Leave it out.");
    }
    if (layout == RawLayout.MARGIN && classes != 1) {
      throw new UsageException(
          ErrorName.TASK_DOES_NOT_FIT,
          "a binary task has one logit a row, not "
              + classes
              + ": classes counts logits. Leave it out, or take --task multiclass.");
    }
    if (classes < (task == Task.MULTICLASS ? 2 : 1)) {
      throw new UsageException(
          ErrorName.TASK_DOES_NOT_FIT,
          "classes is "
              + classes
              + "; a "
              + JobSpec.lower(task)
              + " task needs at least "
              + (task == Task.MULTICLASS ? "two: softmax of one logit is always 1." : "one."));
    }
    if (classes > MOST_CLASSES) {
      throw new UsageException(
          ErrorName.OPTION_VALUE,
          "classes is " + classes + "; more than " + MOST_CLASSES + " do not fit a row in memory.");
    }
    return classes;
  }

  private double temperature(RawLayout layout) {
    double temperature = number(JobKey.TEMPERATURE, 1);
    try {
      // What the margin is divided by in the end.
      Temperature.require(temperature * layout.divisor());
      return Temperature.require(temperature);
    } catch (IllegalArgumentException e) {
      throw new UsageException(ErrorName.OPTION_VALUE, e.getMessage() + ".", e);
    }
  }

  private Optional<String> calibration() {
    Optional<String> path = settings.text(JobKey.CALIBRATION);
    path.ifPresent(text -> Template.requireFilled(JobKey.CALIBRATION, text));
    if (path.isPresent() && settings.text(JobKey.TEMPERATURE).isPresent()) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "a calibration and a temperature are given: the calibration has a temperature of its own,"
              + " or slopes. Leave one of them out.");
    }
    return path;
  }

  private Optional<Double> sumTolerance(Task task) {
    if (settings.text(JobKey.SUM_TOLERANCE).orElse(AUTO).equals(AUTO)) {
      return Optional.empty();
    }
    double tolerance = number(JobKey.SUM_TOLERANCE, 0);
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw new UsageException(
          ErrorName.OPTION_VALUE,
          "the sum tolerance is " + tolerance + "; it must be auto or a number from 0 up.");
    }
    if (!task.sumsToOne()) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "a sum tolerance means nothing for a multilabel task: each label is a sigmoid of its own,"
              + " and sigmoids need not sum to 1. If the classes exclude each other, take --task"
              + " multiclass.");
    }
    return Optional.of(tolerance);
  }

  private BadRowLimit maxBadRows(OnBadRow onBadRow) {
    String text = settings.text(JobKey.MAX_BAD_ROWS).orElse(null);
    if (text == null) {
      return onBadRow == OnBadRow.FAIL ? BadRowLimit.NONE : BadRowLimit.HALF;
    }
    try {
      return BadRowLimit.parse(text);
    } catch (NumberFormatException e) {
      throw new UsageException(
          ErrorName.OPTION_VALUE,
          "max-bad-rows must be a count or a percentage such as 0.1%, not " + text + ".",
          e);
    }
  }

  private Optional<String> runId() {
    Optional<String> runId = settings.text(JobKey.RUN_ID);
    runId.ifPresent(
        id -> {
          Template.requireFilled(JobKey.RUN_ID, id);
          if (!RUN_ID.matcher(id).matches()) {
            throw new UsageException(
                ErrorName.OPTION_VALUE,
                "the run id "
                    + id
                    + " is not 1 to 128 of the characters A-Z a-z 0-9 . _ - or starts with . or _");
          }
        });
    return runId;
  }

  private boolean incremental() {
    boolean incremental = settings.flag(JobKey.INCREMENTAL);
    if (incremental && settings.flag(JobKey.REPLACE)) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "incremental adds a run to those in the output, and replace would put one in the place of"
              + " another. To score the files of a run again, remove its folder run=N and take"
              + " --incremental alone.");
    }
    return incremental;
  }

  private double number(JobKey key, double otherwise) {
    String text = settings.text(key).orElse(null);
    if (text == null) {
      return otherwise;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new UsageException(
          ErrorName.OPTION_VALUE, key.key() + " must be a number, not " + text + ".", e);
    }
  }

  private <T> Optional<T> choice(JobKey key, Function<String, T> valueOf) {
    return settings.text(key).map(text -> settings.read(key, () -> choice(key, text, valueOf)));
  }

  private static <T> T choice(JobKey key, String text, Function<String, T> valueOf) {
    if (key.choices().contains(text)) {
      return valueOf.apply(text.toUpperCase(Locale.ROOT));
    }
    String hint =
        switch (text) {
          case "softmax" -> " Softmax is what a multiclass task takes.";
          case "sigmoid" -> " Sigmoid is what multilabel and binary tasks take.";
          default -> "";
        };
    throw new UsageException(
        ErrorName.OPTION_VALUE,
        key.key()
            + " must be one of "
            + String.join(", ", key.choices())
            + ", not "
            + text
            + "."
            + hint);
  }
}
