package dev.sigmax.error;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells a limit of threads from a lack of memory: Java throws the same error for both, and more
 * heap makes this one worse.
 */
public final class ThreadLimit {
  /** As Java says it; of a remote task there may be its text alone. */
  private static final Pattern NO_THREAD =
      Pattern.compile("\\bunable to create (new )?native thread\\b");

  private ThreadLimit() {}

  /** The exception for a failure that comes of such a limit; empty for any other. */
  public static Optional<ExternalException> explain(Throwable failure) {
    return Causes.chain(failure)
        .filter(cause -> NO_THREAD.matcher(String.valueOf(cause.getMessage())).find())
        .findFirst()
        .map(
            cause ->
                new ExternalException(
                    ErrorName.NO_THREADS,
                    "the system gives Java no more threads: a limit of processes is reached, or the"
                        + " machine's memory. Raise the limit (ulimit -u, or that of the container or"
                        + " its pod for process ids), or take fewer cores, as in --master local[2].",
                    failure));
  }
}
