package dev.sigmax.job.evaluate;

import static org.apache.spark.sql.functions.lit;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.FewNames;
import dev.sigmax.error.InputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.ColumnNames;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.LogitReader;
import dev.sigmax.input.Preflight;
import dev.sigmax.input.TableFooters;
import dev.sigmax.input.column.NearestName;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.input.snapshot.SnapshotReader;
import dev.sigmax.job.plan.CalibrationFile;
import dev.sigmax.job.plan.LogitSample;
import dev.sigmax.job.plan.Planner;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.job.run.PublishedJob;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.job.run.ScoredRows;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Precision;
import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.output.Manifest;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.parquet.footer.Footers;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Opens files of logits with labels beside them, as a job would read them. */
final class LabelledInput {
  /** A job has to name an output; this one is never published. */
  private static final String NO_OUTPUT = "evaluated";

  private final Supplier<SparkSession> spark;
  private final Configuration configuration;
  private final EvaluationRequest request;
  private final JobSettings settings;
  private final boolean asPublished;
  private final Optional<CalibrationFile> calibration;

  private LabelledInput(
      Supplier<SparkSession> spark,
      Configuration configuration,
      EvaluationRequest request,
      JobSettings settings,
      boolean asPublished,
      Optional<CalibrationFile> calibration) {
    this.spark = spark;
    this.configuration = configuration;
    this.request = request;
    this.settings = settings;
    this.asPublished = asPublished;
    this.calibration = calibration;
  }

  /** Of the request's paths, scored in double as the request says. */
  static LabelledInput ofRequest(
      Supplier<SparkSession> spark, Configuration configuration, EvaluationRequest request) {
    JobSettings settings =
        request
            .settings()
            .overriddenBy(new JobSettings(Map.of(), Map.of(JobKey.INPUT, request.paths())));
    return new LabelledInput(
        spark,
        configuration,
        request,
        settings,
        false,
        Optional.ofNullable(settings.texts().get(JobKey.CALIBRATION))
            .map(path -> CalibrationFile.read(path, configuration)));
  }

  /** Of the input of a run, scored and rounded as the run did. */
  static LabelledInput ofRun(
      Supplier<SparkSession> spark,
      Configuration configuration,
      EvaluationRequest request,
      Manifest manifest) {
    return new LabelledInput(
        spark,
        configuration,
        request,
        request.over(PublishedJob.scoring(manifest)),
        true,
        PublishedJob.calibration(manifest));
  }

  LabelledRows open(Snapshot snapshot) {
    List<Footer> footers = Footers.read(spark, configuration, snapshot.paths());
    if (footers.isEmpty()) {
      throw new InputException(
          ErrorName.NOTHING_TO_EVALUATE,
          "there are no files in " + FewNames.of(request.paths()) + ". Check the path.");
    }
    footers.forEach(Preflight::requireReadable);
    StructType schema = TableFooters.of(snapshot, footers).footers().get(0).schema();
    LabelColumns columns = LabelColumns.of(request.label(), schema, snapshot.partitionColumns());
    JobSettings reading = with(JobKey.KEEP, kept(columns, schema));
    Task task = task(reading, columns, snapshot, footers);
    JobSpec spec = spec(reading, task);
    InputTable table = Planner.table(spec, snapshot, footers);
    ScoringPlan plan = Planner.plan(configuration, spec, table, calibration);
    LabelColumns labels = columns.inOrderOf(task, plan.labels());
    EvaluationRule rule =
        new EvaluationRule(
            plan.rule(),
            spec.rawLayout(),
            asPublished && plan.precision() == Precision.FLOAT,
            true,
            plan.labels().stream().map(spec.thresholds()::of).toList(),
            plan.labels(),
            labels.form(task),
            request.weight().isPresent());
    Dataset<Row> rows = LogitReader.read(RunSession.forReading(spark.get(), table), table);
    return new LabelledRows(
        String.join(", ", request.paths()),
        "name the classes as it does with --labels",
        rule,
        select(rows, ScoredRows.logits(table, DataTypes.DoubleType), labels, request.weight()));
  }

  /** The columns that {@link ScoreRecords} takes. */
  static Dataset<Row> select(
      Dataset<Row> rows, Column values, LabelColumns labels, Optional<String> weight) {
    Column metadata = rows.metadataColumn("_metadata");
    return rows.select(
        values.as("values"),
        labels.texts().as("truth"),
        weight
            .map(name -> ColumnNames.column(name).cast(DataTypes.DoubleType))
            .orElse(lit(1.0))
            .as("weight"),
        metadata.getField("file_path").as("file"),
        metadata.getField("row_index").as("row"));
  }

  private List<String> kept(LabelColumns columns, StructType schema) {
    Set<String> kept = new LinkedHashSet<>(columns.names());
    request.weight().ifPresent(weight -> kept.add(requireNumber(weight, schema)));
    return List.copyOf(kept);
  }

  static String requireNumber(String weight, StructType schema) {
    if (schema.getFieldIndex(weight).isEmpty()) {
      throw new InputException(
          ErrorName.COLUMN_NOT_FOUND,
          "there is no column "
              + weight
              + " for --weight. The columns: "
              + FewNames.of(List.of(schema.fieldNames()))
              + "."
              + NearestName.question(weight, List.of(schema.fieldNames())));
    }
    if (!(schema.apply(weight).dataType() instanceof NumericType)) {
      throw new InputException(
          ErrorName.WEIGHT_VALUE,
          "the weight column "
              + weight
              + " is "
              + schema.apply(weight).dataType().catalogString()
              + ", and no number.");
    }
    return weight;
  }

  /** As the settings say; else what the labels and the number of logits leave open to no other. */
  private Task task(
      JobSettings reading, LabelColumns columns, Snapshot snapshot, List<Footer> footers) {
    if (settings.keys().contains(JobKey.TASK)) {
      return spec(settings, null).task();
    }
    Optional<String> layout = Optional.ofNullable(settings.texts().get(JobKey.RAW_LAYOUT));
    if (layout.isPresent() && !layout.get().equals(JobSpec.lower(RawLayout.PER_CLASS))) {
      return Task.BINARY;
    }
    if (columns.task().isPresent()) {
      return columns.task().get();
    }
    InputTable table =
        Planner.table(
            spec(
                reading
                    .without(JobKey.CLASSES)
                    .without(JobKey.THRESHOLD)
                    .without(JobKey.THRESHOLDS),
                Task.MULTICLASS),
            snapshot,
            footers);
    int logits = table.logits().columns().size();
    if (table.logits().array()) {
      logits =
          LogitSample.take(configuration, table).lengths().keySet().stream()
              .mapToInt(Integer::intValue)
              .max()
              .orElse(0);
    }
    return logits == 1 ? Task.BINARY : Task.MULTICLASS;
  }

  private static JobSpec spec(JobSettings settings, Task task) {
    Map<JobKey, String> texts = new EnumMap<>(JobKey.class);
    texts.put(JobKey.OUTPUT, NO_OUTPUT);
    if (task != null) {
      texts.put(JobKey.TASK, JobSpec.lower(task));
    }
    return JobSpec.of(settings.overriddenBy(new JobSettings(texts, Map.of())));
  }

  private JobSettings with(JobKey key, List<String> values) {
    return settings.overriddenBy(new JobSettings(Map.of(), Map.of(key, values)));
  }

  Snapshot snapshot() {
    return SnapshotReader.read(
        settings
            .list(JobKey.INPUT)
            .orElseThrow(() -> new UsageException(ErrorName.OPTION_MISSING, "no input is given.")),
        configuration);
  }
}
