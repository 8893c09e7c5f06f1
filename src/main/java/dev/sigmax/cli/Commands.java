package dev.sigmax.cli;

import dev.sigmax.cli.console.FilteredStandardError;
import dev.sigmax.cli.console.JsonLog;
import dev.sigmax.cli.console.RedactedStream;
import dev.sigmax.cli.console.WatchedOutput;
import dev.sigmax.cli.session.SparkSessions;
import dev.sigmax.cli.session.StoppedSpark;
import dev.sigmax.cli.session.UnnamedUser;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.ThreadLimit;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.failure.NativeLibraries;
import dev.sigmax.spark.SparkMisfit;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.util.ShutdownHookManager;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands: reads arguments, runs one of them, and tells people how it ended. */
final class Commands {
  private static final String VERBOSE = "--verbose";
  private static final String HELP = "help";

  private final Map<String, Command> commands = new LinkedHashMap<>();
  private final WatchedOutput written;
  private final PrintStream out;
  private final RedactedStream err;
  private LogFormat format = LogFormat.TEXT;

  /** What the good ends of the steps came to, for who does not get their texts. */
  private List<String> ends = List.of();

  Commands(WatchedOutput out, PrintStream err) {
    this.written = out;
    this.out = new RedactedStream(out);
    this.err = new RedactedStream(err);
    for (Command command :
        List.of(
            new ScoreCommand(this.err),
            new BackfillCommand(this.err),
            new InspectCommand(),
            new VerifyCommand(),
            new ReportCommand(),
            new HistoryCommand(),
            new CleanCommand(),
            new ExplainCommand(),
            new EvaluateCommand(),
            new CalibrateCommand(),
            new VersionCommand())) {
      commands.put(command.spec().name(), command);
    }
  }

  /** Runs a command and ends the process with its exit code. */
  static void runAndExit(String[] arguments) {
    FilteredStandardError.drainAtExit();
    int code = new Commands(WatchedOutput.standard(), System.err).run(arguments);
    SparkSessions.stop();
    // In a cluster's driver an exit by hand may read as a failure, so a good end just returns.
    if (code != ExitCode.PUBLISHED.code()) {
      System.exit(code);
    }
  }

  /** Runs a command and returns its exit code. */
  int run(String[] arguments) {
    int code = parseAndRun(arguments);
    out.flush();
    Optional<String> lost = written.failure();
    if (lost.isEmpty()) {
      return code;
    }
    List<String> told = new ArrayList<>(List.of(named(ErrorName.STANDARD_OUTPUT, lost.get())));
    told.addAll(ends);
    String message = String.join(System.lineSeparator(), told);
    int failed = tell(new IOException(message), message, false);
    return code == ExitCode.PUBLISHED.code() ? failed : code;
  }

  private int parseAndRun(String[] arguments) {
    CommandLine commandLine = commandLine();
    ParseResult parsed;
    try {
      format = LogFormat.of(List.of(arguments));
      if (format == LogFormat.JSON) {
        JsonLog.begin();
        err.logLines();
      }
      parsed = commandLine.parseArgs(arguments);
      if (parsed.hasSubcommand()) {
        require(parsed.subcommand());
      }
      if (isForHelp(parsed)) {
        commandLine.setUsageHelpWidth(HelpWidth.here());
      }
      if (CommandLine.printHelpIfRequested(parsed)) {
        return ExitCode.PUBLISHED.code();
      }
    } catch (UsageException e) {
      return tell(e, named(e), false);
    } catch (ParameterException e) {
      return tell(e);
    }
    if (!parsed.hasSubcommand()) {
      commandLine.setUsageHelpWidth(HelpWidth.here());
      commandLine.usage(err);
      return ExitCode.USAGE.code();
    }
    UnnamedUser.name();
    return run(parsed.subcommand());
  }

  /** Not every call has the time to ask how wide the terminal is. */
  private static boolean isForHelp(ParseResult parsed) {
    ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    return last.isUsageHelpRequested() || last.commandSpec().name().equals(HELP);
  }

  private void require(ParseResult arguments) {
    Command command = commands.get(arguments.commandSpec().name());
    if (command == null) {
      requireKnown(arguments.matchedPositionalValue(0, HELP), arguments.commandSpec().parent());
      requireNothingLeft(arguments);
    } else {
      command.require(arguments);
    }
  }

  /** A name that no command has is refused as the parser refuses it without a help before it. */
  private static void requireKnown(String name, CommandSpec root) {
    if (!root.subcommands().containsKey(name)) {
      root.commandLine().parseArgs(name);
    }
  }

  /** The parser lets anything pass behind a command of help. */
  private static void requireNothingLeft(ParseResult arguments) {
    if (!arguments.unmatched().isEmpty()) {
      throw new UnmatchedArgumentException(
          arguments.commandSpec().commandLine(), arguments.unmatched());
    }
  }

