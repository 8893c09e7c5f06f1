package dev.sigmax.job.inspect;

import dev.sigmax.error.Counted;
import dev.sigmax.error.FewNames;
import dev.sigmax.error.Redaction;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.plan.OutputColumns;
import dev.sigmax.job.plan.Planner;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.OnBadRow;
import dev.sigmax.job.spec.Precision;
import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.kernel.rule.ScoreNames;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.report.Inspection.Candidate;
import dev.sigmax.report.Inspection.Column;
import dev.sigmax.report.Inspection.Draft;
import dev.sigmax.report.Inspection.Finding;
import dev.sigmax.report.Inspection.Guess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * A job on the likeliest logits, as {@code score} accepts it: each draft is planned on the input
 * before anyone sees it.
 */
final class JobDraft {
  private static final String UNDECIDED =
      "The numbers do not tell: multiclass if the classes exclude each other, multilabel if several"
          + " may hold.";

  private static final String NUMBERED_ZERO = "0";

  private final Configuration configuration;
  private final Snapshot snapshot;
  private final List<Footer> footers;
  private final Candidates.Examined examined;
  private final Map<JobKey, Object> values = new EnumMap<>(JobKey.class);
  private final Map<JobKey, String> comments = new EnumMap<>(JobKey.class);

  private JobDraft(
      Configuration configuration,
      Snapshot snapshot,
      List<Footer> footers,
      Candidates.Examined examined) {
    this.configuration = configuration;
    this.snapshot = snapshot;
    this.footers = footers;
    this.examined = examined;
  }

  /**
   * A job on the first of the candidates, of which there is one at least.
   *
   * @throws SigmaxException why none would run
   */
  static Draft of(
      Configuration configuration,
      Snapshot snapshot,
      List<Footer> footers,
      FooterFacts facts,
      List<Candidates.Examined> examined,
      List<String> inputs) {
    JobDraft draft = new JobDraft(configuration, snapshot, footers, examined.get(0));
    draft.fill(facts, inputs);
    draft.nameOthers(examined.subList(1, examined.size()));
    draft.makeItRun();
    return draft.text();
  }

  private void fill(FooterFacts facts, List<String> inputs) {
    Candidate candidate = examined.candidate();
    List<String> absolute = inputs.stream().map(JobDraft::absolute).toList();
    values.put(JobKey.INPUT, absolute.size() == 1 ? absolute.get(0) : absolute);
    values.put(JobKey.OUTPUT, name(inputs.get(0)) + "-probabilities");
    comments.put(JobKey.OUTPUT, "a folder beside this file; it must not exist yet");
    values.put(
        JobKey.TASK, candidate.task().map(Guess::what).orElse(JobSpec.lower(Task.MULTICLASS)));
    comments.put(
        JobKey.TASK, candidate.task().map(task -> String.join("; ", task.why())).orElse(UNDECIDED));
    values.put(JobKey.LOGITS, candidate.logits());
    if (candidate.sample().lengths().size() > 1) {
      values.put(JobKey.CLASSES, Integer.toString(candidate.classes()));
      comments.put(JobKey.CLASSES, "as most of the sampled rows have");
    }
    nameYesAndNo();
    RawLayout layout = candidate.layout().what();
    if (layout.isPair()) {
      values.put(JobKey.RAW_LAYOUT, JobSpec.lower(layout));
      comments.put(
          JobKey.RAW_LAYOUT,
          layout == RawLayout.PAIR
              ? "as of a logistic regression; of gradient-boosted trees take doubled_margin"
              : "as of gradient-boosted trees; of a logistic regression take pair");
    }
    keep(facts, candidate);
    if (examined.badRows() > 0) {
      values.put(JobKey.ON_BAD_ROW, JobSpec.lower(OnBadRow.QUARANTINE));
      comments.put(
          JobKey.ON_BAD_ROW,
          String.format(
              Locale.ROOT,
              "%,d of %s %s bad; fail, the default, would publish nothing",
              examined.badRows(),
              Counted.of(candidate.sample().rows(), "sampled row"),
              examined.badRows() == 1 ? "is" : "are"));
    }
  }

  /**
   * Of a single logit numbered 0: its probability would be called by that number, though 0 is
   * rather where the counting begins than a no. A name that says no, {@code logit_no}, may be
   * meant: the job on it is warned of.
   */
  private void nameYesAndNo() {
    List<String> classes = examined.table().logits().classes();
    if (classes.size() == 1 && classes.get(0).equals(NUMBERED_ZERO)) {
      values.put(JobKey.LABELS, List.of("no", "yes"));
      comments.put(
          JobKey.LABELS,
          examined.table().logits().columns().get(0)
              + " is taken for the logit of the yes, whose column would else be "
              + ScoreNames.PROBABILITY_PREFIX
              + classes.get(0)
              + ". Name what the no and the yes are, in this order");
    }
  }

