package dev.sigmax.table.delta;

import java.time.Duration;

/**
 * How often a commit is tried again. Other writers are waited for by trying on top of theirs. A
 * store that does not answer has had the time-outs and retries of its own client each time, so few
 * more are made.
 */
final class Patience {
  private static final int CONFLICTS = 50;
  private static final int FAILURES = 3;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final long FIRST_PAUSE_MILLIS = 1000;

  private int conflicts;
  private int failures;
  private long firstFailure;

  /** Whether a try had no answer, and may arrive yet. */
  boolean hasWaited() {
    return failures > 0;
  }

  /** Whether to try again after another writer was first. */
  boolean lastsAfterConflict() {
    return conflicts++ < CONFLICTS;
  }

  /** Whether to try again after the store failed; returns after a pause, each twice the last. */
  boolean lastsAfterFailure() {
    if (failures == 0) {
      firstFailure = System.nanoTime();
    }
    if (failures >= FAILURES || System.nanoTime() - firstFailure > LONGEST.toNanos()) {
      return false;
    }
    try {
      Thread.sleep(FIRST_PAUSE_MILLIS << failures++);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
