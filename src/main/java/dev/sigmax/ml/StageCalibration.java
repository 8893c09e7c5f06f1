package dev.sigmax.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.error.JsonFault;
import dev.sigmax.job.spec.CalibrationValues;
import dev.sigmax.kernel.rule.Calibration;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/** A calibration of raw predictions, with the arithmetic of a job that has it. */
record StageCalibration(CalibrationValues values) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);

  /**
   * What a file of {@code calibrate} says.
   *
   * @throws IllegalArgumentException if the text is no such file's
   */
  static StageCalibration of(String text) {
    try {
      Map<?, ?> content = JSON.readValue(text, Map.class);
      if (content == null) {
        throw new IllegalArgumentException("it holds nothing");
      }
      CalibrationValues values = CalibrationValues.of(content);
      values.calibration();
      return new StageCalibration(values);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(JsonFault.told(e), e);
    }
  }

  /** Whether a text is that of a calibration. */
  static boolean isOne(String text) {
    try {
      of(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The text that {@link #of} reads. */
  static String text(CalibrationValues values) {
    try {
      return JSON.writeValueAsString(values.toMap());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An array of as many logits as there are labels, calibrated; null for one with a null. */
  Column applied(Column logits) {
    Calibration calibration = values.calibration();
    if (calibration.isNone()) {
      return logits;
    }
    UDF1<Seq<Double>, double[]> apply = row -> row == null ? null : applied(calibration, row);
    return functions.udf(apply, DOUBLES).apply(logits.cast("array<double>"));
  }

  private static double[] applied(Calibration calibration, Seq<Double> row) {
    double[] logits = new double[row.size()];
    for (int i = 0; i < logits.length; i++) {
      Object logit = row.apply(i);
      if (logit == null) {
        return null;
      }
      logits[i] = (Double) logit;
    }
    calibration.apply(logits, logits.length, logits);
    return logits;
  }

  /** The logit of a binary task, calibrated; null for null. */
  Column appliedToOne(Column logit) {
    return applied(functions.array(logit)).getItem(0);
  }
}
