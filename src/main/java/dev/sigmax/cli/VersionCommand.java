package dev.sigmax.cli;

import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code version}, for those who do not type {@code --version}. */
final class VersionCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("version");
    spec.usageMessage().description("Prints the versions of Sigmax and of what it runs on.");
    return spec;
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) {
    out.println(Version.line());
  }
}
