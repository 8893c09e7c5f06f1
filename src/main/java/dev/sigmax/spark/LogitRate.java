package dev.sigmax.spark;

/**
 * Logits per second, of the writes that are under way or, if none is, of the last: those scored by
 * the tasks that have ended, over the time until the last of them ended. Thread-safe.
 */
final class LogitRate {
  private int writes;
  private long start;
  private long last;
  private long logits;

  synchronized void begin() {
    if (writes++ == 0) {
      start = System.nanoTime();
      last = start;
      logits = 0;
    }
  }

  synchronized void add(long more) {
    if (more > 0) {
      logits += more;
      last = System.nanoTime();
    }
  }

  synchronized void end() {
    writes--;
  }

  /** Zero before the first task has ended. */
  synchronized double perSecond() {
    return last == start ? 0 : logits * 1e9 / (last - start);
  }
}
