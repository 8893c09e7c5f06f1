package dev.sigmax.cli;

import dev.sigmax.job.PublishedRun;
import dev.sigmax.job.VerifyJob;
import dev.sigmax.output.Manifest;
import java.io.IOException;
import java.io.PrintStream;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code verify OUTPUT [--run-id ID]} */
final class VerifyCommand implements Command {
  private static final String RUN_ID = "--run-id";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("verify");
    spec.usageMessage()
        .description(
            "Reads a published run back from disk and holds it against its manifest; exit code 6 where"
                + " they differ.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("OUTPUT")
            .arity("1")
            .required(true)
            .type(String.class)
            .description("the folder of a published run")
            .build());
    spec.addOption(
        OptionSpec.builder(RUN_ID)
            .paramLabel("ID")
            .arity("1")
            .type(String.class)
            .description(
                "only whether this run is the one that is published there, by its manifest alone: the"
                    + " last word of a scheduled step")
            .build());
    return spec;
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) throws IOException {
    String output = arguments.matchedPositionalValue(0, "");
    String runId = arguments.matchedOptionValue(RUN_ID, null);
    if (runId != null) {
      Manifest manifest = PublishedRun.require(output, runId, SparkSessions.configuration());
      out.println("run " + runId + " is published since " + manifest.publishedAt());
      return;
    }
    Manifest manifest = new VerifyJob(SparkSessions.open(), output).run();
    out.print(
        OutcomeText.summary(
            "verified run " + manifest.runId() + ": as its manifest says",
            new Path(output),
            manifest,
            false));
  }
}
