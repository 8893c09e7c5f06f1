package dev.sigmax.job.inspect;

import dev.sigmax.input.InputTable;
import dev.sigmax.input.Preflight;
import dev.sigmax.input.column.ColumnChoice;
import dev.sigmax.input.column.ReadRequest;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.plan.LogitSample;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.parquet.footer.ColumnChunks;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.report.Inspection.Candidate;
import dev.sigmax.report.Inspection.Finding;
import dev.sigmax.report.Inspection.Guess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructType;

/** Looks at columns that may be logits, in footers and in a sample. */
final class Candidates {
  /** More columns beside the logits than that are not looked at for labels. */
  private static final int MOST_BESIDE = 16;

  /**
   * Nor are texts that take more than that in a row group: those are no names of classes, and a row
   * group that is passed over for its size would lose its logits as well.
   */
  private static final long MOST_BYTES_OF_TEXT = 1L << 20;

  private final Configuration configuration;
  private final Snapshot snapshot;
  private final List<Footer> footers;
  private final FooterFacts facts;

  Candidates(
      Configuration configuration, Snapshot snapshot, List<Footer> footers, FooterFacts facts) {
    this.configuration = configuration;
    this.snapshot = snapshot;
    this.footers = footers;
    this.facts = facts;
  }

  /**
   * A candidate with what it takes to make a job of it.
   *
   * @param badRows how many of the sampled rows have an issue
   * @param findings what looks wrong about it
   */
  record Examined(Candidate candidate, InputTable table, long badRows, List<Finding> findings) {
    /** Whether it looks like numbers that a softmax or a sigmoid gave. */
    boolean scored() {
      return findings.stream().anyMatch(finding -> finding.kind().isScored());
    }
  }

  /** Looks at what {@code --logits} would choose. */
  Examined examine(String logits) {
    InputTable table =
        Preflight.check(snapshot, footers, ReadRequest.ofLogits(new ColumnChoice.Text(logits)));
    List<String> mayBeLabels = mayBeLabels(table);
    List<String> beside = mayBeLabels.stream().filter(this::isSmall).limit(most(table)).toList();
    SampledRows rows =
        SampledRows.of(
            table,
            LogitSample.takeMore(
                configuration, table, beside, text -> numberOf(text, table.logits().classes())));
    List<String> classes =
        table.logits().classes().isEmpty()
            ? IntStream.range(0, rows.classes()).mapToObj(Integer::toString).toList()
            : table.logits().classes();
    ColumnEvidence evidence = new ColumnEvidence(logits, table, facts);
    Optional<Finding> scored = ScoredAlready.find(logits, rows);
    Guess<RawLayout> layout = LayoutGuess.of(rows);
    Optional<LabelGuess> label = label(rows, classes, layout.what());
    Optional<Guess<String>> task = TaskGuess.of(rows, layout.what(), label);
    Candidate candidate =
        new Candidate(
            logits,
            rows.classes(),
            table.floatLogits() ? "float" : "double",
            evidence.sentences(),
            rows.described(table.logits().array()),
            layout,
            tasks(rows.classes(), layout.what()),
            rows.soundSize() == 0 ? Optional.empty() : task,
            label.map(LabelGuess::columns),
            label.flatMap(LabelGuess::names),
            label.isPresent() || rows.size() == 0
                ? Optional.empty()
                : Optional.of(LabelGuess.whyNone(rows, beside)),
            mayBeLabels.stream().filter(name -> !beside.contains(name)).toList());
    List<Finding> findings = new ArrayList<>();
    scored.ifPresent(findings::add);
    LayoutGuess.finding(logits, layout.what()).ifPresent(findings::add);
    evidence.notFloating().ifPresent(findings::add);
    evidence.nearlyNamed().ifPresent(findings::add);
    findings.addAll(ValueFindings.find(candidate));
    boolean multilabel =
        task.map(guess -> guess.what().equals(JobSpec.lower(Task.MULTILABEL))).orElse(false);
    List<String> names =
        table.logits().array()
            ? classes.stream().map(index -> logits + "[" + index + "]").toList()
            : table.logits().columns();
    findings.addAll(ClassFindings.find(names, rows, !multilabel));
    return new Examined(candidate, table, rows.bad(), findings);
  }

  /** What stands for a class that a text names; NaN for other texts. */
  private static double numberOf(String text, List<String> classes) {
    int index = classes.indexOf(text);
    return index < 0 ? Double.NaN : LabelGuess.number(text, index);
  }

  private Optional<LabelGuess> label(SampledRows rows, List<String> classes, RawLayout layout) {
    return switch (layout) {
      case MARGIN -> LabelGuess.ofSign(rows, 0);
      case PAIR, DOUBLED_MARGIN -> LabelGuess.ofSign(rows, 1);
      case PER_CLASS ->
          LabelGuess.ofEachClass(rows, classes)
              .or(() -> LabelGuess.ofClasses(rows, classes, schema()));
    };
  }

  private static List<String> tasks(int classes, RawLayout layout) {
    return Arrays.stream(Task.values())
        .filter(task -> task == Task.BINARY ? classes == 1 || layout.isPair() : classes >= 2)
        .map(JobSpec::lower)
        .toList();
  }

  private StructType schema() {
    return footers.get(0).schema();
  }

  /**
   * Whole numbers, booleans and texts that may be labels; those named as classes come first. Texts
   * only where classes have names.
   */
  private List<String> mayBeLabels(InputTable table) {
    boolean texts = !table.logits().classes().isEmpty();
    return Arrays.stream(schema().fields())
        .filter(
            field ->
                field.dataType() instanceof IntegralType
                    || field.dataType().equals(DataTypes.BooleanType)
                    || (texts && field.dataType().equals(DataTypes.StringType)))
        .map(field -> field.name())
        .filter(name -> !table.logits().columns().contains(name))
        .filter(name -> !facts.differences().containsKey(name))
        .sorted(Comparator.comparing(name -> !table.logits().classes().contains(name)))
        .toList();
  }

  private static int most(InputTable table) {
    return Math.max(MOST_BESIDE, table.logits().classes().size());
  }

  /** As numbers always are, and texts that repeat and so are in a dictionary. */
  private boolean isSmall(String column) {
    return !schema().apply(column).dataType().equals(DataTypes.StringType)
        || facts.chunks(column).map(ColumnChunks::bytes).orElse(0L) <= MOST_BYTES_OF_TEXT;
  }
}
