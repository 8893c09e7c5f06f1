package dev.sigmax.cli;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.Destination;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Source;
import dev.sigmax.job.spec.Variables;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code backfill JOB.yaml --from DAY --to DAY}: a job of each day, but for those that are done.
 */
final class BackfillCommand implements Command {
  private static final String FROM = "--from";
  private static final String TO = "--to";
  private static final String PARALLEL = "--parallel";
  private static final String QUIET = "--quiet";
  private static final String DATE = "date";

  private final PrintStream err;

  /** Shows its progress on {@code err}. */
  BackfillCommand(PrintStream err) {
    this.err = err;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("backfill");
    spec.usageMessage()
        .sortOptions(false)
        .sortSynopsis(false)
        .customSynopsis("sigmax backfill JOB.yaml --from DAY --to DAY [--parallel N] [OPTIONS]")
        .description(
            "Scores each day from one to another: sets ${date} in the job file, as in --set"
                + " date=2026-11-21. A day whose run is published already is left alone, so the same"
                + " command again goes on where it stopped.")
        .footerHeading("Examples:%n")
        .footer("  sigmax backfill nightly.yaml --from 2026-11-01 --to 2026-11-21 --parallel 2");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("JOB.yaml")
            .arity("1")
            .index("0")
            .required(true)
            .type(Path.class)
            .description("a job file with ${date} in its input and its output")
            .build());
    spec.addOption(value(FROM, "DAY", String.class, "the first day, as 2026-11-01"));
    spec.addOption(value(TO, "DAY", String.class, "the last day"));
    spec.addOption(
        value(PARALLEL, "N", int.class, "how many days to score at once, in one Spark; default 1"));
    JobOptions.addTo(spec);
    spec.addOption(
        Command.flag(QUIET, "print nothing but errors, warnings and a line for each day"));
    return spec;
  }

  private static OptionSpec value(String name, String label, Class<?> type, String meaning) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .arity("1")
        .type(type)
        .required(!name.equals(PARALLEL))
        .description(meaning)
        .build();
  }

  @Override
  public int atOnce(ParseResult arguments) {
    return arguments.matchedOptionValue(PARALLEL, 1);
  }

  @Override
  public List<Step> steps(ParseResult arguments) {
    LocalDate from = day(arguments, FROM);
    LocalDate to = day(arguments, TO);
    if (to.isBefore(from)) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT, FROM + " " + from + " is after " + TO + " " + to + ".");
    }
    if (atOnce(arguments) < 1) {
      throw new UsageException(ErrorName.OPTION_VALUE, PARALLEL + " takes a number from 1 up.");
    }
    List<LocalDate> days = from.datesUntil(to.plusDays(1)).toList();
    SeveralJobs.requireOwnOutputs(arguments, days.size());
    Path file = arguments.matchedPositionalValue(0, null);
    jobOf(from, file, arguments);
    boolean live = atOnce(arguments) == 1 && LogFormat.of(arguments) == LogFormat.TEXT;
    Scoring.Telling telling =
        new Scoring.Telling(err, arguments.hasMatchedOption(QUIET), false, live);
    SeveralJobs jobs = new SeveralJobs(false);
    for (LocalDate day : days) {
      jobs.add(
          day.toString(),
          () -> jobOf(day, file, arguments),
          new UnlessDone(new Scoring(day.toString(), telling), telling.quiet()));
    }
    return jobs.steps();
  }

  private static LocalDate day(ParseResult arguments, String option) {
    String text = arguments.matchedOptionValue(option, "");
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new UsageException(
          ErrorName.OPTION_VALUE, option + " takes a day such as 2026-11-21, not " + text + ".", e);
    }
  }

  private static JobSpec jobOf(LocalDate day, Path file, ParseResult arguments) {
    Variables variables = JobOptions.variables(arguments, DATE + "=" + day);
    JobSpec job = JobOptions.job(arguments, file, variables);
    if (variables.isUnused(DATE)) {
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "the job file "
              + file
              + " has no ${date}, so each day would be the same job. Write it into the input and the"
              + " output, as in logits/dt=${date}.");
    }
    variables.requireUsed();
    return job;
  }

  @Override
  public void run(ParseResult arguments, PrintStream out) {
    throw new IllegalStateException("each day is a step of its own");
  }

  /** Scores a job unless its run on its inputs as they are now is published. */
  private record UnlessDone(Scoring scoring, boolean quiet) implements SeveralJobs.Work {
    @Override
    public void run(JobSpec job, PrintStream out) throws IOException {
      Optional<String> done = done(job);
      if (done.isEmpty()) {
        scoring.run(job, out);
      } else if (!quiet) {
        out.println("already published: " + done.get());
      }
    }

    /** Of tables only Spark can tell, so their runs find out by themselves. */
    private static Optional<String> done(JobSpec job) throws IOException {
      if (job.destination() instanceof Destination.Table || job.source() instanceof Source.Table) {
        return Optional.empty();
      }
      try {
        return Optional.of(VerifyCommand.verified(job));
      } catch (DifferenceException notYet) {
        // What differs is told by the run, which is refused where it may not replace what is there.
        return Optional.empty();
      }
    }

    @Override
    public String state() {
      return scoring.state();
    }

    @Override
    public Optional<String> cutOff() {
      return scoring.cutOff();
    }
  }
}
