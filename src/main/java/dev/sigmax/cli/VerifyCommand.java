package dev.sigmax.cli;

import dev.sigmax.cli.result.OutcomeText;
import dev.sigmax.cli.session.SparkSessions;
import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.IncrementalVerification;
import dev.sigmax.job.JobVerification;
import dev.sigmax.job.PublishedRun;
import dev.sigmax.job.TableJobVerification;
import dev.sigmax.job.VerifiedInTable;
import dev.sigmax.job.VerifyJob;
import dev.sigmax.job.VerifyRunsJob;
import dev.sigmax.job.VerifyTableJob;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.spec.Destination;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.publish.NumberedRuns;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code verify OUTPUT [--run-id ID]}, {@code verify --table TABLE --run-id ID} and {@code verify
 * JOB.yaml [OPTIONS]}: a run is a folder or in a table, and a job a file or the options of one.
 */
final class VerifyCommand implements Command {
  private static final String TABLE = "--table";
  private static final String RUN_ID = "--" + JobKey.RUN_ID.key();

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("verify");
    spec.usageMessage()
        .sortOptions(false)
        .sortSynopsis(false)
        .customSynopsis(
            "sigmax verify OUTPUT [--run-id ID] [--verbose]",
            "       sigmax verify --table CATALOG.DB.TABLE --run-id ID [--verbose]",
            "       sigmax verify [JOB.yaml] [OPTIONS of score] [--verbose]")
        .description(
            "Compares a published run with its manifest (OUTPUT), or with its job and inputs"
                + " (JOB.yaml). Exits with 6 and names the difference if there is one.",
            "OUTPUT: reads every byte back from disk. With --run-id, only looks into the manifest"
                + " whether that run is published.",
            "--table: looks for the run in the table's history, and reads its files back from disk.",
            "JOB.yaml: checks that the output is the run of this job on its inputs as they are now."
                + " Starts no Spark and takes a second or two; end a scheduled step with it. A job of"
                + " tables takes a session, to ask their catalog, and the files of its run are read"
                + " back from a table.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("OUTPUT|JOB.yaml")
            .arity("0..1")
            .index("0")
            .type(String.class)
            .description("the folder of a published run, or a job file")
            .build());
    JobOptions.addTo(spec);
    spec.addOption(
        OptionSpec.builder(TABLE)
            .arity("1")
            .type(String.class)
            .paramLabel("CATALOG.DB.TABLE")
            .description("the table that a run was published to; with " + RUN_ID)
            .build());
    return spec;
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) throws IOException {
    String what = arguments.matchedPositionalValue(0, null);
    JobSettings options = JobOptions.settings(arguments);
    if (arguments.hasMatchedOption(TABLE)) {
      verifyInTable(arguments, what, options, out);
      return;
    }
    boolean onlyRunId = Set.of(JobKey.RUN_ID).containsAll(options.keys());
    if (what == null && onlyRunId) {
      throw new UsageException(
          ErrorName.NOTHING_TO_VERIFY, "verify what? Name the folder of a run, or a job file.");
    }
    if (what == null || isJobFile(what)) {
      out.println(verified(JobOptions.job(arguments, what == null ? null : Path.of(what))));
    } else if (!onlyRunId) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          what
              + " is no job file, and the output of a run takes no option but "
              + RUN_ID
              + ". To verify a job that has no file, give all of it as options.");
    } else if (options.keys().isEmpty()) {
      verifyBytes(what, out);
    } else {
      String runId = arguments.matchedOptionValue(RUN_ID, "");
      Manifest manifest = PublishedRun.require(what, runId, SparkSessions.configuration());
      out.println("run " + runId + " was published at " + manifest.publishedAt());
    }
  }

  private static void verifyInTable(
      ParseResult arguments, String what, JobSettings options, PrintStream out) throws IOException {
    if (what != null || !options.keys().equals(Set.of(JobKey.RUN_ID))) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          TABLE + " takes " + RUN_ID + ", and nothing else: which run is to be in the table?");
    }
    VerifiedInTable run =
        new VerifyTableJob(
                SparkSessions.open(),
                arguments.matchedOptionValue(TABLE, ""),
                arguments.matchedOptionValue(RUN_ID, ""))
            .run();
    out.print(
        OutcomeText.summary(
            "verified run " + run.manifest().runId() + ": " + run.how(),
            run.folder(),
            run.manifest(),
            false));
  }

  private static boolean isJobFile(String what) {
    return what.endsWith(".yaml") || what.endsWith(".yml") || Files.isRegularFile(Path.of(what));
  }

  /**
   * What is to be said of a job whose output is its run on its inputs as they are now; starts no
   * Spark where the job has no table.
   *
   * @throws dev.sigmax.error.DifferenceException where it is not
   */
  static String verified(JobSpec spec) throws IOException {
    Configuration configuration = SparkSessions.configuration();
    if (spec.incremental()) {
      NumberedRuns runs = new IncrementalVerification(spec, configuration).run();
      return runsOf(runs) + " scored this job's inputs as they are now, each file in one run";
    }
    if (spec.destination() instanceof Destination.Table table) {
      VerifiedInTable run =
          new TableJobVerification(SparkSessions.open(), spec, table, Version.sigmax()).run();
      return "verified run "
          + run.manifest().runId()
          + ": "
          + run.how()
          + "\nit is this job's run on its inputs as they are now, and its files are as its manifest"
          + " says";
    }
    Manifest manifest =
        new JobVerification(SparkSessions::open, spec, Version.sigmax(), configuration).run();
    return "run "
        + manifest.runId()
        + " was published at "
        + manifest.publishedAt()
        + " and is this job's run on its inputs as they are now";
  }

  private static void verifyBytes(String output, PrintStream out) throws IOException {
    Configuration configuration = SparkSessions.configuration();
    org.apache.hadoop.fs.Path path = OutputPath.output(output, configuration);
    if (FailureExplainer.explained(path, () -> NumberedRuns.areIn(path, configuration))) {
      NumberedRuns runs = new VerifyRunsJob(SparkSessions.open(), output).run();
      for (NumberedRuns.Run run : runs.runs()) {
        out.print(verified(run.folder(), run.manifest()));
      }
      out.println("verified " + runsOf(runs) + ": no input file is in two of them");
      return;
    }
    Manifest manifest = new VerifyJob(SparkSessions.open(), output).run();
    out.print(verified(path, manifest));
  }

  private static String verified(org.apache.hadoop.fs.Path output, Manifest manifest) {
    return OutcomeText.summary(
        "verified run " + manifest.runId() + ": as its manifest says", output, manifest, false);
  }

  private static String runsOf(NumberedRuns runs) {
    return Counted.of(runs.runs().size(), "run") + " under " + runs.output();
  }
}
