package dev.sigmax.job.plan;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.FewNames;
import dev.sigmax.error.InputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.EmptyTable;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.MixedLogits;
import dev.sigmax.input.Preflight;
import dev.sigmax.input.column.ColumnsOfEarlierRuns;
import dev.sigmax.input.column.LogitColumns;
import dev.sigmax.input.column.ReadRequest;
import dev.sigmax.input.snapshot.Skipped;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Layout;
import dev.sigmax.job.spec.OnBadRow;
import dev.sigmax.job.spec.Precision;
import dev.sigmax.kernel.rule.Addition;
import dev.sigmax.kernel.rule.Additions;
import dev.sigmax.kernel.rule.Calibration;
import dev.sigmax.kernel.rule.MarginPair;
import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.kernel.rule.ScoreNames;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.parquet.footer.Footer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Works out what a job comes to on the table that the preflight found. */
public final class Planner {
  private final JobSpec spec;
  private final InputTable table;
  private final LogitSample sample;
  private final Optional<CalibrationFile> calibration;

  private Planner(
      JobSpec spec, InputTable table, LogitSample sample, Optional<CalibrationFile> calibration) {
    this.spec = spec;
    this.table = table;
    this.sample = sample;
    this.calibration = calibration;
  }

  /** The table that a job reads, by the footers of the snapshot's files. */
  public static InputTable table(JobSpec spec, Snapshot snapshot, List<Footer> footers) {
    return footers.isEmpty()
        ? EmptyTable.of(
            snapshot,
            spec.logits(),
            spec.labels(),
            spec.precision().equals(Optional.of(Precision.FLOAT)))
        : Preflight.check(
            snapshot,
            footers,
            new ReadRequest(
                spec.logits(),
                spec.keep(),
                spec.allowMissing(),
                spec.precision().equals(Optional.of(Precision.DOUBLE))
                    ? ReadRequest.Numbers.AS_DOUBLE
                    : ReadRequest.Numbers.AS_THEY_ARE,
                spec.onBadRow() == OnBadRow.QUARANTINE
                    ? ReadRequest.Columns.ALL
                    : ReadRequest.Columns.NEEDED));
  }

  /**
   * As {@link #table(JobSpec, Snapshot, List)}, beside runs that have kept columns which no file
   * here needs to have.
   *
   * @param keptTypes the types of the columns that those runs have kept, by name
   */
  public static InputTable table(
      JobSpec spec, Snapshot snapshot, List<Footer> footers, Map<String, String> keptTypes) {
    return table(spec, snapshot, ColumnsOfEarlierRuns.in(footers, spec.allowMissing(), keptTypes));
  }

  /** What the job comes to on its table. */
  public static ScoringPlan plan(Configuration configuration, JobSpec spec, InputTable table) {
    return plan(
        configuration,
        spec,
        table,
        spec.calibration().map(path -> CalibrationFile.read(path, configuration)));
  }

  /** As {@link #plan(Configuration, JobSpec, InputTable)}, with a calibration that was read. */
  public static ScoringPlan plan(
      Configuration configuration,
      JobSpec spec,
      InputTable table,
      Optional<CalibrationFile> calibration) {
    return new Planner(spec, table, LogitSample.take(configuration, table), calibration).plan();
  }

  private ScoringPlan plan() {
    int classes = classes();
    List<String> labels = Labels.of(spec.task(), spec.labels(), table.logits(), classes);
    calibration.ifPresent(file -> file.requireFits(spec.task(), labels));
    Layout layout = spec.layout().orElse(table.logits().array() ? Layout.ARRAY : Layout.COLUMNS);
    Precision precision =
        spec.precision().orElse(table.floatLogits() ? Precision.FLOAT : Precision.DOUBLE);
    ScoringRule rule =
        new ScoringRule(
            spec.task(),
            spec.rawLayout().isPair() ? 1 : classes,
            divisor(),
            spec.nonFinite(),
            spec.sumTolerance().orElse(ScoringRule.AS_PROMISED),
            calibration
                .map(file -> file.values().calibration().ofLogitsOver(spec.rawLayout().divisor()))
                .orElse(Calibration.NONE),
            spec.rawLayout().isPair());
    List<String> columns =
        OutputColumns.of(
            table.kept().stream().map(table::outputName).toList(),
            ScoringPlan.probabilityColumns(layout, labels),
            spec.added().columns().stream().map(Addition::columnName).toList());
    Additions additions = AdditionsPlan.of(spec, labels);
    requireQuarantineColumn();
    return new ScoringPlan(
        spec,
        table,
        rule,
        calibration,
        labels,
        layout,
        precision,
        additions,
        AdditionsPlan.tally(spec, table.rows(), labels),
        columns,
        List.copyOf(warnings(labels)));
  }

  /** What logits are divided by, once they are calibrated; a calibration is of log-odds. */
  private double divisor() {
    return calibration
        .map(file -> file.values().divisor())
        .orElse(spec.temperature() * spec.rawLayout().divisor());
  }

