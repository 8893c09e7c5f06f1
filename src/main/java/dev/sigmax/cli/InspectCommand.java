package dev.sigmax.cli;

import dev.sigmax.cli.result.InspectionJson;
import dev.sigmax.cli.result.ReadableJson;
import dev.sigmax.cli.session.SparkSessions;
import dev.sigmax.job.InspectJob;
import dev.sigmax.job.inspect.WrittenJobFile;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.report.InspectionText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code inspect INPUT... [--write-job FILE [--replace]] [--json]} */
final class InspectCommand implements Command {
  private static final String WRITE_JOB = "--write-job";
  private static final String REPLACE = "--" + JobKey.REPLACE.key();
  private static final String JSON = "--json";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("inspect");
    spec.usageMessage()
        .sortOptions(false)
        .sortSynopsis(false)
        .description(
            "Describes Parquet or Arrow files from their footers and a sample of rows: columns, the likely"
                + " logits, what their numbers are, the task they speak for, and what looks wrong."
                + " Ends with a job file. Starts no Spark.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("INPUT")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Parquet or Arrow files, folders, or globs of them")
            .build());
    spec.addOption(
        OptionSpec.builder(WRITE_JOB)
            .arity("1")
            .type(Path.class)
            .paramLabel("FILE")
            .description("write the job file")
            .build());
    spec.addOption(Command.flag(REPLACE, "write over a job file that is there"));
    spec.addOption(Command.flag(JSON, "print one object of JSON"));
    return spec;
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) throws IOException {
    List<String> inputs = arguments.matchedPositionalValue(0, List.of());
    Optional<WrittenJobFile> file =
        Optional.<Path>ofNullable(arguments.matchedOptionValue(WRITE_JOB, null))
            .map(path -> new WrittenJobFile(path, arguments.hasMatchedOption(REPLACE)));
    InspectJob job = new InspectJob(SparkSessions.configuration(), inputs);
    InspectJob.Inspected inspected = file.isPresent() ? job.runAndWrite(file.get()) : job.run();
    Optional<Path> written =
        inspected.unreadable().isPresent() ? Optional.empty() : file.map(WrittenJobFile::path);
    if (arguments.hasMatchedOption(JSON)) {
      ReadableJson.print(InspectionJson.of(inspected.inspection(), written), out);
    } else {
      out.print(InspectionText.of(inspected.inspection(), written));
    }
    if (inspected.unreadable().isPresent()) {
      throw inspected.unreadable().get();
    }
  }
}
