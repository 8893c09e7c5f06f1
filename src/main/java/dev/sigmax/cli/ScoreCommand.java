package dev.sigmax.cli;

import dev.sigmax.job.spec.JobSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code score [JOB.yaml...] [OPTIONS]}: an option for each key of a job file, and it wins. */
final class ScoreCommand implements Command {
  private static final String QUIET = "--quiet";
  private static final String JSON = "--json";

  private final PrintStream err;
  private Optional<Scoring> scoring = Optional.empty();

  /** Shows its progress on {@code err}. */
  ScoreCommand(PrintStream err) {
    this.err = err;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("score");
    spec.usageMessage()
        .sortOptions(false)
        .sortSynopsis(false)
        .customSynopsis("sigmax score [JOB.yaml...] [OPTIONS]")
        .description(
            "Reads logits from Parquet or Arrow, writes probabilities and row checks, and publishes all or"
                + " nothing.")
        .footerHeading("Examples:%n")
        .footer(
            "  sigmax score jobs/digits.yaml",
            "  sigmax score jobs/digits.yaml --output /tmp/digits --precision double",
            "  sigmax score jobs/digits.yaml jobs/tumours.yaml",
            "  sigmax score --input logits --output probabilities --task multiclass",
            "Options of Spark, such as --master and --conf, can stand among them.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("JOB.yaml")
            .arity("0..*")
            .index("0..*")
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .description(
                "a job file; an option replaces the key of the same name. Several jobs run one after"
                    + " the other, each with its own publication; the exit code is then the"
                    + " smallest that is not 0")
            .build());
    JobOptions.addTo(spec);
    spec.addOption(Command.flag(QUIET, "print nothing but errors and warnings"));
    spec.addOption(
        Command.flag(JSON, "print the summary as one object of JSON, also with --quiet"));
    return spec;
  }

  @Override
  public List<Step> steps(ParseResult arguments) {
    List<Path> files = arguments.matchedPositionalValue(0, List.of());
    return files.size() > 1
        ? SeveralJobs.read(
            arguments, files, arguments.hasMatchedOption(JSON), () -> scoring(arguments))
        : Command.super.steps(arguments);
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) throws IOException {
    List<Path> files = arguments.matchedPositionalValue(0, List.of());
    JobSpec job = JobOptions.job(arguments, files.isEmpty() ? null : files.get(0));
    Scoring one = scoring(arguments);
    scoring = Optional.of(one);
    one.run(job, out);
  }

  private Scoring scoring(ParseResult arguments) {
    return new Scoring(
        "",
        new Scoring.Telling(
            err,
            arguments.hasMatchedOption(QUIET),
            arguments.hasMatchedOption(JSON),
            LogFormat.of(arguments) == LogFormat.TEXT));
  }

  @Override
  public String state() {
    return scoring.map(Scoring::state).orElse(Scoring.NOTHING_PUBLISHED);
  }

  @Override
  public Optional<String> cutOff() {
    return scoring
        .map(Scoring::cutOff)
        .orElseGet(() -> Optional.of(CUT_OFF + " " + Scoring.NOTHING_PUBLISHED));
  }
}
