package dev.sigmax.cli;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Variables;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/**
 * Several job files in one process. All are read before the first runs; one that cannot be read
 * fails in its turn, and the others run.
 */
final class SeveralJobs {
  /** What is done with a job. */
  interface Runner {
    void run(JobSpec job, PrintStream out) throws IOException;
  }

  private SeveralJobs() {}

  static List<Command.Step> read(ParseResult arguments, List<Path> files, Runner runner) {
    if (JobOptions.settings(arguments).keys().contains(JobKey.OUTPUT)) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "--output would be the output of each of the " + files.size() + " jobs.");
    }
    Variables variables = JobOptions.variables(arguments);
    List<Command.Step> steps = new ArrayList<>();
    Map<String, Path> outputs = new HashMap<>();
    boolean allRead = true;
    for (Path file : files) {
      try {
        JobSpec job = JobOptions.job(arguments, file, variables);
        Path other = outputs.putIfAbsent(job.output(), file);
        if (other != null) {
          throw new UsageException(
              ErrorName.OPTIONS_CONFLICT,
              other + " and " + file + " have the same output, " + job.output() + ".");
        }
        steps.add(step(file, out -> runner.run(job, out)));
      } catch (SigmaxException failure) {
        allRead = false;
        steps.add(
            step(
                file,
                out -> {
                  throw failure;
                }));
      }
    }
    if (allRead) {
      variables.requireUsed();
    }
    return steps;
  }

  private interface Body {
    void run(PrintStream out) throws IOException;
  }

  private static Command.Step step(Path file, Body body) {
    return new Command.Step() {
      @Override
      public String name() {
        return file.toString();
      }

      @Override
      public void run(PrintStream out) throws IOException {
        body.run(out);
      }
    };
  }
}