  private int run(ParseResult arguments) {
    boolean verbose = arguments.hasMatchedOption(VERBOSE);
    Command command = commands.get(arguments.commandSpec().name());
    List<Command.Step> steps;
    try {
      LogFormat.of(arguments);
      steps = command.steps(arguments);
    } catch (SigmaxException failure) {
      return tell(failure, named(failure), verbose);
    }
    StepsUnderWay underWay = new StepsUnderWay(this::tellCutOff);
    List<Integer> codes =
        underWay.watch(
            () ->
                StepPool.run(
                    steps,
                    command.atOnce(arguments),
                    out,
                    (step, text) -> underWay.run(step, () -> run(step, text, verbose))));
    ends =
        IntStream.range(0, steps.size())
            .filter(step -> codes.get(step) == ExitCode.PUBLISHED.code())
            .mapToObj(steps::get)
            .filter(step -> !step.state().isEmpty())
            .map(step -> of(step) + step.state())
            .toList();
    return ExitCode.worst(codes);
  }

  private int run(Command.Step step, PrintStream text, boolean verbose) {
    String of = of(step);
    try {
      StoppedSpark.watched(() -> step.run(text));
      return ExitCode.PUBLISHED.code();
    } catch (ExternalException failure) {
      return tell(failure, of + withState(named(failure), step), verbose);
    } catch (SigmaxException failure) {
      return tell(failure, of + named(failure), verbose);
    } catch (Exception | Error failure) {
      Optional<? extends SigmaxException> recognised =
          Optional.<SigmaxException>empty()
              .or(() -> NativeLibraries.explain(failure))
              .or(() -> ThreadLimit.explain(failure))
              .or(() -> SparkMisfit.explain(failure));
      if (recognised.isPresent()) {
        return tell(recognised.get(), of + withState(named(recognised.get()), step), verbose);
      }
      String what = String.valueOf(failure);
      String message = "something failed that should not: " + what.lines().findFirst().orElse(what);
      return tell(
          failure,
          of
              + withState(message, step)
              + System.lineSeparator()
              + "Run again with --verbose for a stack trace.",
          verbose);
    }
  }

  private void tellCutOff(Command.Step step, String text) {
    if (format == LogFormat.JSON) {
      JsonLog.PROGRAM.warn(of(step) + text);
    } else {
      err.println("sigmax: " + of(step) + text);
    }
  }

  /** What a text on a step begins with, where there are several. */
  private static String of(Command.Step step) {
    return step.name().isEmpty() ? "" : step.name() + ": ";
  }

  private static String named(SigmaxException failure) {
    return named(failure.name(), failure.getMessage());
  }

  private static String named(ErrorName name, String message) {
    return message + " [" + name + "]";
  }

  private static String withState(String message, Command.Step step) {
    return step.state().isEmpty() ? message : message + System.lineSeparator() + step.state();
  }

  private int tell(ParameterException failure) {
    String said = told(failure);
    String message = named(ErrorName.COMMAND_LINE, said);
    if (format == LogFormat.JSON) {
      return tell(new UsageException(ErrorName.COMMAND_LINE, said), message, false);
    }
    err.println("sigmax: " + message);
    UnmatchedArgumentException.printSuggestions(
        failure, new PrintWriter(err, true, StandardCharsets.UTF_8));
    CommandLine of = failure.getCommandLine();
    String command = of.getParent() == null ? "" : of.getCommandName() + " ";
    err.println("See sigmax " + command + "--help.");
    return ExitCode.USAGE.code();
  }

  /** What the parser says, and of a command that there is not what that means. */
  private static String told(ParameterException failure) {
    boolean ofRoot = failure.getCommandLine().getParent() == null;
    return ofRoot
            && failure instanceof UnmatchedArgumentException unmatched
            && !unmatched.isUnknownOption()
        ? "there is no command '" + unmatched.getUnmatched().get(0) + "'"
        : failure.getMessage();
  }

  /** Of what fails because the process is being ended, its hook has said all there is. */
  private int tell(Throwable thrown, String message, boolean verbose) {
    boolean heard = !ShutdownHookManager.get().isShutdownInProgress();
    if (format == LogFormat.JSON) {
      if (heard || verbose) {
        JsonLog.PROGRAM.error(message, verbose ? thrown : null);
      }
      return ExitCode.of(thrown).code();
    }
    if (heard) {
      err.println("sigmax: " + message);
    }
    if (verbose) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      err.print(trace.toString());
    }
    return ExitCode.of(thrown).code();
  }

  private CommandLine commandLine() {
    CommandSpec root = CommandSpec.create().name("sigmax");
    root.usageMessage().description("Raw logits in, checked probabilities out, on Apache Spark.");
    addHelpAndVersion(root);
    for (Map.Entry<String, Command> command : commands.entrySet()) {
      CommandSpec spec = command.getValue().spec();
      addHelpAndVersion(spec);
      spec.addOption(Command.flag(VERBOSE, "print stack traces of errors"));
      spec.addOption(LogFormat.option());
      root.addSubcommand(command.getKey(), spec);
    }
    root.addSubcommand(HELP, new CommandLine(new CommandLine.HelpCommand()));
    CommandLine commandLine = new CommandLine(root);
    // A column may begin with @, and is no file of arguments.
    commandLine.setExpandAtFiles(false);
    // A text about ${date} is about that.
    commandLine.setInterpolateVariables(false);
    if ("dumb".equals(System.getenv("TERM"))) {
      commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }
    commandLine.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    return commandLine;
  }

  /** Those of picocli are named by variables, which nothing fills here. */
  private static void addHelpAndVersion(CommandSpec spec) {
    spec.version(Version.line());
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("show this help and exit")
            .build());
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("print the versions and exit")
            .build());
  }
}
