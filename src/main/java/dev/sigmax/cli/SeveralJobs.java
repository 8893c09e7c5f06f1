package dev.sigmax.cli;

import dev.sigmax.cli.result.OutcomeJson;
import dev.sigmax.cli.session.SparkSessions;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.spec.Destination;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Variables;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.ParseResult;

/**
 * Several jobs in one process. All are read before the first runs; one that cannot be read fails in
 * its turn, and the others run.
 */
final class SeveralJobs {
  /** What is done with a job. */
  interface Work {
    void run(JobSpec job, PrintStream out) throws IOException;

    /** What is to be said of the state of things when it fails unexpectedly. */
    String state();

    /** What is to be said when the process is ended meanwhile; empty where somebody else does. */
    Optional<String> cutOff();
  }

  /** Of the names in a place, on whatever file system. */
  private static final String SEPARATOR = "/";

  private final boolean json;
  private final Configuration configuration = SparkSessions.configuration();

  /** The job of each output, by its place. */
  private final NavigableMap<String, String> outputs = new TreeMap<>();

  private final List<Command.Step> steps = new ArrayList<>();
  private boolean allRead = true;

  /**
   * No jobs as yet.
   *
   * @param json whether the end of each is told as an object of JSON
   */
  SeveralJobs(boolean json) {
    this.json = json;
  }

  /** A step for each job file. */
  static List<Command.Step> read(
      ParseResult arguments, List<Path> files, boolean json, Supplier<Work> work) {
    requireOwnOutputs(arguments, files.size());
    Variables variables = JobOptions.variables(arguments);
    SeveralJobs jobs = new SeveralJobs(json);
    for (Path file : files) {
      jobs.add(file.toString(), () -> JobOptions.job(arguments, file, variables), work.get());
    }
    if (jobs.allRead) {
      variables.requireUsed();
    }
    return jobs.steps();
  }

  /** Refuses an option that would give so many jobs one output. */
  static void requireOwnOutputs(ParseResult arguments, int jobs) {
    if (JobOptions.settings(arguments).keys().contains(JobKey.OUTPUT)) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "--output would be the output of each of the " + jobs + " jobs.");
    }
  }

  /** Reads a job, and adds a step for it. */
  void add(String name, Supplier<JobSpec> read, Work work) {
    try {
      JobSpec job = read.get();
      if (job.destination() instanceof Destination.Folder folder) {
        requireAlone(name, folder.path());
      }
      steps.add(new JobStep(name, out -> work.run(job, out), work::state, work::cutOff, json));
    } catch (SigmaxException failure) {
      allRead = false;
      steps.add(
          new JobStep(
              name,
              out -> {
                throw failure;
              },
              () -> "",
              Optional::empty,
              json));
    }
  }

  /** Tables take the rows of several jobs; of folders, no two may lie one in the other. */
  private void requireAlone(String name, String output) {
    String place = OutputPath.place(output, configuration);
    Optional<String> other = entangled(place);
    if (other.isPresent()) {
      String there = other.get();
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          outputs.get(there)
              + " and "
              + name
              + (there.equals(place)
                  ? " have the same output, " + place + "."
                  : " have outputs that lie one in the other, "
                      + there
                      + " and "
                      + place
                      + ". Give them outputs apart from each other."));
    }
    outputs.put(place, name);
  }

  /** The output of another job that is this one, holds it, or lies in it. */
  private Optional<String> entangled(String place) {
    for (String above = place; !above.isEmpty(); above = folderOf(above)) {
      if (outputs.containsKey(above)) {
        return Optional.of(above);
      }
    }
    return Optional.ofNullable(outputs.ceilingKey(place + SEPARATOR))
        .filter(next -> next.startsWith(place + SEPARATOR));
  }

  /** The place without its last name; empty where there is none. */
  private static String folderOf(String place) {
    return place.substring(0, Math.max(0, place.lastIndexOf(SEPARATOR)));
  }

  /** A step for each job that was added. */
  List<Command.Step> steps() {
    return List.copyOf(steps);
  }

  private interface Body {
    void run(PrintStream out) throws IOException;
  }

  private record JobStep(
      String name,
      Body body,
      Supplier<String> stated,
      Supplier<Optional<String>> saidIfCutOff,
      boolean json)
      implements Command.Step {
    @Override
    public void run(PrintStream out) throws IOException {
      body.run(out);
    }

    @Override
    public String state() {
      return stated.get();
    }

    @Override
    public Optional<String> cutOff() {
      return saidIfCutOff.get();
    }

    @Override
    public String end(int code) {
      return json ? OutcomeJson.end(name, code) : Command.Step.super.end(code);
    }

    @Override
    public String endOfCutOff() {
      return json ? OutcomeJson.endOfCutOff(name) : Command.Step.super.endOfCutOff();
    }
  }
}
