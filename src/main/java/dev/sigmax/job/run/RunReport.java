package dev.sigmax.job.run;

import dev.sigmax.error.Counted;
import dev.sigmax.error.Redaction;
import dev.sigmax.job.drift.DriftSection;
import dev.sigmax.job.drift.Movements;
import dev.sigmax.job.plan.EffectiveJob;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.kernel.rule.RowIssue;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.output.Manifest;
import dev.sigmax.report.html.Bars;
import dev.sigmax.report.html.Chart;
import dev.sigmax.report.html.Page;
import dev.sigmax.report.html.Page.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** The page of a run, from its manifest alone. */
public final class RunReport {
  private static final int MOST_FILES = 100;
  private static final int FEW = 10;

  private final Manifest manifest;

  private RunReport(Manifest manifest) {
    this.manifest = manifest;
  }

  /** The page as HTML; below 300 KB whatever the run. */
  public static String html(Manifest manifest, Path output) {
    return new RunReport(manifest).page(output).html();
  }

  private Page page(Path output) {
    Manifest.Checks checks = manifest.checks();
    List<Page.Section> sections = new ArrayList<>();
    sections.add(new Page.Facts("The run", run(output)));
    sections.addAll(scores());
    sections.addAll(DriftSection.of(manifest));
    sections.add(new Page.Facts("Checks", checked()));
    List<Chart> problems = problems();
    if (!problems.isEmpty()) {
      sections.add(new Page.Pictures("Checks in pictures", checkText(), problems));
    }
    List<Fact> samples = samples();
    if (!samples.isEmpty()) {
      sections.add(new Page.Facts("The first bad rows of each issue", samples));
    }
    List<Chart> steps = new ArrayList<>();
    if (!manifest.input().files().isEmpty()) {
      steps.add(files());
    }
    steps.add(timing());
    sections.add(new Page.Pictures("Input and time", inputText(), steps));
    sections.add(new Page.Facts("The job as it took effect", job()));
    return new Page(
        "Sigmax run " + manifest.runId() + " of " + output.getName(),
        verdict(checks)
            + warned(checks)
            + Movements.in(manifest).map(moved -> "; " + moved.verdict()).orElse(""),
        mark(),
        warnings(),
        sections);
  }

  private Page.Mark mark() {
    if (manifest.checks().badRows() > 0 || !warnings().isEmpty()) {
      return Page.Mark.LOOK;
    }
    return Movements.in(manifest).map(Movements::isToLookAt).orElse(false)
        ? Page.Mark.LOOK
        : Page.Mark.GOOD;
  }

  private List<String> warnings() {
    return manifest.warnings() == null ? List.of() : manifest.warnings();
  }

  private static String verdict(Manifest.Checks checks) {
    String rows = Counted.of(checks.rows(), "row") + " scored, ";
    return checks.badRows() == 0
        ? rows + "none of them bad"
        : rows + Counted.of(checks.badRows(), "of them", "of them") + " bad";
  }

  /** Where rows are bad, the verdict says enough; a warning tells it again. */
  private String warned(Manifest.Checks checks) {
    int warnings = warnings().size();
    return warnings == 0 || checks.badRows() > 0 ? "" : "; " + Counted.of(warnings, "warning");
  }

  private List<Fact> run(Path output) {
    List<Fact> facts = new ArrayList<>();
    EffectiveJob.table(manifest.job()).ifPresent(table -> facts.add(new Fact("table", table)));
    facts.add(new Fact("output", Redaction.forPeople(output.toString())));
    facts.add(new Fact("published", manifest.publishedAt()));
    facts.add(new Fact("task", String.valueOf(manifest.job().get(JobKey.TASK.key()))));
    if (manifest.engine() != null) {
      facts.add(new Fact("engine", manifest.engine().path() + ": " + manifest.engine().why()));
    }
    facts.add(new Fact("kernel", manifest.kernel().name() + ": " + manifest.kernel().why()));
    if (manifest.versions() != null) {
      facts.add(
          new Fact(
              "versions",
              "Sigmax "
                  + manifest.versions().sigmax()
                  + ", Spark "
                  + manifest.versions().spark()
                  + ", Java "
                  + manifest.versions().java()));
    }
    long quarantined = manifest.quarantine() == null ? 0 : manifest.quarantine().rows();
    facts.add(
        new Fact(
            "rows",
            Counted.of(manifest.output().rows(), "row")
                + " published"
                + (quarantined == 0 ? "" : ", " + number(quarantined) + " in _quarantine")));
    return facts;
  }

  private Task task() {
    return Task.valueOf(
        String.valueOf(manifest.job().get(JobKey.TASK.key())).toUpperCase(Locale.ROOT));
  }

  private List<Page.Section> scores() {
    Manifest.Distribution counts = manifest.distribution();
    if (counts == null || counts.rows() == 0) {
      return List.of(
          new Page.Facts(
              "What was scored",
              List.of(
                  new Fact(
                      "pictures",
                      counts == null
                          ? "none: the manifest of this run has no counts"
                          : "none: there is no good row to count"))));
    }
    String text =
        counts.every() == 1
            ? "All " + Counted.of(counts.rows(), "good row") + " counted."
            : Counted.of(counts.rows(), "row")
                + " counted: one in "
                + counts.every()
                + ", chosen by what is in the row.";
    if (counts.nanRows() > 0) {
      text += " " + Counted.of(counts.nanRows(), "row") + " with NaN left out.";
    }
    return List.of(
        new Page.Pictures(
            "What was scored",
            text,
            new DistributionCharts(counts, task(), EffectiveJob.labels(manifest.job())).scores()));
  }

