package dev.sigmax.job;

import dev.sigmax.error.InputException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.input.ColumnChoice;
import dev.sigmax.input.FileDifferences;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.LogitProposals;
import dev.sigmax.input.Preflight;
import dev.sigmax.input.ReadRequest;
import dev.sigmax.input.Snapshot;
import dev.sigmax.input.SnapshotReader;
import dev.sigmax.job.plan.LogitSample;
import dev.sigmax.job.plan.OutputColumns;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.kernel.Task;
import dev.sigmax.parquet.footer.ColumnChunks;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.parquet.footer.Footers;
import dev.sigmax.report.TextTable;
import dev.sigmax.spark.SessionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** Tells what an input holds, from its footers and a sample, and what a job could make of it. */
public final class InspectJob {
  private final SparkSession spark;
  private final Configuration configuration;
  private final List<String> inputs;
  private final StringBuilder text = new StringBuilder();
  private final List<String> wrong = new ArrayList<>();

  /** An inspection of {@code inputs}, paths and globs. */
  public InspectJob(SparkSession spark, List<String> inputs) {
    this.spark = RunSession.open(spark);
    this.configuration = SessionSettings.hadoop(this.spark);
    this.inputs = List.copyOf(inputs);
  }

  /**
   * What there is to say, for a terminal.
   *
   * @param unreadable set where a file cannot be read at all
   */
  public record Inspection(String text, Optional<InputException> unreadable) {}

  /** Looks at the input. */
  public Inspection run() {
    Snapshot snapshot = SnapshotReader.read(inputs, configuration);
    List<Footer> footers =
        Footers.read(
            spark, snapshot.files().stream().map(f -> f.status().getPath().toString()).toList());
    describeFiles(snapshot, footers);
    List<Footer> unreadable = footers.stream().filter(footer -> !footer.readable()).toList();
    if (!footers.isEmpty() && unreadable.isEmpty()) {
      describeColumns(snapshot, footers);
      describeTasks(snapshot, footers);
    }
    text.append("\nlooks wrong\n");
    text.append(wrong.isEmpty() ? "  nothing\n" : "");
    wrong.forEach(problem -> text.append("  - ").append(problem).append('\n'));
    return new Inspection(
        text.toString(), unreadable.stream().findFirst().map(Preflight::unreadable));
  }

  private void describeFiles(Snapshot snapshot, List<Footer> footers) {
    TreeSet<String> writers = new TreeSet<>();
    TreeSet<String> codecs = new TreeSet<>();
    long rowGroups = 0;
    for (Footer footer : footers) {
      if (!footer.readable()) {
        wrong.add(footer.path() + ": " + footer.problem());
        continue;
      }
      writers.add(footer.createdBy());
      codecs.addAll(footer.codecs());
      rowGroups += footer.rowGroups();
    }
    TextTable table =
        new TextTable()
            .row("files", snapshot.files().size())
            .row("bytes", snapshot.bytes())
            .row("rows", footers.stream().mapToLong(Footer::rows).sum())
            .row("row groups", rowGroups)
            .row("written by", String.join("; ", writers))
            .row("codecs", String.join(", ", codecs))
            .row("partitions", String.join(", ", snapshot.partitionColumns()))
            .row("skipped", snapshot.skipped().size());
    text.append(table.text(""));
    snapshot
        .skipped()
        .forEach(s -> text.append("  ").append(s.path()).append(": ").append(s.why()).append('\n'));
  }

  private void describeColumns(Snapshot snapshot, List<Footer> footers) {
    Footer first = footers.get(0);
    Map<String, String> differences = FileDifferences.of(footers);
    TextTable table = new TextTable().row("column", "type", "kept", "encodings", "nulls", "range");
    for (StructField field : first.schema().fields()) {
      ColumnChunks chunks = first.columns().get(field.name());
      table.row(
          field.name(),
          field.dataType().catalogString(),
          kept(field.name(), differences),
          chunks == null ? "" : String.join(" ", chunks.encodings()),
          chunks == null || chunks.nulls() < 0 ? "?" : chunks.nulls(),
          chunks == null || chunks.range() == null
              ? ""
              : chunks.range().min() + " … " + chunks.range().max());
    }
    for (Map.Entry<String, String> column : first.unsupported().entrySet()) {
      table.row(column.getKey(), column.getValue(), "no: Spark has no such type", "", "?", "");
    }
    for (String partition : snapshot.partitionColumns()) {
      table.row(partition, "string", "yes", "partition", "?", "");
    }
    text.append("\ncolumns of ").append(first.path()).append('\n').append(table.text("  "));
    if (!differences.isEmpty()) {
      wrong.add(
          "the files differ in "
              + String.join(", ", differences.keySet())
              + ": score refuses that, unless --keep leaves them out or --allow-missing names them");
      text.append("\nfiles differ in\n");
      differences.forEach(
          (name, how) -> text.append("  ").append(name).append(": ").append(how).append('\n'));
    }
  }

  /** Whether {@code score} carries a column through where it is no logit. */
  private static String kept(String name, Map<String, String> differences) {
    if (OutputColumns.isOwn(name)) {
      return "no: the output needs the name";
    }
    return differences.containsKey(name) ? "no: files differ" : "yes";
  }

  private void describeTasks(Snapshot snapshot, List<Footer> footers) {
    text.append("\ntasks that fit\n");
    boolean any = false;
    for (String logits : LogitProposals.of(footers.get(0).schema())) {
      try {
        InputTable table =
            Preflight.check(snapshot, footers, ReadRequest.ofLogits(new ColumnChoice.Text(logits)));
        LogitSample sample = LogitSample.take(configuration, table);
        int classes =
            table.logits().array()
                ? sampledLength(logits, sample)
                : table.logits().columns().size();
        any |= describeTask(logits, table, sample, classes);
      } catch (SigmaxException explained) {
        wrong.add(explained.getMessage());
      }
    }
    if (!any) {
      text.append(
          "  none: no columns of floats that share a prefix, no single one and no array of numbers;"
              + " name the logits with --logits\n");
    }
  }

  private int sampledLength(String logits, LogitSample sample) {
    SortedMap<Integer, Integer> lengths = sample.lengths();
    if (lengths.size() > 1) {
      wrong.add(
          "the arrays in " + logits + " differ in length; sampled rows by length: " + lengths);
    }
    return lengths.isEmpty() ? 0 : lengths.lastKey();
  }

  private boolean describeTask(String logits, InputTable table, LogitSample sample, int classes) {
    if (sample.looksLikeProbabilities()) {
      wrong.add(logits + " look like probabilities, not logits: each sampled row sums to 1");
    }
    for (Task task : Task.values()) {
      boolean fits = task == Task.BINARY ? classes == 1 : classes >= 2;
      if (fits) {
        text.append(
            String.format(
                "  --task %-10s --logits %s  (%d %s a row)%n",
                JobSpec.lower(task),
                logits.contains(" ") || logits.contains("*") ? "'" + logits + "'" : logits,
                classes,
                table.floatLogits() ? "float" : "double"));
      }
    }
    return classes > 0;
  }
}
