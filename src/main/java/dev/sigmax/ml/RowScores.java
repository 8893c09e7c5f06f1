package dev.sigmax.ml;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import dev.sigmax.Functions;
import dev.sigmax.error.Counted;
import dev.sigmax.kernel.rule.RawLayout;
import dev.sigmax.kernel.rule.Task;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Probabilities and predictions of a column of raw predictions, as columns. A row whose raw
 * prediction contradicts its layout fails the query and is shown.
 */
record RowScores(
    String name,
    Column raw,
    ScoreForm form,
    RawLayout layout,
    Task task,
    double temperature,
    Optional<StageCalibration> calibration) {

  /** The probabilities, in the form that the raw predictions have. */
  Column probabilities() {
    return form.finished(elements());
  }

  private Column elements() {
    return switch (task) {
      case MULTICLASS -> Functions.softmax(logits(), divisor());
      case MULTILABEL -> Functions.sigmoid(logits(), divisor());
      case BINARY -> {
        boolean halves = layout == RawLayout.DOUBLED_MARGIN && calibration.isEmpty();
        double divisor = halves ? divisor() / 2 : divisor();
        Column margin = margin();
        yield when(
            margin.isNotNull(),
            array(
                Functions.sigmoid(margin.unary_$minus(), divisor),
                Functions.sigmoid(margin, divisor)));
      }
    };
  }

  private double divisor() {
    return calibration.map(each -> each.values().divisor()).orElse(temperature);
  }

  /** The raw prediction of each class or label, calibrated. */
  private Column logits() {
    Column elements = form.elements(raw);
    if (calibration.isEmpty()) {
      return elements;
    }
    int labels = calibration.get().values().labels().size();
    return calibration.get().applied(checked(elements, labels, "calibration says"));
  }

  /** A positive multiple of the log-odds of class 1; what they are exactly where calibrated. */
  private Column margin() {
    Column margin = uncalibratedMargin();
    if (calibration.isEmpty()) {
      return margin;
    }
    double times = layout == RawLayout.DOUBLED_MARGIN ? 2 : 1;
    return calibration.get().appliedToOne(margin.cast("double").multiply(lit(times)));
  }

  private Column uncalibratedMargin() {
    if (form == ScoreForm.NUMBER) {
      return raw;
    }
    Column elements = form.elements(raw);
    Column last = elements.getItem(layout == RawLayout.MARGIN ? 0 : 1);
    Column fits =
        layout == RawLayout.MARGIN
            ? size(elements).equalTo(1)
            : size(elements)
                .equalTo(2)
                .and(
                    elements
                        .getItem(0)
                        .equalTo(last.unary_$minus())
                        .or(elements.getItem(0).isNull())
                        .or(last.isNull()));
    String expected = layout == RawLayout.MARGIN ? "one number" : "(-m, m)";
    return when(raw.isNull(), lit(null))
        .when(fits, last)
        .otherwise(
            refusal("is not " + expected + ", as rawLayout=" + LayoutName.of(layout) + " says"));
  }

  /** The raw prediction as it is shown: a vector cannot be cast to a string. */
  private Column shown() {
    return form == ScoreForm.NUMBER ? raw : form.elements(raw);
  }

  private Column refusal(String reason) {
    return raise_error(
        concat(
            lit("the raw prediction "), shown().cast("string"), lit(" in " + name + " " + reason)));
  }

  /**
   * The class with the largest p / threshold, as Spark ML has it, or with the largest raw
   * prediction where there are no thresholds: a double. Of a multilabel task, 1 for each label with
   * p ≥ threshold and 0 for the others. null where a number is NaN or missing, also where it is
   * that of one label alone: a vector has no room for what is not known.
   */
  Column prediction(Optional<double[]> thresholds) {
    if (task == Task.MULTILABEL) {
      return labels(thresholds);
    }
    if (thresholds.isPresent()) {
      return Functions.argmax(scaled(thresholds.get())).cast("double");
    }
    return task == Task.MULTICLASS
        ? Functions.argmax(logits()).cast("double")
        : when(margin().isNaN(), lit(null)).otherwise(margin().gt(0).cast("double"));
  }

  private Column labels(Optional<double[]> thresholds) {
    Column elements = elements();
    Column known = exists(elements, p -> p.isNull().or(p.isNaN())).unary_$bang();
    Column decided =
        thresholds
            .map(
                each ->
                    zip_with(
                        checked(elements, each.length, "thresholds say"),
                        lit(each),
                        RowScores::holds))
            .orElseGet(() -> transform(elements, p -> holds(p, lit(0.5))));
    return form.finished(when(known, decided));
  }

  private static Column holds(Column probability, Column threshold) {
    return when(probability.geq(threshold), lit(1.0)).otherwise(lit(0.0));
  }

  /** A threshold of 0 is always exceeded, but by a probability of 0 never. */
  private Column scaled(double[] thresholds) {
    return zip_with(
        checked(elements(), thresholds.length, "thresholds say"),
        lit(thresholds),
        (p, threshold) ->
            when(threshold.notEqual(0), p.divide(threshold))
                .when(p.gt(0), lit(Double.POSITIVE_INFINITY))
                .otherwise(lit(Double.NEGATIVE_INFINITY)));
  }

  private Column checked(Column elements, int classes, String who) {
    return when(elements.isNull().or(size(elements).equalTo(classes)), elements)
        .otherwise(
            refusal("does not have " + Counted.of(classes, "class", "classes") + ", as " + who));
  }
}
