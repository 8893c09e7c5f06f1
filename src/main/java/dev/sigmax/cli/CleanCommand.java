package dev.sigmax.cli;

import dev.sigmax.cli.session.SparkSessions;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.CleanJob;
import dev.sigmax.job.CleanTableJob;
import dev.sigmax.output.publish.Attempts.Attempt;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code clean OUTPUT} and {@code clean --table TABLE} */
final class CleanCommand implements Command {
  private static final String TABLE = "--table";
  private static final String OLDER_THAN = "--older-than";
  private static final int AN_HOUR = 60;

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("clean");
    spec.usageMessage()
        .customSynopsis(
            "sigmax clean OUTPUT [--older-than MINUTES]",
            "       sigmax clean --table CATALOG.DB.TABLE [--older-than MINUTES]")
        .description(
            "Removes what killed runs left beside an output, or among the data of a table. The output"
                + " itself, and runs in the table, stay.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("OUTPUT")
            .arity("0..1")
            .index("0")
            .type(String.class)
            .description("the folder of a run, published or not")
            .build());
    spec.addOption(
        OptionSpec.builder(TABLE)
            .arity("1")
            .type(String.class)
            .paramLabel("CATALOG.DB.TABLE")
            .description("a table that runs publish to")
            .build());
    spec.addOption(
        OptionSpec.builder(OLDER_THAN)
            .paramLabel("MINUTES")
            .arity("1")
            .type(int.class)
            .description(
                "keep attempts that were written to in this time, since they may still run (default: "
                    + AN_HOUR
                    + ")")
            .build());
    return spec;
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) throws IOException {
    int minutes = arguments.matchedOptionValue(OLDER_THAN, AN_HOUR);
    if (minutes < 0) {
      throw new UsageException(
          ErrorName.OPTION_VALUE, OLDER_THAN + " takes a number of minutes, 0 or more.");
    }
    CleanJob.Result result = clean(arguments, Duration.ofMinutes(minutes));
    for (Attempt attempt : result.removed()) {
      out.println("removed " + attempt.folder() + ", last written " + attempt.lastWritten());
    }
    for (Attempt attempt : result.left()) {
      out.println(
          "left "
              + attempt.folder()
              + ", written "
              + attempt.lastWritten()
              + ": it may be under way. If it is not, take --older-than 0.");
    }
    if (result.removed().isEmpty() && result.left().isEmpty()) {
      out.println("nothing to remove");
    }
  }

  private static CleanJob.Result clean(ParseResult arguments, Duration age) throws IOException {
    String output = arguments.matchedPositionalValue(0, null);
    String table = arguments.matchedOptionValue(TABLE, null);
    if ((output == null) == (table == null)) {
      throw new UsageException(
          output == null ? ErrorName.OPTION_MISSING : ErrorName.OPTIONS_CONFLICT,
          "clean what? Name an output, or a table with " + TABLE + "; one of them.");
    }
    return table == null
        ? new CleanJob(output, age, SparkSessions.configuration()).run()
        : new CleanTableJob(SparkSessions.open(), table, age).run();
  }
}