  private List<Fact> checked() {
    Manifest.Checks checks = manifest.checks();
    Manifest.RowSum sums = checks.rowSum();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("bad rows", number(checks.badRows()) + " of " + number(checks.rows())));
    facts.add(
        new Fact(
            "row sums",
            sums.min() == null
                ? "none"
                : sums.judged()
                    ? String.format(
                        Locale.ROOT,
                        "%s … %s, off 1 by at most %.3g; %.3g is allowed",
                        sums.min(),
                        sums.max(),
                        sums.maxDeviation(),
                        sums.tolerance())
                    : sums.min() + " … " + sums.max() + ", not judged: each label stands alone"));
    Manifest.Distribution counts = manifest.distribution();
    if (counts != null && counts.rows() > 0) {
      facts.add(
          new Fact(
              "saturation",
              counts.zeros() + counts.ones() == 0
                  ? "no probability that was counted is exactly 0 or exactly 1"
                  : Counted.of(
                          counts.zeros(), "counted probability is", "counted probabilities are")
                      + " exactly 0, and "
                      + Counted.of(counts.ones(), "is", "are")
                      + " exactly 1"));
    }
    return facts;
  }

  private List<Chart> problems() {
    List<Chart> charts = new ArrayList<>();
    Manifest.Distribution counts = manifest.distribution();
    if (counts != null && counts.rows() > 0 && manifest.checks().rowSum().judged()) {
      charts.add(
          new DistributionCharts(counts, task(), EffectiveJob.labels(manifest.job()))
              .deviations(manifest.checks().rowSum().tolerance()));
    }
    if (!manifest.checks().issues().isEmpty()) {
      List<Bars.Row> rows = new ArrayList<>();
      manifest.checks().issues().forEach((code, count) -> rows.add(row(issue(code), count, "")));
      charts.add(
          new Bars(
              "Bad rows by issue",
              "How many rows have each issue.",
              "Issue",
              List.of("rows"),
              rows));
    }
    return charts;
  }

  private List<Fact> samples() {
    List<Manifest.BadRow> rows = manifest.badRowSamples();
    return rows == null
        ? List.of()
        : rows.stream().map(row -> new Fact(row.issue(), sample(row))).toList();
  }

  private static String sample(Manifest.BadRow row) {
    String more = row.values().size() < row.logits() ? ", …" : "";
    return Redaction.forPeople(row.file())
        + ", row "
        + number(row.row())
        + (row.column() == null ? "" : ", in " + row.column())
        + ": "
        + (row.values().isEmpty() ? "no logits" : String.join(", ", row.values()) + more)
        + (more.isEmpty() ? "" : " (" + Counted.of(row.logits(), "logit") + ")");
  }

  private String checkText() {
    if (manifest.checks().badRows() == 0) {
      return "No row has an issue.";
    }
    return manifest.quarantine() != null && manifest.quarantine().rows() > 0
        ? "Bad rows are in _quarantine, whole, with their row_issue."
        : "Bad rows are in the output, without probabilities and with their row_issue.";
  }

  private static String issue(String code) {
    return RowIssue.ofCode(code).map(issue -> code + ": " + issue.meaning()).orElse(code);
  }

  private String inputText() {
    Manifest.Input input = manifest.input();
    long bytes = input.files().stream().mapToLong(Manifest.InputEntry::bytes).sum();
    String text =
        Counted.of(input.rows(), "row")
            + " in "
            + Counted.of(input.files().size(), "file")
            + ", "
            + Counted.of(bytes, "byte")
            + ".";
    return input.skipped() == null || input.skipped().isEmpty()
        ? text
        : text
            + " Left out: "
            + String.join(
                "; ",
                input.skipped().stream()
                    .limit(FEW)
                    .map(
                        skipped -> Redaction.forPeople(skipped.path() + " (" + skipped.why() + ")"))
                    .toList())
            + (input.skipped().size() > FEW ? "; and more." : ".");
  }

  private Bars files() {
    List<Bars.Row> rows =
        manifest.input().files().stream()
            .limit(MOST_FILES)
            .map(file -> row(new Path(file.path()).getName(), file.rows(), ""))
            .toList();
    int all = manifest.input().files().size();
    return new Bars(
        all > MOST_FILES
            ? "Rows of the first " + MOST_FILES + " input files"
            : "Rows by input file",
        "How many rows each file of the input has.",
        "File",
        List.of("rows"),
        rows);
  }

  private Bars timing() {
    List<Bars.Row> rows = new ArrayList<>();
    for (Map.Entry<String, Long> step : manifest.timingMs().entrySet()) {
      rows.add(row(step.getKey(), step.getValue(), " ms"));
    }
    return new Bars(
        "Time by step", "How many milliseconds each step took.", "Step", List.of("time"), rows);
  }

  private List<Fact> job() {
    return manifest.job().entrySet().stream()
        .map(option -> new Fact(option.getKey(), Redaction.forPeople(value(option.getValue()))))
        .toList();
  }

  /** Without the end of a list that nobody reads. */
  private static String value(Object value) {
    if (value instanceof List<?> items && items.size() > FEW) {
      return items.subList(0, FEW) + " and " + number(items.size() - FEW) + " more";
    }
    return String.valueOf(value);
  }

  private static Bars.Row row(String label, long count, String unit) {
    return new Bars.Row(label, List.of((double) count), List.of(number(count) + unit));
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
