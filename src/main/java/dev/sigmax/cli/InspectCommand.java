package dev.sigmax.cli;

import dev.sigmax.job.InspectJob;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code inspect INPUT...} */
final class InspectCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("inspect");
    spec.usageMessage()
        .description(
            "Describes Parquet files from their footers and a sample: rows, columns, types,"
                + " encodings, which tasks fit, and what looks wrong.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("INPUT")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Parquet files or folders, or globs of them")
            .build());
    return spec;
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) {
    List<String> inputs = arguments.matchedPositionalValue(0, List.of());
    InspectJob.Inspection inspection = new InspectJob(SparkSessions.open(), inputs).run();
    out.print(inspection.text());
    if (inspection.unreadable().isPresent()) {
      throw inspection.unreadable().get();
    }
  }
}
