package dev.sigmax.cli;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** How standard error is written. */
enum LogFormat {
  /** For people. */
  TEXT,
  /** One object of JSON a line, for what collects logs. */
  JSON;

  private static final String NAME = "--log-format";

  /** The option of each command. */
  static OptionSpec option() {
    return OptionSpec.builder(NAME)
        .paramLabel("FORMAT")
        .type(String.class)
        .description("of standard error: text, or json for one object of JSON a line")
        .build();
  }

  /** What arguments ask for that may not be those of any command; what they say wrong is text. */
  static LogFormat of(List<String> arguments) {
    int at = arguments.indexOf(NAME);
    boolean json =
        arguments.contains(NAME + "=json")
            || (at >= 0 && at + 1 < arguments.size() && arguments.get(at + 1).equals("json"));
    return json ? JSON : TEXT;
  }

  /** What a command was asked for. */
  static LogFormat of(ParseResult arguments) {
    String format = arguments.matchedOptionValue(NAME, "text");
    return switch (format) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default ->
          throw new UsageException(
              ErrorName.OPTION_VALUE, NAME + " takes text or json, not " + format + ".");
    };
  }
}
