package dev.sigmax.report;

import dev.sigmax.error.FewNames;
import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.report.Inspection.Candidate;
import dev.sigmax.report.Inspection.Guess;
import dev.sigmax.report.Inspection.Range;
import dev.sigmax.report.Inspection.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An inspection for a terminal: what is there, what it may be, what looks wrong, and a job. */
public final class InspectionText {
  private static final String USUAL_LOGITS = "logit_*";
  private static final int MOST_NAMES = 20;

  private final Inspection inspection;
  private final Optional<Path> jobFile;
  private final StringBuilder text = new StringBuilder();

  private InspectionText(Inspection inspection, Optional<Path> jobFile) {
    this.inspection = inspection;
    this.jobFile = jobFile;
  }

  /**
   * The text, many lines.
   *
   * @param jobFile where the job was written to, if it was
   */
  public static String of(Inspection inspection, Optional<Path> jobFile) {
    InspectionText text = new InspectionText(inspection, jobFile);
    text.files();
    text.columns();
    text.candidates();
    text.findings();
    text.job();
    return text.text.toString();
  }

  private void files() {
    Inspection.Files files = inspection.files();
    TextTable table =
        new TextTable()
            .row("files", number(files.count()))
            .row("bytes", number(files.bytes()))
            .row("rows", number(files.rows()))
            .row(files.parts(), number(files.rowGroups()))
            .row("written by", String.join("; ", files.writtenBy()))
            .row("codecs", String.join(", ", files.codecs()));
    if (!files.partitions().isEmpty()) {
      table.row("partitions", FewNames.of(files.partitions()));
    }
    if (!files.skipped().isEmpty()) {
      table.row("skipped", number(files.skipped().size()));
    }
    text.append(table.text(""));
    files.skipped().forEach((path, why) -> line("  " + path + ": " + why));
  }

  private void columns() {
    if (inspection.columns().isEmpty()) {
      return;
    }
    TextTable table = new TextTable().row("column", "type", "kept", "encodings", "nulls", "range");
    for (Inspection.Column column : inspection.columns()) {
      table.row(
          column.name(),
          column.type(),
          column.notKept().map("no: "::concat).orElse("yes"),
          String.join(" ", column.encodings()),
          column.nulls().map(InspectionText::number).orElse("?"),
          column.range().map(InspectionText::range).orElse(""));
    }
    line("\ncolumns, from the footers of all files");
    text.append(table.text("  "));
    if (!inspection.differences().isEmpty()) {
      line("\nfiles differ in");
      inspection.differences().forEach((name, how) -> line("  " + name + ": " + how));
    }
  }

  private void candidates() {
    if (inspection.columns().isEmpty()) {
      return;
    }
    List<Candidate> candidates = inspection.candidates();
    if (!candidates.isEmpty()) {
      likely(candidates.get(0));
    }
    line("\ntasks that fit");
    for (Candidate candidate : candidates) {
      for (String task : candidate.tasks()) {
        line(
            String.format(
                Locale.ROOT,
                "  --task %-10s --logits %s  (%d %s a row)",
                task,
                quoted(candidate.logits()),
                candidate.classes(),
                candidate.type()));
      }
    }
    if (candidates.stream().allMatch(candidate -> candidate.tasks().isEmpty())) {
      line(
          "  none: no columns of floats begin alike, there is no single one, and no array of numbers."
              + (hasHalfFloats()
                  ? " FLOAT16 is not read: write logits as float or double"
                  : " Name the logits with score --logits"));
    }
  }

  private boolean hasHalfFloats() {
    return inspection.columns().stream().anyMatch(column -> column.type().contains("FLOAT16"));
  }

