package dev.sigmax.cli;

import dev.sigmax.cli.console.ProgressLine;
import dev.sigmax.cli.result.OutcomeJson;
import dev.sigmax.cli.result.OutcomeText;
import dev.sigmax.cli.session.SparkSessions;
import dev.sigmax.cli.session.SparkStart;
import dev.sigmax.job.IncrementalJob;
import dev.sigmax.job.Outcome;
import dev.sigmax.job.ScoringJob;
import dev.sigmax.job.progress.Progress;
import dev.sigmax.job.progress.RowsDone;
import dev.sigmax.job.spec.JobSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/** One job being scored: shows its progress, and tells its end. */
final class Scoring implements SeveralJobs.Work {
  /** Set by scripts/sigmax: whether somebody looks on. */
  private static final String TERMINAL = "SIGMAX_TERMINAL";

  /**
   * How much is told, and to whom.
   *
   * @param live whether a terminal may be written over as the run goes on
   */
  record Telling(PrintStream err, boolean quiet, boolean json, boolean live) {}

  /** What is to be said of a run that has not come to its end. */
  static final String NOTHING_PUBLISHED = "Nothing was published by this run.";

  private final String name;
  private final Telling telling;
  private volatile Optional<Outcome> ended = Optional.empty();

  /** Whether there is a place for the run's output, which tells of itself when it is cut off. */
  private volatile boolean writes;

  /**
   * A job that is not scored yet.
   *
   * @param name what its progress goes by beside that of others; empty for none
   */
  Scoring(String name, Telling telling) {
    this.name = name;
    this.telling = telling;
  }

  @Override
  public void run(JobSpec spec, PrintStream out) throws IOException {
    Outcome outcome = telling.quiet() ? watch(spec, Progress.NONE) : runAndShow(spec);
    ended = Optional.of(outcome);
    if (telling.json()) {
      out.println(OutcomeJson.of(outcome));
    } else if (!telling.quiet()) {
      out.print(OutcomeText.of(outcome));
    }
  }

  private Outcome runAndShow(JobSpec spec) throws IOException {
    boolean terminal = telling.live() && Boolean.parseBoolean(System.getenv(TERMINAL));
    try (ProgressLine progress = new ProgressLine(telling.err(), terminal, name)) {
      return watch(spec, progress);
    }
  }

  private Outcome watch(JobSpec spec, Progress shown) throws IOException {
    return run(
        spec,
        new Progress() {
          @Override
          public void phase(String what) {
            shown.phase(what);
          }

          @Override
          public void rows(RowsDone done) {
            shown.rows(done);
          }

          @Override
          public void writing() {
            writes = true;
          }

          @Override
          public void placeClosed() {
            // A place that is closed by a signal has told so.
            writes = writes && StepsUnderWay.isEnding();
          }
        });
  }

  private static Outcome run(JobSpec spec, Progress progress) throws IOException {
    return spec.incremental()
        ? new IncrementalJob(
                SparkSessions::open,
                SparkSessions.configuration(),
                spec,
                Version.sigmax(),
                progress)
            .run()
        : new ScoringJob(
                SparkStart.of(spec),
                SparkSessions.configuration(),
                spec,
                Version.sigmax(),
                progress)
            .run();
  }

  @Override
  public String state() {
    return ended
        .map(outcome -> "The run had come to its end: " + OutcomeText.headline(outcome) + ".")
        .orElse(NOTHING_PUBLISHED);
  }

  @Override
  public Optional<String> cutOff() {
    return writes && ended.isEmpty()
        ? Optional.empty()
        : Optional.of(Command.CUT_OFF + " " + state());
  }
}