  /** How many numbers a row has. */
  private int classes() {
    LogitColumns logits = table.logits();
    int classes;
    if (!logits.array()) {
      classes = logits.columns().size();
      requireSame(classes, "there are " + classes + " logit columns " + logits.columns());
    } else if (spec.classes().isPresent()) {
      classes = spec.classes().get();
    } else if (spec.labels().isPresent() && spec.task() != Task.BINARY) {
      classes = spec.labels().get().size();
    } else {
      classes = sampledLength();
    }
    if (classes == 0) {
      throw new UsageException(
          ErrorName.CLASSES_UNKNOWN,
          "the first rows of "
              + logits.columns().get(0)
              + " have no logits to count. Say how many a row has, with --classes or --labels.");
    }
    if (spec.rawLayout().isPair() && classes != MarginPair.LENGTH) {
      throw new UsageException(
          ErrorName.TASK_DOES_NOT_FIT,
          "raw-layout "
              + JobSpec.lower(spec.rawLayout())
              + " takes two numbers a row, -m and m in this order, and there "
              + (classes == 1 ? "is one: " : "are " + classes + ": ")
              + (logits.array() ? "the elements of " : "")
              + logits.columns()
              + ". Name both with --logits"
              + (classes == 1 ? "; if it is m alone, take --raw-layout margin." : "."));
    }
    if (spec.rawLayout() == RawLayout.MARGIN && classes != 1) {
      throw new UsageException(
          ErrorName.TASK_DOES_NOT_FIT,
          "a binary task takes one logit column, and there are "
              + classes
              + ": "
              + (logits.array() ? "the elements of " : "")
              + logits.columns()
              + ". Name one with --logits; or take --task multiclass (one of many) or multilabel (each"
              + " on its own)."
              + (classes == MarginPair.LENGTH
                  ? " If they are the scores of no and yes, their probabilities are a softmax of the"
                      + " two: --task multiclass --labels no,yes. If they are one margin with both"
                      + " signs, (-m, m), say so: --raw-layout pair, or doubled_margin where the"
                      + " log-odds are 2m."
                  : ""));
    }
    if (spec.task() == Task.MULTICLASS && classes < 2) {
      throw new UsageException(
          ErrorName.TASK_DOES_NOT_FIT,
          "a multiclass task needs at least two logits a row, and "
              + logits.columns().get(0)
              + " gives one: its softmax is always 1. For one yes or no take --task binary.");
    }
    return classes;
  }

  /** The one length of the sampled arrays, or what stands for it where there is none. */
  private int sampledLength() {
    SortedMap<Integer, Integer> lengths = sample.lengths();
    if (lengths.size() > 1) {
      throw new InputException(
          ErrorName.CLASSES_UNKNOWN,
          "the arrays in "
              + table.logits().columns().get(0)
              + " differ in length, so Sigmax cannot tell how many logits a row should have. Of the"
              + " sampled rows "
              + lengths.entrySet().stream()
                  .map(e -> e.getValue() + (e.getValue() == 1 ? " has " : " have ") + e.getKey())
                  .collect(Collectors.joining(", "))
              + ". Set --classes"
              // The labels of a binary task are two, whatever its rows hold.
              + (spec.task() == Task.BINARY ? "" : ", or name the classes with --labels")
              + "; rows of any other length are then bad rows.");
    }
    if (!lengths.isEmpty()) {
      return lengths.firstKey();
    }
    if (spec.task() == Task.BINARY) {
      return spec.rawLayout().isPair() ? MarginPair.LENGTH : 1;
    }
    // An empty output whose layout does not depend on it, or one that has to be told.
    return table.rows() == 0 && !spec.layout().equals(Optional.of(Layout.COLUMNS)) ? 2 : 0;
  }

  private void requireSame(int columns, String found) {
    if (spec.classes().isPresent() && spec.classes().get() != columns) {
      throw new UsageException(
          ErrorName.TASK_DOES_NOT_FIT,
          "classes is "
              + spec.classes().get()
              + ", but "
              + found
              + ". Leave it out, or name the columns.");
    }
  }

  private void requireQuarantineColumn() {
    if (spec.onBadRow() == OnBadRow.QUARANTINE
        && Stream.concat(
                Stream.of(table.columns().fieldNames()),
                table.snapshot().partitionColumns().stream())
            .anyMatch(ScoreNames.ROW_ISSUE::equalsIgnoreCase)) {
      throw new UsageException(
          ErrorName.COLUMN_NAME_RESERVED,
          "the input has a column "
              + ScoreNames.ROW_ISSUE
              + ", which the quarantine needs. Rename it, or take another --on-bad-row.");
    }
  }

  private List<String> warnings(List<String> labels) {
    List<String> warnings = new ArrayList<>();
    if (sample.looksLikeProbabilities()) {
      warnings.add(
          "the logits "
              + FewNames.of(table.logits().columns())
              + " already look like probabilities: every sampled row lies in [0, 1] and sums to 1."
              + " Scoring them again flattens them; check that the input is raw logits.");
    }
    MixedLogits.warning(spec.logits(), table).ifPresent(warnings::add);
    RawLayoutCheck.warning(spec, table.logits().columns(), sample).ifPresent(warnings::add);
    YesLabelCheck.warning(spec.task(), labels, table.logits().columns()).ifPresent(warnings::add);
    for (Skipped skipped : table.snapshot().skipped()) {
      if (!skipped.expected()) {
        warnings.add("left out of the input: " + skipped.path() + ", " + skipped.why());
      }
    }
    FilledColumns.warning(table).ifPresent(warnings::add);
    table
        .readers()
        .rowsAlone()
        .ifPresent(why -> warnings.add("reading row by row, which is slower: " + why));
    return warnings;
  }
}
