package dev.sigmax.cli;

import dev.sigmax.job.JobSpec;
import dev.sigmax.job.Outcome;
import dev.sigmax.job.ScoringJob;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code score [JOB.yaml] [OPTIONS]}: an option for each key of a job file, and it wins. */
final class ScoreCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("score");
    spec.usageMessage()
        .sortOptions(false)
        .sortSynopsis(false)
        .description(
            "Reads logits from Parquet, writes probabilities and row checks, and publishes all or"
                + " nothing.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("[JOB.yaml]")
            .arity("0..1")
            .index("0")
            .type(Path.class)
            .description("a job file; each of its keys is an option, and an option wins")
            .build());
    JobOptions.addTo(spec);
    return spec;
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) throws IOException {
    JobSpec spec = JobOptions.job(arguments, arguments.matchedPositionalValue(0, null));
    Outcome outcome = new ScoringJob(SparkSessions.open(), spec, Version.sigmax()).run();
    out.print(OutcomeText.of(outcome));
  }
}
