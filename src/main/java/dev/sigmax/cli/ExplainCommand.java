package dev.sigmax.cli;

import dev.sigmax.cli.session.SparkSessions;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.ExplainJob;
import dev.sigmax.report.ScoresText;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code explain SCORE...} and {@code explain OUTPUT --where CONDITION} */
final class ExplainCommand implements Command {
  static final String NAME = "explain";
  private static final String WHERE = "--where";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name(NAME);
    spec.usageMessage()
        .sortOptions(false)
        .customSynopsis("sigmax explain SCORE...", "sigmax explain OUTPUT --where CONDITION")
        .description(
            "Shows what sigmoid and softmax make of scores that are typed, or of scored rows.",
            "SCORE: shows what sigmoid and softmax make of scores, side by side: sigmax explain 2.0"
                + " 1.0 0.1",
            "OUTPUT: shows the rows of a run that a condition picks, with their logits and what is"
                + " wrong with them: sigmax explain jobs/output/digits --where 'image_id = 17'");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("SCORE|OUTPUT")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("numbers, inf and nan among them; or the folder of a published run")
            .build());
    spec.addOption(
        EvaluateCommand.text(
            WHERE,
            "CONDITION",
            "which rows, in SQL, over the columns of the output and of the input"));
    // Else a negative score would be an option that nobody knows.
    spec.parser().unmatchedOptionsArePositionalParams(true);
    return spec;
  }

  /** {@inheritDoc} A mistyped option would be told as no number. */
  @Override
  public void require(ParseResult arguments) {
    List<String> options =
        arguments.matchedPositionalValue(0, List.<String>of()).stream()
            .filter(text -> text.startsWith("-"))
            .filter(text -> TypedScores.notANumber(List.of(text)).isPresent())
            .toList();
    if (!options.isEmpty()) {
      // Else picocli would not take it for an option here either, and look for none that is near.
      arguments.commandSpec().parser().unmatchedOptionsArePositionalParams(false);
      throw new UnmatchedArgumentException(arguments.commandSpec().commandLine(), options);
    }
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) throws IOException {
    List<String> given = arguments.matchedPositionalValue(0, List.of());
    String where = arguments.matchedOptionValue(WHERE, null);
    if (given.isEmpty()) {
      throw new UsageException(
          ErrorName.NOTHING_TO_EXPLAIN,
          "explain what? Type scores, as in explain 2.0 1.0 0.1, or name the output of a run and"
              + " rows of it with --where.");
    }
    if (where != null) {
      if (given.size() != 1) {
        throw new UsageException(
            ErrorName.OPTIONS_CONFLICT, "--where takes one output, and there are " + given + ".");
      }
      out.print(new ExplainJob(SparkSessions.open(), given.get(0), where).run());
      return;
    }
    Optional<double[]> scores = TypedScores.of(given);
    if (scores.isEmpty()) {
      throw new UsageException(
          ErrorName.NOTHING_TO_EXPLAIN,
          TypedScores.notANumber(given).orElse("that")
              + " is no number. explain takes scores such as 2.0 1.0 0.1, or the output of a run and"
              + " rows of it: explain OUTPUT --where 'id = 17'.");
    }
    out.print(ScoresText.of(scores.get()));
  }
}
