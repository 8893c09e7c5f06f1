package dev.sigmax.cli;

import dev.sigmax.cli.result.HistoryJson;
import dev.sigmax.cli.result.ReadableJson;
import dev.sigmax.cli.session.SparkSessions;
import dev.sigmax.job.HistoryJob;
import dev.sigmax.output.TextFile;
import dev.sigmax.report.History;
import dev.sigmax.report.HistoryPage;
import dev.sigmax.report.HistoryText;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code history FOLDER [--json] [--html FILE [--replace]]} */
final class HistoryCommand implements Command {
  private static final String JSON = "--json";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("history");
    spec.usageMessage()
        .sortOptions(false)
        .sortSynopsis(false)
        .description(
            "Shows the published runs whose outputs lie in one folder over time: rows, bad rows,"
                + " confidence, and how far each run is from the one before of the same task and"
                + " classes. Reads their manifests alone, and starts no Spark.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("FOLDER")
            .arity("1")
            .required(true)
            .type(String.class)
            .description("the folder that the outputs lie in")
            .build());
    PageOption.addTo(spec, "write a page with line charts");
    spec.addOption(Command.flag(JSON, "print one object of JSON"));
    return spec;
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) throws IOException {
    Optional<TextFile> page = PageOption.page(arguments);
    History history =
        new HistoryJob(arguments.matchedPositionalValue(0, ""), SparkSessions.configuration())
            .run();
    page.ifPresent(file -> file.write(HistoryPage.html(history)));
    if (arguments.hasMatchedOption(JSON)) {
      ReadableJson.print(HistoryJson.of(history), out);
    } else {
      out.print(HistoryText.of(history));
      page.ifPresent(file -> out.println("\nwritten to " + file.path()));
    }
  }
}
