package dev.sigmax.cli;

import dev.sigmax.cli.result.EvaluationJson;
import dev.sigmax.cli.result.ReadableJson;
import dev.sigmax.cli.session.SparkSessions;
import dev.sigmax.job.EvaluateJob;
import dev.sigmax.job.evaluate.EvaluationRequest;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.output.TextFile;
import dev.sigmax.report.Evaluation;
import dev.sigmax.report.EvaluationPage;
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
  private static final String JSON = "--json";

  /** What says how the logits of an input are read. */
  static final Set<JobKey> READING =
      Set.of(
          JobKey.TASK,
          JobKey.LOGITS,
          JobKey.RAW_LAYOUT,
          JobKey.LABELS,
          JobKey.CLASSES,
          JobKey.TEMPERATURE,
          JobKey.CALIBRATION,
          JobKey.NON_FINITE,
          JobKey.THRESHOLD,
          JobKey.THRESHOLDS);

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
            .description("Parquet or Arrow files or folders of logits, or the output of a run")
            .build());
    spec.addOption(
        text(
            LABEL,
            "COLUMNS",
            "what really held: the class, by name; of a multilabel task a yes or no for each label,"
                + " as a comma list or a glob of columns or as one array column, or an array of the"
                + " labels that hold"));
    spec.addOption(text(WEIGHT, "COLUMN", "how much each row counts; default 1"));
    JobOptions.addTo(spec, READING);
    PageOption.addTo(spec, "write a page with reliability diagrams");
    spec.addOption(Command.flag(JSON, "print one object of JSON"));
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
    EvaluationRequest request = request(arguments);
    Optional<TextFile> page = PageOption.page(arguments);
    Evaluation evaluation = evaluate(request);
    Optional<Evaluation> before =
        request.settings().keys().contains(JobKey.CALIBRATION)
            ? Optional.of(evaluate(request.uncalibrated()))
            : Optional.empty();
    page.ifPresent(file -> file.write(EvaluationPage.html(evaluation, before)));
    if (arguments.hasMatchedOption(JSON)) {
      ReadableJson.print(EvaluationJson.of(evaluation, before), out);
    } else {
      out.print(EvaluationText.of(evaluation, before));
      page.ifPresent(file -> out.println("\nwritten to " + file.path()));
    }
  }

  private static Evaluation evaluate(EvaluationRequest request) throws IOException {
    return new EvaluateJob(SparkSessions::open, SparkSessions.configuration(), request).run();
  }

  static EvaluationRequest request(ParseResult arguments) {
    JobSettings settings = JobOptions.settings(arguments, READING);
    return new EvaluationRequest(
        arguments.matchedPositionalValue(0, List.of()),
        arguments.matchedOptionValue(LABEL, ""),
        Optional.ofNullable(arguments.matchedOptionValue(WEIGHT, null)),
        settings);
  }
}
