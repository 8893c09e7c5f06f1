package dev.sigmax.cli;

import dev.sigmax.job.run.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Shows how far a run is: on a terminal one line that is written over, on a log a line now and
 * then.
 */
final class ProgressLine implements Progress, AutoCloseable {
  private static final Duration ON_A_TERMINAL = Duration.ofMillis(200);
  private static final Duration ON_A_LOG = Duration.ofSeconds(10);
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean terminal;
  private final String of;
  private final ScheduledExecutorService clock;
  private final ScheduledFuture<?> showing;
  private final long start = System.nanoTime();
  private String phase = "starting Spark";
  private long phaseStart = start;
  private long done;
  private long all;

  /**
   * Begins to show.
   *
   * @param name what the run goes by beside others; empty for none
   */
  ProgressLine(PrintStream err, boolean terminal, String name) {
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
    done = 0;
    all = 0;
  }

  @Override
  public synchronized void rows(long rowsDone, long rowsOfAll) {
    done = rowsDone;
    all = rowsOfAll;
  }

  private synchronized void show() {
    long now = System.nanoTime();
    String text = text(of + phase, done, all, now - phaseStart, now - start);
    if (terminal) {
      err.print(ERASE_LINE + text);
      err.flush();
    } else {
      err.println(text);
    }
  }

  /** The line: phase, share, rate and time left as far as they are known, and the time so far. */
  static String text(String phase, long done, long all, long phaseNanos, long nanos) {
    StringBuilder text = new StringBuilder("sigmax: ").append(phase);
    if (done > 0 && all > 0) {
      double seconds = phaseNanos / 1e9;
      double rate = done / seconds;
      text.append(
          String.format(
              Locale.ROOT,
              ", %d%% done, %,.0f rows/s, %.0f s left",
              100 * done / all,
              rate,
              (all - done) / rate));
    }
    return text.append(String.format(Locale.ROOT, " [%.0f s]", nanos / 1e9)).toString();
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
