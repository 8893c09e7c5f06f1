package dev.sigmax.cli;

import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command: what it takes, and what it does. */
interface Command {
  /** Its name, options and help. */
  CommandSpec spec();

  /** Does it; what it has to say for people goes to {@code out}. */
  void run(ParseResult arguments, PrintStream out) throws IOException;

  /** What is to be said of the state of things when it fails unexpectedly; empty for nothing. */
  default String state() {
    return "";
  }
}
