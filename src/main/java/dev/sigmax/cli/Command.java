package dev.sigmax.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** One command: what it takes, and what it does. */
interface Command {
  /** What there is to say of a step that the end of the process cuts off. */
  String CUT_OFF = "interrupted.";

  /** Its name, options and help. */
  CommandSpec spec();

  /** An option without a value. */
  static OptionSpec flag(String name, String meaning) {
    return OptionSpec.builder(name).arity("0").type(boolean.class).description(meaning).build();
  }

  /**
   * Refuses arguments that the parser lets pass and this command does not take.
   *
   * @throws picocli.CommandLine.ParameterException as the parser would
   */
  default void require(ParseResult arguments) {
    JobOptions.requireNoOptionsAmongPaths(arguments);
  }

  /** One thing that a command does, with an end of its own. */
  interface Step {
    /** What it goes by where there are several; empty for the only one. */
    String name();

    /** Does it; what it has to say for people goes to {@code out}. */
    void run(PrintStream out) throws IOException;

    /** What is to be said of the state of things when it fails unexpectedly; empty for nothing. */
    default String state() {
      return "";
    }

    /**
     * What is to be said when the process is ended while it is under way; empty where that is said
     * by whoever knows what became of it.
     */
    default Optional<String> cutOff() {
      return Optional.of(CUT_OFF);
    }

    /** The line that tells its end, where there are several. */
    default String end(int code) {
      return name() + ": exit code " + code;
    }

    /** The same where the process was ended before. */
    default String endOfCutOff() {
      return name() + ": interrupted";
    }
  }

  /** How many of its steps may be under way at once. */
  default int atOnce(ParseResult arguments) {
    return 1;
  }

  /** What it does, in this order, whether those before came to a good end or not. */
  default List<Step> steps(ParseResult arguments) {
    Command command = this;
    return List.of(
        new Step() {
          @Override
          public String name() {
            return "";
          }

          @Override
          public void run(PrintStream out) throws IOException {
            command.run(arguments, out);
          }

          @Override
          public String state() {
            return command.state();
          }

          @Override
          public Optional<String> cutOff() {
            return command.cutOff();
          }
        });
  }

  /** Does it; what it has to say for people goes to {@code out}. */
  void run(ParseResult arguments, PrintStream out) throws IOException;

  /** What is to be said of the state of things when it fails unexpectedly; empty for nothing. */
  default String state() {
    return "";
  }

  /** What is to be said when the process is ended meanwhile; empty where somebody else says it. */
  default Optional<String> cutOff() {
    return Optional.of(CUT_OFF);
  }
}
