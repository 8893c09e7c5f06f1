package dev.sigmax.cli;

import dev.sigmax.cli.session.SparkSessions;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.column.ColumnChoice;
import dev.sigmax.job.CalibrateJob;
import dev.sigmax.job.calibrate.CalibrationFit.Form;
import dev.sigmax.job.calibrate.WantedFit;
import dev.sigmax.job.evaluate.EvaluationRequest;
import dev.sigmax.job.spec.JobKey;
import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code calibrate INPUT --label COLUMN --write FILE} */
final class CalibrateCommand implements Command {
  private static final String WRITE = "--write";
  private static final String BIAS = "--bias";
  private static final String UNCALIBRATED = "--uncalibrated";
  private static final String REPLACE = "--" + JobKey.REPLACE.key();
  private static final Set<JobKey> READING =
      EnumSet.of(JobKey.TASK, JobKey.LOGITS, JobKey.RAW_LAYOUT, JobKey.LABELS, JobKey.CLASSES);

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("calibrate");
    spec.usageMessage()
        .sortOptions(false)
        .sortSynopsis(false)
        .description(
            "Fits a calibration to logits with labels beside them, for score --calibration FILE: a"
                + " temperature for a multiclass task, a slope and an offset for each logit"
                + " otherwise. Writes it if it lowers the loss of rows that it was not fitted by;"
                + " exit code 4 if not.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("INPUT")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Parquet or Arrow files or folders of logits")
            .build());
    spec.addOption(
        EvaluateCommand.text(EvaluateCommand.LABEL, "COLUMNS", "the truth, as evaluate takes it"));
    spec.addOption(
        EvaluateCommand.text(
            EvaluateCommand.WEIGHT, "COLUMN", "how much each row counts; default 1"));
    spec.addOption(EvaluateCommand.text(WRITE, "FILE", "where the calibration goes"));
    spec.addOption(Command.flag(BIAS, "fit a bias for each class of a multiclass task, too"));
    spec.addOption(
        EvaluateCommand.text(
            UNCALIBRATED,
            "LABELS",
            "labels of a multilabel task whose logits stay as they are, such as one that holds in no"
                + " row"));
    spec.addOption(Command.flag(REPLACE, "write over a file that is there"));
    JobOptions.addTo(spec, READING);
    return spec;
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) throws IOException {
    String file = arguments.matchedOptionValue(WRITE, "");
    if (file.isBlank()) {
      throw new UsageException(
          ErrorName.OPTION_MISSING, "no file is given to write the calibration to: --write FILE.");
    }
    EvaluationRequest request = EvaluateCommand.request(arguments);
    WantedFit wanted =
        new WantedFit(
            arguments.hasMatchedOption(BIAS) ? Form.TEMPERATURE_AND_BIAS : Form.TEMPERATURE,
            new ColumnChoice.Text(arguments.matchedOptionValue(UNCALIBRATED, "")).items());
    out.print(
        new CalibrateJob(
                SparkSessions::open,
                SparkSessions.configuration(),
                request,
                wanted,
                file,
                arguments.hasMatchedOption(REPLACE))
            .run(Version.sigmax()));
  }
}
