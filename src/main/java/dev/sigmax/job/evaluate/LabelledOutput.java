package dev.sigmax.job.evaluate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.when;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.ColumnNames;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.plan.LabelThresholds;
import dev.sigmax.job.run.PublishedJob;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.kernel.rule.NonFinite;
import dev.sigmax.kernel.rule.ScoreNames;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.output.Manifest;
import dev.sigmax.spark.LiteralPaths;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a published run with labels beside it: its input, scored as the run scored it, which gives
 * the same bits and has the logits; or its probabilities, where the input is no longer there.
 */
final class LabelledOutput {
  private static final Logger LOG = LoggerFactory.getLogger(LabelledOutput.class);

  private static final String RENAMING =
      "evaluate the run's input instead of its output, and name the classes as the column does with"
          + " --labels";

  private final Supplier<SparkSession> spark;
  private final Configuration configuration;
  private final EvaluationRequest request;
  private final Path output;
  private final Manifest manifest;

  LabelledOutput(
      Supplier<SparkSession> spark,
      Configuration configuration,
      EvaluationRequest request,
      Path output,
      Manifest manifest) {
    this.spark = spark;
    this.configuration = configuration;
    this.request = request;
    this.output = output;
    this.manifest = manifest;
    Set<JobKey> said = EnumSet.copyOf(Set.of(JobKey.values()));
    said.retainAll(request.settings().keys());
    said.removeAll(EvaluationRequest.THRESHOLDS);
    if (!said.isEmpty()) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          output
              + " is the output of a run, whose manifest says how it was scored: leave out "
              + said.stream().map(key -> "--" + key.key()).collect(Collectors.joining(", "))
              + ".");
    }
  }

  LabelledRows open() {
    String run = "run " + manifest.runId() + " at " + output;
    PublishedJob.Input input = PublishedJob.input(manifest, configuration);
    if (input instanceof PublishedJob.Input.Gone gone) {
      return probabilities(run, gone.why());
    }
    Snapshot snapshot = ((PublishedJob.Input.Unchanged) input).snapshot();
    LabelledRows rows = LabelledInput.ofRun(spark, configuration, request, manifest).open(snapshot);
    return new LabelledRows(
        run + ", from the logits of its input", RENAMING, rows.rule(), rows.rows());
  }

  private LabelledRows probabilities(String run, String why) {
    LOG.warn("The input of {} cannot be read as it was, so only probabilities are: {}", run, why);
    JobSpec spec =
        JobSpec.of(
            request
                .over(PublishedJob.scoring(manifest))
                .overriddenBy(new JobSettings(Map.of(JobKey.OUTPUT, output.toString()), Map.of())));
    Task task = spec.task();
    List<String> labels = spec.labels().orElseThrow();
    LabelThresholds.requireLabels(task, spec.thresholds(), labels);
    Dataset<Row> rows = published();
    requireProbabilities(rows, why);
    LabelColumns columns =
        LabelColumns.of(request.label(), rows.schema(), List.of()).inOrderOf(task, labels);
    request.weight().ifPresent(weight -> LabelledInput.requireNumber(weight, rows.schema()));
    ScoringRule rule =
        new ScoringRule(
            task, task == Task.BINARY ? 1 : labels.size(), 1, NonFinite.REJECT, Double.NaN);
    return new LabelledRows(
        run + ", from its probabilities alone",
        RENAMING,
        new EvaluationRule(
            rule,
            spec.rawLayout(),
            false,
            false,
            labels.stream().map(spec.thresholds()::of).toList(),
            labels,
            columns.form(task),
            request.weight().isPresent()),
        LabelledInput.select(rows, values(rows, labels), columns, request.weight()));
  }

  private Dataset<Row> published() {
    if (manifest.output().rows() == 0) {
      throw new InputException(
          ErrorName.NOTHING_TO_EVALUATE, "the run at " + output + " has no rows to evaluate.");
    }
    return LiteralPaths.reader(spark.get())
        .parquet(
            manifest.output().files().stream()
                .map(file -> new Path(output, file.path()).toString())
                .toArray(String[]::new));
  }

  private void requireProbabilities(Dataset<Row> rows, String why) {
    if (Stream.of(rows.columns())
        .noneMatch(
            name ->
                name.equals(ScoreNames.PROBABILITIES)
                    || name.startsWith(ScoreNames.PROBABILITY_PREFIX))) {
      throw new InputException(
          ErrorName.NOTHING_TO_EVALUATE,
          "the run at "
              + output
              + " has no probabilities in its output, and its input cannot be scored again: "
              + why);
    }
  }

  private static Column values(Dataset<Row> rows, List<String> labels) {
    Column probabilities;
    if (List.of(rows.columns()).contains(ScoreNames.PROBABILITIES)) {
      probabilities =
          ColumnNames.column(ScoreNames.PROBABILITIES)
              .cast(DataTypes.createArrayType(DataTypes.DoubleType));
    } else {
      List<String> names =
          labels.stream().map(label -> ScoreNames.PROBABILITY_PREFIX + label).toList();
      probabilities =
          array(
              Stream.of(ColumnNames.columns(names))
                  .map(column -> column.cast(DataTypes.DoubleType))
                  .toArray(Column[]::new));
    }
    return when(ColumnNames.column(ScoreNames.ROW_ISSUE).isNull(), probabilities);
  }
}
