package dev.sigmax.cli.console;

import dev.sigmax.job.progress.Progress;
import dev.sigmax.job.progress.RowsDone;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Shows how far a run is: on a terminal one line that is written over, on a log a line now and
 * then.
 */
public final class ProgressLine implements Progress, AutoCloseable {
  private static final Duration ON_A_TERMINAL = Duration.ofMillis(200);
  private static final Duration ON_A_LOG = Duration.ofSeconds(10);
  private static final String ERASE_LINE = "\r\u001b[K";

  /** Without wrapping: what went on to a second line would stay there. */
  private static final String CUT_AT_THE_EDGE = "\u001b[?7l";

  private static final String WRAP_AGAIN = "\u001b[?7h";

  private final PrintStream err;
  private final boolean terminal;
  private final String of;
  private final ScheduledExecutorService clock;
  private final ScheduledFuture<?> showing;
  private final long start = System.nanoTime();
  private String phase = "starting Spark";
  private long phaseStart = start;
  private Optional<RowsDone> rows = Optional.empty();

  /**
   * Begins to show.
   *
   * @param err where it is shown; stays its owner's to close
   * @param terminal whether the line may be written over
   * @param name what the run goes by beside others; empty for none
   */
  public ProgressLine(PrintStream err, boolean terminal, String name) {
    this.err = err;
    this.terminal = terminal;
    this.of = name.isEmpty() ? "" : name + ": ";
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "sigmax-progress");
              thread.setDaemon(true);
              return thread;
            });
    long every = (terminal ? ON_A_TERMINAL : ON_A_LOG).toMillis();
    this.showing =
        clock.scheduleAtFixedRate(this::show, terminal ? 0 : every, every, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void phase(String what) {
    phase = what;
    phaseStart = System.nanoTime();
    rows = Optional.empty();
  }

  @Override
  public synchronized void rows(RowsDone done) {
    rows = Optional.of(done);
  }

  private synchronized void show() {
    long now = System.nanoTime();
    String text = text(of + phase, rows, now - phaseStart, now - start);
    if (terminal) {
      err.print(ERASE_LINE + CUT_AT_THE_EDGE + text + WRAP_AGAIN);
      err.flush();
    } else {
      err.println(text);
    }
  }

  /**
   * The line: phase, share, bad rows, rate and time left as far as they are known, and the time so
   * far.
   */
  static String text(String phase, Optional<RowsDone> rows, long phaseNanos, long nanos) {
    StringBuilder text = new StringBuilder("sigmax: ").append(phase);
    rows.filter(done -> done.scored() > 0).ifPresent(done -> text.append(text(done, phaseNanos)));
    return text.append(String.format(Locale.ROOT, " [%.0f s]", nanos / 1e9)).toString();
  }

  private static String text(RowsDone rows, long nanos) {
    long scored = rows.scored();
    double rate = scored / (nanos / 1e9);
    String bad =
        rows.bad().isPresent()
            ? String.format(Locale.ROOT, ", %,d bad", rows.bad().getAsLong())
            : "";
    return String.format(
        Locale.ROOT,
        ", %d%% done%s, %,.0f rows/s, %.0f s left",
        100 * scored / rows.all(),
        bad,
        rate,
        (rows.all() - scored) / rate);
  }

  /** Ends it, and takes the line away. */
  @Override
  public void close() {
    showing.cancel(false);
    clock.shutdown();
    synchronized (this) {
      if (terminal) {
        err.print(ERASE_LINE);
        err.flush();
      }
    }
  }
}
