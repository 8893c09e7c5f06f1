package dev.sigmax.kernel;

/**
 * Which of two kernels serves the next call of one method. The plain one does until the other,
 * which takes some of the calls meanwhile, has been seen to be faster; from then on that one does.
 *
 * <p>Thread-safe.
 */
final class Serving {
  /** One call in so many goes to the other kernel while it is slower. */
  private static final int TRIED_EVERY = 8;

  /** After so many calls of its own the other kernel serves: it will not get any faster. */
  private static final int MOST_TRIED = 20_000;

  private final Kernel first;
  private final Kernel later;
  private double bestOfFirst = Double.POSITIVE_INFINITY;
  private int calls;
  private int tried;
  private volatile boolean faster;

  Serving(Kernel first, Kernel later) {
    this.first = first;
    this.later = later;
  }

  /** The kernel for the next call. */
  Kernel next() {
    return faster || isTrial() ? later : first;
  }

  private synchronized boolean isTrial() {
    calls++;
    return calls % TRIED_EVERY == 0;
  }

  /** The time at which a call begins, in nanoseconds; 0 once that is of no interest. */
  long start() {
    return faster ? 0 : System.nanoTime();
  }

  /** Takes note of a call that has ended. */
  void end(Kernel kernel, int count, long start) {
    if (!faster && count > 0) {
      compare(kernel, (double) (System.nanoTime() - start) / count);
    }
  }

  private synchronized void compare(Kernel kernel, double nanoseconds) {
    if (kernel == first) {
      bestOfFirst = Math.min(bestOfFirst, nanoseconds);
    } else {
      tried++;
      // Never back: a slow call may end after the one that decided.
      if (nanoseconds < bestOfFirst || tried >= MOST_TRIED) {
        faster = true;
      }
    }
  }
}
