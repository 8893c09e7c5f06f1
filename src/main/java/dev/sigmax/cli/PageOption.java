package dev.sigmax.cli;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.output.TextFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code --html FILE [--replace]}: what a command tells, as a page in a file. */
final class PageOption {
  private static final String HTML = "--html";
  private static final String REPLACE = "--" + JobKey.REPLACE.key();

  private PageOption() {}

  /** Adds the options to a command. */
  static void addTo(CommandSpec spec, String meaning) {
    spec.addOption(
        OptionSpec.builder(HTML)
            .arity("1")
            .type(Path.class)
            .paramLabel("FILE")
            .description(meaning)
            .build());
    spec.addOption(Command.flag(REPLACE, "write over a page that is there"));
  }

  /** The page that was asked for, which can be written as far as can be told before any work. */
  static Optional<TextFile> page(ParseResult arguments) {
    boolean replace = arguments.hasMatchedOption(REPLACE);
    Optional<TextFile> page =
        Optional.<Path>ofNullable(arguments.matchedOptionValue(HTML, null))
            .map(path -> new TextFile(path, "page", replace));
    if (replace && page.isEmpty()) {
      throw new UsageException(
          ErrorName.OPTION_MISSING, REPLACE + " is for a page: name it with " + HTML + " FILE.");
    }
    page.ifPresent(TextFile::requireWritable);
    return page;
  }
}
