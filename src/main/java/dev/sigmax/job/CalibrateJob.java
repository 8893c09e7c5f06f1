package dev.sigmax.job;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.QualityException;
import dev.sigmax.files.FullPath;
import dev.sigmax.job.calibrate.CalibrationFit;
import dev.sigmax.job.calibrate.WantedFit;
import dev.sigmax.job.evaluate.EvaluationRequest;
import dev.sigmax.job.evaluate.LabelledRows;
import dev.sigmax.job.evaluate.LabelledSource;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.CalibrationFile;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.report.CalibrationText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Fits a calibration to labelled logits and writes it to a file, where it lowers the loss of rows
 * that it was not fitted by.
 */
public final class CalibrateJob {
  private final Supplier<SparkSession> spark;
  private final Configuration configuration;
  private final EvaluationRequest request;
  private final WantedFit wanted;
  private final Path file;
  private final boolean replace;

  /**
   * A calibration of what {@code request} names.
   *
   * @param spark asked for a session only once the input's footers are as they should be
   * @param file where it is written
   * @param replace whether it may be written over a file that is there
   */
  public CalibrateJob(
      Supplier<SparkSession> spark,
      Configuration configuration,
      EvaluationRequest request,
      WantedFit wanted,
      String file,
      boolean replace) {
    this.spark = () -> RunSession.open(spark.get());
    this.configuration = configuration;
    this.request = request;
    this.wanted = wanted;
    this.file = new Path(file);
    this.replace = replace;
  }

  /**
   * Fits and writes, and returns what to tell a person; {@link QualityException} where the
   * calibration would not help, and nothing is written.
   */
  public String run(String version) throws IOException {
    return FailureExplainer.explained(file, () -> calibrate(version));
  }

  private String calibrate(String version) throws IOException {
    CalibrationFile.requireWritable(file, replace, configuration);
    LabelledRows labelled = LabelledSource.openInput(spark, configuration, request);
    CalibrationFit fit =
        CalibrationFit.of(
            labelled, wanted, tally -> UsableRows.TO_FIT.require(tally, labelled, request));
    String text = text(labelled, fit);
    if (!fit.helps()) {
      throw new QualityException(
          ErrorName.CALIBRATION_WOULD_NOT_HELP,
          "the calibration would not help, and is not written: on rows that it was not fitted by,"
              + " the loss is not lower with it.\n"
              + text.stripTrailing());
    }
    CalibrationFile.write(file, fit.values(), described(fit, version), replace, configuration);
    return text + "\nwritten to " + file + "\n";
  }

  private String text(LabelledRows labelled, CalibrationFit fit) {
    return CalibrationText.of(
        labelled.source(),
        fit.values().toMap(),
        fit.rows().rows(),
        fit.rows().evaluated(),
        wanted.uncalibrated(),
        new CalibrationText.Losses(
            fit.before(), fit.after(), fit.heldOut(), fit.standardError(), CalibrationFit.FOLDS));
  }

  /** Where the values come from and what they are worth, for whoever finds the file. */
  private Map<String, Object> described(CalibrationFit fit, String version) throws IOException {
    Map<String, Object> loss = new LinkedHashMap<>();
    loss.put("before", fit.before());
    loss.put("after", fit.after());
    loss.put("held_out", fit.heldOut());
    loss.put("standard_error", fit.standardError());
    loss.put("folds", CalibrationFit.FOLDS);
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("input", FullPath.redacted(request.paths(), configuration));
    described.put("label", request.label());
    request.weight().ifPresent(weight -> described.put("weight", weight));
    if (!wanted.uncalibrated().isEmpty()) {
      described.put("uncalibrated", wanted.uncalibrated());
    }
    described.put("rows", fit.rows().evaluated());
    described.put("loss", loss);
    described.put("sigmax", version);
    return described;
  }
}
