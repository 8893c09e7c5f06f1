package dev.sigmax.cli;

import dev.sigmax.job.JobFile;
import dev.sigmax.job.JobKey;
import dev.sigmax.job.JobSettings;
import dev.sigmax.job.JobSpec;
import dev.sigmax.job.Outcome;
import dev.sigmax.job.ScoringJob;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code score [JOB.yaml] [OPTIONS]}: an option for each key of a job file, and it wins. */
final class ScoreCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("score");
    spec.usageMessage()
        .sortOptions(false)
        .sortSynopsis(false)
        .description(
            "Reads logits from Parquet, writes probabilities and row checks, and publishes all or"
                + " nothing.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("[JOB.yaml]")
            .arity("0..1")
            .index("0")
            .type(Path.class)
            .description("a job file; each of its keys is an option, and an option wins")
            .build());
    for (JobKey key : JobKey.values()) {
      spec.addOption(option(key));
    }
    return spec;
  }

  private static OptionSpec option(JobKey key) {
    OptionSpec.Builder option = OptionSpec.builder("--" + key.key()).description(key.meaning());
    return switch (key.form()) {
      case FLAG -> option.arity("0").type(boolean.class).build();
      case TEXTS ->
          option
              .arity("1..*")
              .type(List.class)
              .auxiliaryTypes(String.class)
              .paramLabel("PATH")
              .build();
      case TEXT, COLUMNS, CHOICE, NUMBER ->
          option.arity("1").type(String.class).paramLabel(key.placeholder()).build();
    };
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) throws IOException {
    JobSettings settings = fromOptions(arguments);
    Path file = arguments.matchedPositionalValue(0, null);
    if (file != null) {
      settings = JobFile.read(file).overriddenBy(settings);
    }
    JobSpec spec = JobSpec.of(settings);
    Outcome outcome = new ScoringJob(SparkSessions.open(), spec, Version.sigmax()).run();
    out.print(OutcomeText.of(outcome));
  }

  private static JobSettings fromOptions(ParseResult arguments) {
    Map<JobKey, String> texts = new EnumMap<>(JobKey.class);
    Map<JobKey, List<String>> lists = new EnumMap<>(JobKey.class);
    for (JobKey key : JobKey.values()) {
      String option = "--" + key.key();
      if (arguments.hasMatchedOption(option)) {
        if (key.form() == JobKey.Form.TEXTS) {
          lists.put(key, arguments.matchedOptionValue(option, List.of()));
        } else {
          texts.put(key, String.valueOf(arguments.<Object>matchedOptionValue(option, null)));
        }
      }
    }
    return new JobSettings(texts, lists);
  }
}
