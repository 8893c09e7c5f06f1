package dev.sigmax.job.run;

import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.QualityException;
import dev.sigmax.job.drift.Drift;
import dev.sigmax.job.drift.DriftGate;
import dev.sigmax.job.plan.Baseline;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.spec.BadRowLimit;
import dev.sigmax.job.spec.Comparison;
import dev.sigmax.job.spec.DriftLimits;
import dev.sigmax.job.spec.OnBadRow;
import dev.sigmax.kernel.rule.RowIssue;
import dev.sigmax.output.CountedRows;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.WrittenFiles;
import dev.sigmax.report.IssueCounts;
import dev.sigmax.tally.BadRowSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Stops a run that has more bad rows than its job allows, and shows where the first of them are; or
 * one whose scores moved too far from those of an earlier run.
 */
public final class QualityGate {
  private static final int EXAMPLES = 5;

  private final ScoringPlan plan;
  private final Dataset<Row> rows;
  private final Baseline baseline;

  /**
   * A gate for one run.
   *
   * @param rows the input as it was read, not scored: only where there are too many bad rows, the
   *     first of them are looked up in it, by a Spark job
   * @param baseline the run to compare with, or none
   */
  public QualityGate(ScoringPlan plan, Dataset<Row> rows, Baseline baseline) {
    this.plan = plan;
    this.rows = rows;
    this.baseline = baseline;
  }

  /**
   * A run that may be published.
   *
   * @param counts of its good rows
   * @param drift empty where it was compared with none
   * @param warnings what a person should know though the run goes on
   */
  public record Passed(
      Manifest.Checks checks,
      Manifest.Distribution counts,
      Optional<Manifest.Drift> drift,
      List<String> warnings) {}

  /**
   * Lets a run pass whose {@code checks}, and whose counts in what was written, say no more than
   * the job allows.
   *
   * @throws QualityException if they say more, with the first bad rows or the distances
   */
  public Passed pass(Manifest.Checks checks, WrittenFiles written) {
    requireFewBadRows(checks);
    List<String> warnings = new ArrayList<>(warnings(checks));
    warnings.addAll(baseline.remarks());
    Manifest.Distribution counts = CountedRows.of(written, plan.tally());
    DriftLimits limits = plan.spec().comparison().map(Comparison::limits).orElse(DriftLimits.NONE);
    Optional<Manifest.Drift> drift =
        baseline.run().map(run -> Drift.of(run, checks, counts, plan.rule().task(), limits));
    drift.ifPresent(
        moved -> warnings.addAll(DriftGate.pass(moved, checks, counts, plan.labels(), limits)));
    return new Passed(checks, counts, drift, warnings);
  }

  private void requireFewBadRows(Manifest.Checks checks) {
    BadRowLimit limit = plan.spec().maxBadRows();
    if (limit.allows(checks.badRows(), checks.rows())) {
      return;
    }
    StringBuilder message = new StringBuilder();
    message
        .append(badRows(checks))
        .append(", and the job allows ")
        .append(limit)
        .append("; nothing is published.");
    checks.issues().forEach((code, count) -> message.append("\n  ").append(line(code, count)));
    message.append("\nThe first of them:");
    List<Row> examples = examples();
    examples.forEach(example -> message.append("\n  ").append(text(example)));
    message.append('\n').append(advice(examples));
    throw new QualityException(ErrorName.TOO_MANY_BAD_ROWS, message.toString());
  }

  private static List<String> warnings(Manifest.Checks checks) {
    return BadRowLimit.NOTABLE.allows(checks.badRows(), checks.rows())
        ? List.of()
        : List.of(
            badRows(checks)
                + ", more than "
                + BadRowLimit.NOTABLE
                + " of all: "
                + IssueCounts.text(checks.issues()));
  }

  private static String badRows(Manifest.Checks checks) {
    return String.format(
        Locale.ROOT,
        checks.badRows() == 1 ? "%,d of %,d rows is bad" : "%,d of %,d rows are bad",
        checks.badRows(),
        checks.rows());
  }

  /** What to do, by the cause where all of the first bad rows have the same. */
  private String advice(List<Row> examples) {
    List<Integer> lengths =
        examples.stream()
            .map(
                row -> row.getString(3).equals(RowIssue.LENGTH.code()) ? row.getList(2).size() : -1)
            .distinct()
            .toList();
    if (lengths.size() == 1 && lengths.get(0) >= 0) {
      int classes = plan.rule().rowLength();
      String named =
          plan.spec()
              .labels()
              .map(labels -> "--labels names " + labels.size())
              .orElse("the job has " + Counted.of(classes, "class", "classes"));
      return "Each of these rows has "
          + Counted.of(lengths.get(0), "logit")
          + ", and "
          + named
          + ". Name as many classes as there are logits (--labels or --classes).";
    }
    String quarantine =
        plan.spec().onBadRow() == OnBadRow.FAIL
            ? "take --on-bad-row quarantine (or null), or "
            : "";
    return "Mend the input; or " + quarantine + "allow more with --max-bad-rows.";
  }

  private static String line(String code, long count) {
    return count + " " + code + ": " + RowIssue.ofCode(code).orElseThrow().meaning();
  }

  /** File, row and class of the first bad rows, by file and row; rows count from 0. */
  private List<Row> examples() {
    return ScoredRows.located(plan, rows)
        .badRows()
        .orderBy(functions.col("file"), functions.col("row"))
        .limit(EXAMPLES)
        .collectAsList();
  }

  private String text(Row row) {
    String issue = row.getString(3);
    return SampledIssue.file(row.getString(0))
        + ", row "
        + row.getLong(1)
        + ": "
        + issue
        + (row.isNullAt(2) ? "" : where(issue, row.getList(2)));
  }

  private String where(String issue, List<? extends Number> logits) {
    if (issue.equals(RowIssue.LENGTH.code())) {
      return " (" + Counted.of(logits.size(), "logit") + ", not " + plan.rule().rowLength() + ")";
    }
    if (issue.equals(RowIssue.PAIR.code())) {
      return " (" + logits.get(0) + " and " + logits.get(1) + ")";
    }
    int culprit = BadRowSamples.culprit(issue, logits);
    return culprit < 0 ? "" : " in " + plan.table().logits().nameOf(culprit);
  }
}
