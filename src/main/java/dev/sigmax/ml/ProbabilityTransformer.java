package dev.sigmax.ml;

import dev.sigmax.error.FewNames;
import dev.sigmax.job.plan.CalibrationFile;
import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.kernel.rule.Temperature;
import dev.sigmax.spark.SessionSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Turns raw predictions into probabilities and predictions, as a stage of a Spark ML pipeline.
 *
 * <p>{@code rawLayout} has to be set: whether numbers are log-odds, halves of them or logits of
 * classes cannot be told by looking at them. Raw predictions are a vector, an array or a number;
 * probabilities are a vector or an array of the same kind. null gives null. A row that contradicts
 * its layout fails the query.
 */
public final class ProbabilityTransformer extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** First of all: a Param asks its owner for it. */
  private final String uid;

  private final Param<String> rawPredictionCol;
  private final Param<String> probabilityCol;
  private final Param<String> predictionCol;
  private final Param<String> rawLayout;
  private final Param<String> task;
  private final DoubleArrayParam thresholds;
  private final DoubleParam temperature;
  private final Param<String> calibration;

  /** With a name of its own. */
  public ProbabilityTransformer() {
    this(Identifiable$.MODULE$.randomUID("probability"));
  }

  /** With a given name, as Spark ML makes it when it copies and loads. */
  public ProbabilityTransformer(String uid) {
    this.uid = uid;
    rawPredictionCol = column("rawPredictionCol", "raw predictions, as rawLayout says");
    probabilityCol = column("probabilityCol", "probabilities to add; none if empty");
    predictionCol = column("predictionCol", "predictions to add; none if empty");
    rawLayout =
        Choice.of(
            this,
            "rawLayout",
            "what raw predictions are made of: "
                + "margin (one number, the log-odds of class 1), "
                + "pair ((-m, m), m the log-odds of class 1), "
                + "doubledMargin ((-m, m), m half of the log-odds of class 1) or "
                + "perClass (a logit for each class or label)",
            LayoutName.all());
    task =
        Choice.of(
            this,
            "task",
            "multiclass, multilabel or binary; if not set, multiclass for perClass and binary for"
                + " the other layouts",
            tasks());
    thresholds =
        new DoubleArrayParam(
            this,
            "thresholds",
            "one for each class: the class with the largest p / threshold is predicted; of a"
                + " multilabel task, each label with p >= threshold. At least 0, and at most one of"
                + " them is 0",
            ProbabilityTransformer::areThresholds);
    temperature =
        new DoubleParam(
            this,
            "temperature",
            "what raw predictions are divided by first, from 1e-300 to 1e300",
            value -> Temperature.isServed((Double) value));
    calibration =
        new Param<>(
            this,
            "calibration",
            "what the command calibrate wrote, as text; instead of a temperature",
            text -> StageCalibration.isOne(text));
    setDefault(rawPredictionCol, "rawPrediction");
    setDefault(probabilityCol, "probability");
    setDefault(predictionCol, "prediction");
    setDefault(temperature, 1.0);
  }

  private Param<String> column(String name, String meaning) {
    return new Param<>(this, name, "the column of " + meaning);
  }

  private static List<String> tasks() {
    return Arrays.stream(Task.values()).map(ProbabilityTransformer::name).toList();
  }

  private static boolean areThresholds(double[] values) {
    return Arrays.stream(values).allMatch(value -> value >= 0)
        && Arrays.stream(values).filter(value -> value == 0).count() <= 1;
  }

  @Override
  public String uid() {
    return uid;
  }

  /** The column to read; {@code rawPrediction} unless set. */
  public Param<String> rawPredictionCol() {
    return rawPredictionCol;
  }

  /** The column of probabilities to add; {@code probability} unless set, none if empty. */
  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  /** The column of predictions to add; {@code prediction} unless set, none if empty. */
  public Param<String> predictionCol() {
    return predictionCol;
  }

  /** What raw predictions are made of; has to be set. */
  public Param<String> rawLayout() {
    return rawLayout;
  }

  /** What the probabilities mean; by the layout unless set. */
  public Param<String> task() {
    return task;
  }

  /** A threshold for each class; none unless set. */
  public DoubleArrayParam thresholds() {
    return thresholds;
  }

  /** What raw predictions are divided by; 1 unless set. */
  public DoubleParam temperature() {
    return temperature;
  }

  /** The text of a file that the command {@code calibrate} wrote; none unless set. */
  public Param<String> calibration() {
    return calibration;
  }

  public ProbabilityTransformer setRawPredictionCol(String column) {
    return with(rawPredictionCol, column);
  }

  public ProbabilityTransformer setProbabilityCol(String column) {
    return with(probabilityCol, column);
  }

  public ProbabilityTransformer setPredictionCol(String column) {
    return with(predictionCol, column);
  }

  public ProbabilityTransformer setRawLayout(String layout) {
    return with(rawLayout, layout);
  }

  public ProbabilityTransformer setTask(String value) {
    return with(task, value);
  }

  public ProbabilityTransformer setThresholds(double... values) {
    return with(thresholds, values);
  }

  public ProbabilityTransformer setTemperature(double value) {
    set(temperature, (Object) value);
    return this;
  }

  public ProbabilityTransformer setCalibration(String text) {
    return with(calibration, text);
  }

  /**
   * Reads a file that the command {@code calibrate} wrote, now. What it says belongs to the stage
   * from then on, and is saved with it.
   */
  public ProbabilityTransformer setCalibrationFile(String path) {
    Configuration configuration = SessionSettings.hadoop(SparkSession.active());
    return setCalibration(
        StageCalibration.text(CalibrationFile.read(path, configuration).values()));
  }

  private <T> ProbabilityTransformer with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    withAdded(dataset.schema(), NameRule.of(dataset.sparkSession()));
    RowScores scores = scores(dataset.schema());
    Dataset<Row> result = dataset.toDF();
    String probability = getOrDefault(probabilityCol);
    String prediction = getOrDefault(predictionCol);
    if (!probability.isEmpty()) {
      result = result.withColumn(probability, scores.probabilities());
    }
    if (!prediction.isEmpty()) {
      Optional<double[]> each =
          isDefined(thresholds) ? Optional.of(getOrDefault(thresholds)) : Optional.empty();
      result = result.withColumn(prediction, scores.prediction(each));
    }
    return result;
  }

  /**
   * The schema with what {@link #transform} adds. Whether names that differ in case alone are the
   * same is asked of this thread's session, which a pipeline's rows have too.
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return withAdded(schema, NameRule.ofThread());
  }

  private StructType withAdded(StructType schema, NameRule names) {
    RowScores scores = scores(schema);
    StructType result = schema;
    String probability = getOrDefault(probabilityCol);
    String prediction = getOrDefault(predictionCol);
    if (!probability.isEmpty()) {
      result = names.added(result, probability, scores.form().probabilities());
    }
    if (!prediction.isEmpty()) {
      DataType type =
          scores.task() == Task.MULTILABEL ? scores.form().probabilities() : DataTypes.DoubleType;
      result = names.added(result, prediction, type);
    }
    return result;
  }

  private RowScores scores(StructType schema) {
    String raw = getOrDefault(rawPredictionCol);
    if (!Arrays.asList(schema.fieldNames()).contains(raw)) {
      throw new IllegalArgumentException(
          "there is no column "
              + raw
              + " of raw predictions; there are "
              + FewNames.of(List.of(schema.fieldNames())));
    }
    if (!isDefined(rawLayout)) {
      throw new IllegalArgumentException("rawLayout is not set. It says " + rawLayout.doc());
    }
    RawLayout layout = LayoutName.layout(getOrDefault(rawLayout));
    Task meant =
        isDefined(task)
            ? Task.valueOf(getOrDefault(task).toUpperCase(Locale.ROOT))
            : layout.usualTask();
    DataType type = schema.apply(raw).dataType();
    ScoreForm form = ScoreForm.of(raw, type);
    if (!layout.fits(meant)) {
      throw new IllegalArgumentException(
          "rawLayout=" + LayoutName.of(layout) + " does not go with task=" + getOrDefault(task));
    }
    if (form == ScoreForm.NUMBER && layout != RawLayout.MARGIN) {
      throw new IllegalArgumentException(
          "the column "
              + raw
              + " is one number; rawLayout="
              + LayoutName.of(layout)
              + " takes several");
    }
    Optional<StageCalibration> calibrated = calibrated(meant);
    Column column = ScoreForm.floating(functions.col("`" + raw.replace("`", "``") + "`"), type);
    return new RowScores(
        raw, column, form, layout, meant, (Double) getOrDefault(temperature), calibrated);
  }

  private Optional<StageCalibration> calibrated(Task meant) {
    if (!isDefined(calibration)) {
      return Optional.empty();
    }
    if ((Double) getOrDefault(temperature) != 1) {
      throw new IllegalArgumentException(
          "temperature and calibration are both set, and logits cannot be divided twice: leave"
              + " temperature at 1");
    }
    StageCalibration found = StageCalibration.of(getOrDefault(calibration));
    if (found.values().task() != meant) {
      throw new IllegalArgumentException(
          "the calibration is of a "
              + name(found.values().task())
              + " task, and this stage's is "
              + name(meant));
    }
    return Optional.of(found);
  }

  private static String name(Task task) {
    return task.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public ProbabilityTransformer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reads what {@code save} wrote; Spark ML finds it by its name. */
  public static MLReader<ProbabilityTransformer> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads what {@code save} wrote to a path. */
  public static ProbabilityTransformer load(String path) {
    return read().load(path);
  }
}
