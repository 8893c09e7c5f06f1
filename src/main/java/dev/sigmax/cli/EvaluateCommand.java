package dev.sigmax.cli;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.EvaluateJob;
import dev.sigmax.job.evaluate.EvaluationRequest;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.report.Evaluation;
import dev.sigmax.report.EvaluationText;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code evaluate INPUT|OUTPUT --label COLUMN} */
final class EvaluateCommand implements Command {
  static final String LABEL = "--label";
  static final String WEIGHT = "--weight";
  private static final String THRESHOLD = "--threshold";
  private static final String JSON = "--json";

  /** What says how the logits of an input are read. */
  static final Set<JobKey> READING =
      Set.of(
          JobKey.TASK,
          JobKey.LOGITS,
          JobKey.LABELS,
          JobKey.CLASSES,
          JobKey.TEMPERATURE,
          JobKey.NON_FINITE);

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("evaluate");
    spec.usageMessage()
        .sortOptions(false)
        .sortSynopsis(false)
        .description(
            "Tells how good probabilities are, against labels that lie beside their logits: loss,"
                + " Brier score, accuracy, quality of each class, calibration, and what the wrong"
                + " function would have cost.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("INPUT|OUTPUT")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Parquet files or folders of logits, or the output of a run")
            .build());
    spec.addOption(
        text(
            LABEL,
            "COLUMNS",
            "what really held: the class, by name; of a multilabel task a yes or no for each label,"
                + " as a comma list or a glob of columns or as one array column, or an array of the"
                + " labels that hold"));
    spec.addOption(text(WEIGHT, "COLUMN", "how much each row counts; default 1"));
    spec.addOption(
        text(
            THRESHOLD,
            "P",
            "from which probability on a binary or multilabel prediction is a yes; default 0.5"));
    JobOptions.addTo(spec, READING);
    spec.addOption(
        OptionSpec.builder(JSON)
            .arity("0")
            .type(boolean.class)
            .description("as one object of JSON")
            .build());
    return spec;
  }

  static OptionSpec text(String name, String value, String meaning) {
    return OptionSpec.builder(name)
        .arity("1")
        .type(String.class)
        .paramLabel(value)
        .description(meaning)
        .build();
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) throws IOException {
    Evaluation evaluation = new EvaluateJob(SparkSessions.open(), request(arguments)).run();
    out.print(
        arguments.hasMatchedOption(JSON)
            ? EvaluationJson.of(evaluation) + System.lineSeparator()
            : EvaluationText.of(evaluation));
  }

  static EvaluationRequest request(ParseResult arguments) {
    JobSettings settings = JobOptions.settings(arguments, READING);
    return new EvaluationRequest(
        arguments.matchedPositionalValue(0, List.of()),
        arguments.matchedOptionValue(LABEL, ""),
        Optional.ofNullable(arguments.matchedOptionValue(WEIGHT, null)),
        Optional.ofNullable(arguments.<String>matchedOptionValue(THRESHOLD, null))
            .map(EvaluateCommand::number),
        settings);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new UsageException(
          ErrorName.OPTION_VALUE, THRESHOLD + " must be a number, not " + text + ".", e);
    }
  }
}