  /** What the logits are was guessed; who reads the file should see what else they may be. */
  private void nameOthers(List<Candidates.Examined> others) {
    if (!others.isEmpty()) {
      comments.put(
          JobKey.LOGITS,
          "the likeliest; these may be logits too: "
              + String.join(
                  ", ", others.stream().map(other -> other.candidate().logits()).toList()));
    }
  }

  /** All columns that can be kept, where some cannot. */
  private void keep(FooterFacts facts, Candidate candidate) {
    List<String> logits = new ArrayList<>(examined.table().logits().columns());
    logits.add(ColumnEvidence.columnOf(candidate.logits()));
    List<Column> others =
        facts.columns().stream().filter(column -> !logits.contains(column.name())).toList();
    List<String> kept =
        others.stream()
            .filter(column -> column.notKept().isEmpty() && !isOutput(column.name()))
            .map(Column::name)
            .toList();
    Set<String> left = new TreeSet<>(facts.differences().keySet());
    others.forEach(column -> left.add(column.name()));
    left.removeAll(kept);
    left.removeAll(logits);
    if (!left.isEmpty()) {
      values.put(JobKey.KEEP, kept);
      comments.put(
          JobKey.KEEP, "all but " + FewNames.of(List.copyOf(left)) + ", which cannot be kept");
    }
  }

  private boolean isOutput(String name) {
    return OutputColumns.isOwn(name)
        || (examined.table().logits().array() && name.equalsIgnoreCase(ScoreNames.PROBABILITIES))
        || examined.table().logits().classes().stream()
            .anyMatch(label -> name.equalsIgnoreCase(ScoreNames.PROBABILITY_PREFIX + label));
  }

  /** Settings that some inputs need, tried in order; the first refusal is the one to tell. */
  private void makeItRun() {
    SigmaxException refusal = null;
    for (Runnable change :
        List.<Runnable>of(() -> {}, this::takeAsDouble, this::leaveBadRowsInPlace)) {
      change.run();
      try {
        JobSpec spec = JobSpec.of(JobSettings.of(values));
        Planner.plan(configuration, spec, Planner.table(spec, snapshot, footers));
        return;
      } catch (SigmaxException e) {
        refusal = refusal == null ? e : refusal;
      }
    }
    throw refusal;
  }

  private void takeAsDouble() {
    values.put(JobKey.PRECISION, JobSpec.lower(Precision.DOUBLE));
    comments.put(JobKey.PRECISION, "some files have floats and others doubles");
  }

  private void leaveBadRowsInPlace() {
    if (values.containsKey(JobKey.ON_BAD_ROW)) {
      values.put(JobKey.ON_BAD_ROW, JobSpec.lower(OnBadRow.NULL));
      comments.merge(
          JobKey.ON_BAD_ROW,
          "quarantine needs all columns, and some cannot be read",
          (rows, why) -> rows + "; " + why);
    }
  }

  private Draft text() {
    Map<String, Object> keys = new LinkedHashMap<>();
    values.forEach((key, value) -> keys.put(key.key(), value));
    JobFileText text =
        new JobFileText()
            .comment(
                String.format(
                    Locale.ROOT,
                    "Made by sigmax inspect from footers and %,d of %s. Read it before you run"
                        + " it.",
                    examined.candidate().sample().rows(),
                    Counted.of(examined.candidate().sample().of(), "row")));
    for (Finding finding : examined.findings()) {
      text.comment("Looks wrong: " + finding.sentence());
    }
    values.forEach((key, value) -> text.key(key.key(), value, comments.getOrDefault(key, "")));
    return new Draft(keys, text.text());
  }

  private static String absolute(String input) {
    return input.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")
        ? input
        : Path.of(input).toAbsolutePath().normalize().toString();
  }

  /** What an input goes by, as the name of a folder. */
  private static String name(String input) {
    String[] parts = Redaction.of(input).split("/");
    return Arrays.stream(parts)
        .filter(part -> part.matches("[A-Za-z0-9][A-Za-z0-9._-]*"))
        .reduce((first, last) -> last)
        .map(part -> part.replaceFirst("[.](parquet|parq|pq)$", ""))
        .orElse("input");
  }
}