  private void likely(Candidate candidate) {
    line("\nlikely logits: --logits " + quoted(candidate.logits()));
    TextTable table = new TextTable();
    rows(table, "columns", candidate.columns());
    rows(table, "sample", List.of(sample(candidate.sample())));
    Guess<RawLayout> layout = candidate.layout();
    rows(table, "layout", guess(layout.what().words(), layout.why()));
    rows(
        table,
        "task",
        candidate
            .task()
            .map(task -> guess(task.what() + " is likely", task.why()))
            .orElse(List.of(undecided(candidate))));
    candidate
        .label()
        .ifPresent(
            label ->
                rows(
                    table, "label", List.of("looks like the truth" + evaluated(candidate, label))));
    candidate.whyNoLabel().ifPresent(why -> rows(table, "label", noLabel(candidate, why)));
    text.append(table.text("  "));
  }

  /** How to evaluate by a label: an output only by the names of its classes. */
  private static String evaluated(Candidate candidate, String label) {
    if (candidate.labels().isEmpty()) {
      return ": sigmax evaluate OUTPUT --label " + quoted(label);
    }
    String logits =
        candidate.logits().equals(USUAL_LOGITS) ? "" : " --logits " + quoted(candidate.logits());
    List<String> names = candidate.labels().get();
    return ", with other names of the classes: sigmax evaluate INPUT"
        + logits
        + " --label "
        + quoted(label)
        + " --labels "
        + (names.size() <= MOST_NAMES
            ? String.join(",", names)
            : "followed by all of " + names.get(0) + ",…," + names.get(names.size() - 1));
  }

  private static List<String> noLabel(Candidate candidate, String why) {
    List<String> lines = new ArrayList<>(List.of("no column looks like the truth: " + why));
    if (!candidate.notLookedAt().isEmpty()) {
      lines.add(
          "not looked at, as they are large texts or too many: "
              + FewNames.of(candidate.notLookedAt(), MOST_NAMES));
    }
    return lines;
  }

  private static String undecided(Candidate candidate) {
    return candidate.tasks().isEmpty()
        ? "none fits"
        : candidate.tasks().size() == 1
            ? candidate.tasks().get(0)
            : "the numbers do not say: multiclass if the classes exclude each other, multilabel if"
                + " several may hold";
  }

  private static List<String> guess(String name, List<String> why) {
    return Stream.concat(Stream.of(name), why.stream().map("- "::concat)).toList();
  }

  private static void rows(TextTable table, String title, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      table.row(i == 0 ? title : "", lines.get(i));
    }
  }

  private static String sample(Sample sample) {
    String lengths =
        sample.lengths().size() == 1
            ? "; array length " + sample.lengths().firstKey()
            : sample.lengths().isEmpty() ? "" : "; rows by array length " + sample.lengths();
    return String.format(
        Locale.ROOT,
        "%,d of %s: %s; %s, %s, %s, %s%s",
        sample.rows(),
        count(sample.of(), "row", "rows"),
        sample.range().map(InspectionText::range).orElse("no values"),
        count(sample.nulls(), "null", "nulls"),
        count(sample.nan(), "NaN", "NaN"),
        count(sample.positiveInfinities(), "+inf", "+inf"),
        count(sample.negativeInfinities(), "-inf", "-inf"),
        lengths);
  }

  private static String count(long count, String one, String many) {
    return (count == 0 ? "no" : number(count)) + " " + (count == 1 ? one : many);
  }

  private void findings() {
    line("\nlooks wrong");
    if (inspection.findings().isEmpty()) {
      line("  nothing");
    }
    inspection.findings().forEach(finding -> line("  - " + finding.sentence()));
  }

  private void job() {
    inspection
        .job()
        .ifPresent(
            job -> {
              line(
                  jobFile
                      .map(file -> "\nthe job file, written to " + file)
                      .orElse("\na job file; --write-job FILE writes it"));
              job.text().lines().forEach(each -> line("  " + each));
            });
  }

  private static String range(Range range) {
    return NumberText.of(range.min()) + " … " + NumberText.of(range.max());
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** As a shell takes it. */
  private static String quoted(String name) {
    return name.matches("[\\p{L}\\p{N}_./:@%+-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
