package dev.sigmax.job.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long each step of a run took. */
public final class Timing {
  private final Map<String, Long> milliseconds = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private long last = start;

  /** The step that just ended. */
  public void done(String step) {
    long now = System.nanoTime();
    milliseconds.merge(step, TimeUnit.NANOSECONDS.toMillis(now - last), Long::sum);
    last = now;
  }

  /** Milliseconds by step, in order, and altogether. */
  Map<String, Long> byStep() {
    Map<String, Long> all = new LinkedHashMap<>(milliseconds);
    all.put("total", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    return all;
  }
}
