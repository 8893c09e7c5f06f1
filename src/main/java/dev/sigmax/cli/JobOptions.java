package dev.sigmax.cli;

import dev.sigmax.job.spec.JobFile;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Variables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The options of a command that takes a job: one for each key of a job file. */
final class JobOptions {
  private static final String SET = "--set";

  private JobOptions() {}

  /** Gives a command all of them, and variables for its job file. */
  static void addTo(CommandSpec spec) {
    addTo(spec, EnumSet.allOf(JobKey.class));
    spec.addOption(
        OptionSpec.builder(SET)
            .arity("1")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("NAME=VALUE")
            .description("fills ${NAME} in the job file; may be given for several names")
            .build());
  }

  /** Gives a command some of them, in the help's order. */
  static void addTo(CommandSpec spec, Set<JobKey> keys) {
    for (JobKey key : JobKey.values()) {
      if (keys.contains(key)) {
        spec.addOption(option(key));
      }
    }
  }

  private static OptionSpec option(JobKey key) {
    OptionSpec.Builder option = OptionSpec.builder(name(key)).description(key.meaning());
    return switch (key.form()) {
      case FLAG -> option.arity("0").type(boolean.class).build();
      case TEXTS ->
          option
              .arity("1..*")
              .type(List.class)
              .auxiliaryTypes(String.class)
              .paramLabel("PATH")
              .build();
      case TEXT, COLUMNS, CHOICE, NUMBER, MAP ->
          option.arity("1").type(String.class).paramLabel(key.placeholder()).build();
    };
  }

  /**
   * Refuses what begins with a dash among paths: a mistyped option behind them, which would be told
   * as a file that is not there.
   */
  static void requireNoOptionsAmongPaths(ParseResult arguments) {
    for (JobKey key : JobKey.values()) {
      if (key.form() == JobKey.Form.TEXTS && arguments.hasMatchedOption(name(key))) {
        List<String> paths = arguments.matchedOptionValue(name(key), List.of());
        List<String> options = paths.stream().filter(path -> path.startsWith("-")).toList();
        if (!options.isEmpty()) {
          throw new UnmatchedArgumentException(arguments.commandSpec().commandLine(), options);
        }
      }
    }
  }

  private static String name(JobKey key) {
    return "--" + key.key();
  }

  /** The job that the options describe, over a job file where there is one. */
  static JobSpec job(ParseResult arguments, Path file) {
    Variables variables = variables(arguments);
    JobSpec job = file == null ? JobSpec.of(settings(arguments)) : job(arguments, file, variables);
    variables.requireUsed();
    return job;
  }

  /** The job that the options describe over a job file. */
  static JobSpec job(ParseResult arguments, Path file, Variables variables) {
    return JobSpec.of(JobFile.read(file, variables).overriddenBy(settings(arguments)));
  }

  /** What the options say of variables in job files. */
  static Variables variables(ParseResult arguments) {
    return Variables.of(arguments.matchedOptionValue(SET, List.of()));
  }

  /** What the options say of variables, and one more {@code name=value}. */
  static Variables variables(ParseResult arguments, String more) {
    List<String> all = new ArrayList<>(arguments.matchedOptionValue(SET, List.of()));
    all.add(more);
    return Variables.of(all);
  }

  /** What the options say. */
  static JobSettings settings(ParseResult arguments) {
    return settings(arguments, EnumSet.allOf(JobKey.class));
  }

  /** What the options of some keys say. */
  static JobSettings settings(ParseResult arguments, Set<JobKey> keys) {
    Map<JobKey, String> texts = new EnumMap<>(JobKey.class);
    Map<JobKey, List<String>> lists = new EnumMap<>(JobKey.class);
    for (JobKey key : keys) {
      if (arguments.hasMatchedOption(name(key))) {
        if (key.form() == JobKey.Form.TEXTS) {
          lists.put(key, arguments.matchedOptionValue(name(key), List.of()));
        } else {
          texts.put(key, String.valueOf(arguments.<Object>matchedOptionValue(name(key), null)));
        }
      }
    }
    return new JobSettings(texts, lists);
  }
}
