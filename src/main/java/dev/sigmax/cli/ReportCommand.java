package dev.sigmax.cli;

import dev.sigmax.cli.session.SparkSessions;
import dev.sigmax.job.ReportJob;
import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code report OUTPUT} */
final class ReportCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("report");
    spec.usageMessage()
        .description(
            "Makes the page of a published run again, _sigmax/report.html, from its manifest.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("OUTPUT")
            .arity("1")
            .required(true)
            .type(String.class)
            .description("the folder of a published run")
            .build());
    return spec;
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) throws IOException {
    out.println(
        new ReportJob(arguments.matchedPositionalValue(0, ""), SparkSessions.configuration())
            .run());
  }
}
