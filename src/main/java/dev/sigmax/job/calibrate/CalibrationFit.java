package dev.sigmax.job.calibrate;

import dev.sigmax.job.evaluate.EvaluationRule;
import dev.sigmax.job.evaluate.LabelledRows;
import dev.sigmax.job.evaluate.LabelledSums;
import dev.sigmax.job.spec.CalibrationValues;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.spark.TaskResults;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A calibration that was fitted to labelled rows, and what it is worth.
 *
 * @param rows what was read
 * @param before the mean loss without it
 * @param after the mean loss with it, on the rows that it was fitted by
 * @param heldOut the mean loss of rows that it was not fitted by, by cross-validation
 * @param standardError of {@code before - heldOut}
 */
public record CalibrationFit(
    CalibrationValues values,
    LabelledSums rows,
    double before,
    double after,
    double heldOut,
    double standardError) {

  private static final Logger LOG = LoggerFactory.getLogger(CalibrationFit.class);
  private static final String SERIALIZER = "spark.serializer";

  /** How many parts the rows were cut into to cross-validate. */
  public static final int FOLDS = FitRows.FOLDS;

  /** A bias for each class needs the second derivative by each two of them. */
  private static final int MOST_BIASES = 128;

  /** What is fitted to a multiclass task. */
  public enum Form {
    /** The temperature alone. */
    TEMPERATURE,
    /** The temperature, and a bias for each class. */
    TEMPERATURE_AND_BIAS
  }

  /** Whether it lowers the loss of rows that it was not fitted by. */
  public boolean helps() {
    return heldOut < before;
  }

  /**
   * Fits.
   *
   * @param check refuses what was read, where it cannot be used
   */
  public static CalibrationFit of(
      LabelledRows labelled, WantedFit wanted, Consumer<LabelledSums> check) {
    EvaluationRule rule = labelled.rule();
    boolean[] staying = wanted.staying(rule);
    JavaRDD<FitRows> all = labelled.rows().toJavaRDD().mapPartitions(FitRows.reader(rule));
    StorageLevel level = levelOf(all);
    JavaRDD<FitRows> read = all.persist(level);
    try {
      LabelledSums tally = new LabelledSums();
      TaskResults.collect(read, CalibrationFit::tally).forEach(tally::add);
      check.accept(tally);
      JavaRDD<FitRows> rows = EqualRows.inFolds(read).persist(level);
      try {
        Masses masses = masses(rows, rule);
        read.unpersist(false);
        CrossValidatedFit fit =
            CrossValidatedFit.of(
                rows,
                objective(rule, wanted.form(), staying, masses),
                (problem, failed, heldOut) ->
                    NoCalibration.because(problems(rule), problem, failed, heldOut));
        return new CalibrationFit(
            values(rule, wanted.form(), fit),
            tally,
            fit.before(),
            fit.after(),
            fit.heldOut(),
            fit.standardError());
      } finally {
        rows.unpersist(false);
      }
    } finally {
      read.unpersist(false);
    }
  }

  /**
   * Where rows are kept for the passes to come: in memory, and on disk what does not fit. To a disk
   * Spark writes by the session's serialiser; only Java's is sure to know these rows, so by another
   * what does not fit is read again.
   */
  private static StorageLevel levelOf(JavaRDD<FitRows> rows) {
    String java = JavaSerializer.class.getName();
    String serializer = rows.context().getConf().get(SERIALIZER, java);
    if (serializer.equals(java)) {
      return StorageLevel.MEMORY_AND_DISK();
    }
    LOG.info(
        "{} is {}: rows that do not fit into memory are read again for each pass of the fit.",
        SERIALIZER,
        serializer);
    return StorageLevel.MEMORY_ONLY();
  }

  private static LabelledSums tally(Iterator<FitRows> chunks) {
    LabelledSums tally = new LabelledSums();
    chunks.forEachRemaining(chunk -> tally.add(chunk.tally()));
    return tally;
  }

  private static Masses masses(JavaRDD<FitRows> rows, EvaluationRule rule) {
    int labels = rule.labels().size();
    Masses masses = new Masses(labels);
    TaskResults.collect(
            rows,
            chunks -> {
              Masses part = new Masses(labels);
              chunks.forEachRemaining(part::add);
              return part;
            })
        .forEach(masses::add);
    return masses;
  }

  private static Objective objective(
      EvaluationRule rule, Form form, boolean[] staying, Masses masses) {
    int logits = rule.rule().classes();
    if (rule.rule().task() != Task.MULTICLASS) {
      int first = rule.labels().size() - logits;
      BothAnswers.require(rule.rule().task(), rule.labels(), first, staying, masses);
      return new SigmoidObjective(first, staying, masses);
    }
    if (form == Form.TEMPERATURE) {
      return SoftmaxObjective.ofTemperature(logits);
    }
    if (logits > MOST_BIASES) {
      throw NoCalibration.because(
          "there are "
              + logits
              + " classes, and a bias can be fitted to at most "
              + MOST_BIASES
              + ": leave out --bias");
    }
    for (int i = 0; i < logits; i++) {
      if (masses.held(i, FOLDS) == 0) {
        throw NoCalibration.because(
            "no row has the label "
                + rule.labels().get(i)
                + ", so its best bias is -∞: leave out --bias, or take rows that have each class");
      }
    }
    return SoftmaxObjective.ofTemperatureAndBias(logits);
  }

  /** The labels that each have a fit of their own; none where classes share one. */
  private static List<String> problems(EvaluationRule rule) {
    return rule.rule().task() == Task.MULTILABEL ? rule.labels() : List.of();
  }

  private static CalibrationValues values(EvaluationRule rule, Form form, CrossValidatedFit fit) {
    if (rule.rule().task() != Task.MULTICLASS) {
      return new CalibrationValues.OfSigmoids(
          rule.rule().task(),
          rule.labels(),
          fit.parameters().stream().map(p -> p[0]).toList(),
          fit.parameters().stream().map(p -> p[1]).toList());
    }
    double[] parameters = fit.parameters().get(0);
    double temperature = 1 / parameters[0];
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw NoCalibration.fallingWith(parameters[0]);
    }
    return new CalibrationValues.OfClasses(
        rule.labels(),
        temperature,
        form == Form.TEMPERATURE ? Optional.empty() : Optional.of(centred(parameters)));
  }

  /** The biases that sum to 0, of those that only differ by a constant, which softmax drops. */
  private static List<Double> centred(double[] parameters) {
    int classes = parameters.length;
    double sum = 0;
    for (int i = 1; i < classes; i++) {
      sum += parameters[i];
    }
    double mean = sum / classes;
    List<Double> biases = new ArrayList<>();
    IntStream.range(1, classes).forEach(i -> biases.add(parameters[i] - mean));
    biases.add(-mean);
    return biases;
  }
}
